import {
  isOwnedBy,
  OWNERSHIP_LABELS,
  type Labels,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { CloudError, isCode } from '../CloudError';
import { sleep, systemClock, type Clock, type Random } from '../clock';
import { ownCodes } from '../ownCodes';
import type { Action, ItemOf, RequestOf } from './apiTypes';
import { collectionOf, type CreatePath, type Labelled } from './collection';
import { hetznerCodes } from './errorCodes';
import type { HetznerCloud } from './HetznerCloud';
import { backOffSeconds } from './retryPolicy';

/** The body of a create, with a name and the labels that say whose it is. */
export type CreateBody<P extends CreatePath> = RequestOf<'post', P>['body'] & {
  name: string;
  labels: Labels;
};

export interface CreateOptions {
  signal?: AbortSignal;
  clock?: Clock;
  random?: Random;
}

export interface Created<P extends CreatePath> {
  resource: ItemOf<P>;
  /** What still runs on it; give these to `cloud.waitFor`. */
  actions: Action[];
  /** Whether it was there already, made by an earlier try of the same caller. */
  adopted: boolean;
}

const OWNED_BY = [
  OWNERSHIP_LABELS.installation,
  OWNERSHIP_LABELS.environmentId,
] as const;

/** Between two tries that found the name neither free nor taken. */
const BACK_OFF = { baseSeconds: 1, capSeconds: 8 };
const POSTS = 4;

/**
 * Creates a named, labelled thing exactly once, whatever happens to the answer:
 * the one way in which drivers create.
 *
 * If the name is taken, or the answer is lost, it reads by exact name. What it
 * finds is the caller's if it carries the caller's ownership labels, and is
 * returned with the actions that still run on it. If nothing is there it posts
 * again, a bounded number of times: names are unique in a project, so a second
 * POST cannot make a twin of a first one that arrives late; it is refused, and
 * the object found. A root password in an answer is dropped.
 *
 * ```ts
 * const { resource: network } = await createOrAdopt(cloud, '/networks', { name, labels, ip_range });
 * const { resource: server, actions } = await createOrAdopt(cloud, '/servers', body);
 * await cloud.waitFor(actions);
 * ```
 *
 * @throws CloudError `foreign_object` naming the object that has the name but
 * not the labels; else what the POST failed with. TypeError if the body has no
 * name or lacks an ownership label.
 */
export async function createOrAdopt<P extends CreatePath>(
  cloud: HetznerCloud,
  path: P,
  body: CreateBody<P>,
  options: CreateOptions = {},
): Promise<Created<P>> {
  const { signal, clock = systemClock, random = Math.random } = options;
  assertLabelled(path, body);
  const collection = collectionOf<ItemOf<P>>(cloud, path, signal);
  for (let attempt = 1; ; attempt++) {
    try {
      return { ...(await collection.create(body)), adopted: false };
    } catch (error) {
      if (!mayExist(error)) {
        throw error;
      }
      const found = await collection.named(body.name);
      if (found) {
        assertOwn(path, found, body.labels);
        const actions = await collection.runningActions(found.id);
        return { resource: found, actions, adopted: true };
      }
      if (attempt === POSTS || isAboutAnotherField(error)) {
        throw error;
      }
    }
    await sleep(clock, backOffSeconds(attempt, BACK_OFF, random), signal);
  }
}

/** Whether an object of this name may be there after this error. */
function mayExist(error: unknown): error is CloudError {
  return (
    error instanceof CloudError &&
    error.code !== ownCodes.aborted &&
    (error.code === hetznerCodes.uniquenessError || error.outcome === 'unknown')
  );
}

/** Something else than the name is taken, such as an SSH key's fingerprint. */
function isAboutAnotherField(error: CloudError): boolean {
  const fields = error.details.fields ?? [];
  return (
    isCode(error, hetznerCodes.uniquenessError) &&
    fields.length > 0 &&
    fields.every(({ name }) => name !== 'name')
  );
}

function assertLabelled(
  path: string,
  { name, labels }: { name?: string; labels?: Labels },
): void {
  const missing = OWNED_BY.filter(label => !labels?.[label]);
  if (!name || missing.length > 0) {
    throw new TypeError(
      `POST ${path} needs a name and the labels ${OWNED_BY.join(' and ')}`,
    );
  }
}

function assertOwn(path: string, found: Labelled, labels: Labels): void {
  const owner = {
    installation: labels[OWNERSHIP_LABELS.installation],
    environmentId: labels[OWNERSHIP_LABELS.environmentId],
  };
  const theirs = found.labels ?? {};
  if (isOwnedBy(theirs, owner)) {
    return;
  }
  const kind = path.slice(1);
  const whose = OWNED_BY.map(label => `${label}=${theirs[label] ?? '(none)'}`);
  throw new CloudError({
    code: ownCodes.foreignObject,
    message: `Hetzner Cloud: the name ${
      found.name
    } in ${kind} belongs to object ${
      found.id
    }, which is not this environment's (${whose.join(
      ', ',
    )}). It was left as it is. Rename or remove it, or choose another name for the environment.`,
    outcome: 'refused',
    operation: { method: 'POST', path },
    object: { kind, id: found.id, name: found.name },
  });
}
