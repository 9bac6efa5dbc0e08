import type { FieldError } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { z } from 'zod';

/** What a schema found, with dotted paths below a prefix. Messages hold no values. */
export function readProblems(error: z.ZodError, prefix = ''): FieldError[] {
  return error.issues.map(issue => ({
    path: [prefix, ...issue.path.map(String)].filter(Boolean).join('.'),
    message:
      issue.code === 'unrecognized_keys'
        ? `There is no field ${issue.keys.join(', ')} here.`
        : issue.message,
  }));
}
