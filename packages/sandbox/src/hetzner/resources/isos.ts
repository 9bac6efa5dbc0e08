import { z } from 'zod';
import { Iso, isos } from '../catalogue/isos';
import { getOperation, listOperation } from '../list';
import { Call, Operation } from '../operation';

/** An ISO as the API answers it. */
export const isoAnswer = z.object({
  id: z.int(),
  name: z.string().nullable(),
  description: z.string(),
  type: z.enum(['public', 'private']),
  deprecation: z.null(),
  architecture: z.enum(['x86', 'arm']).nullable(),
});

/** An ISO as the API answers it. */
export const isoView = (iso: Iso): z.infer<typeof isoAnswer> => ({
  ...iso,
  type: 'public',
  deprecation: null,
});

/** An ISO for every architecture is only shown with `include_architecture_wildcard`. */
function isWanted({ architecture }: Iso, { query }: Call): boolean {
  const { architecture: asked, include_architecture_wildcard: wildcard } =
    query as Record<string, unknown>;
  if (!asked) return true;
  return architecture === null
    ? /^true$/i.test(String(wildcard))
    : [asked].flat().includes(architecture);
}

/** Reading ISOs. */
export const isoOperations: Operation[] = [
  listOperation('GET /isos', {
    key: 'isos',
    items: call => isos.filter(iso => isWanted(iso, call)),
    view: isoView,
    answer: isoAnswer,
  }),
  getOperation('GET /isos/{id}', {
    key: 'iso',
    find: call => isos.find(({ id }) => id === call.id),
    view: isoView,
    answer: isoAnswer,
  }),
];
