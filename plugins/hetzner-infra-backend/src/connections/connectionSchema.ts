import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';
import { quotaNames } from './connection';

/** Name of a connection, as documents refer to it. */
export const connectionName = z
  .string()
  .regex(
    /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
    'Use 1 to 63 lower-case letters, digits or hyphens; begin and end with a letter or digit.',
  );

const entityRef = z.string().transform((text, context) => {
  try {
    const ref = parseEntityRef(text);
    if (['group', 'user'].includes(ref.kind.toLocaleLowerCase('en-US'))) {
      return stringifyEntityRef(ref);
    }
  } catch {
    // Reported below, in our own words.
  }
  context.addIssue({
    code: 'custom',
    message: 'Name a group or user, such as group:default/platform.',
  });
  return z.NEVER;
});

// Never with the value in a message: it is a secret. Real tokens have 64
// characters; a header cannot carry blanks or line breaks.
const secret = z
  .string()
  .regex(
    /^[\x21-\x7e]+$/,
    'The token is empty or has blanks or line breaks in it. Copy it again as the provider shows it.',
  );

/** What is the same wherever a connection comes from. */
export const connectionFields = z.strictObject({
  kind: z.literal('hetzner', {
    error:
      'This version has connections of the kind hetzner only. Others follow with what uses them.',
  }),
  owner: entityRef,
  usableBy: z.array(entityRef).max(100, 'Name at most 100 owners.'),
  limits: z
    .partialRecord(
      z.enum(quotaNames as [string, ...string[]]),
      z
        .int('Give a whole number.')
        .min(0, 'A limit is not negative.')
        .max(100_000, 'No project has so many.'),
    )
    .optional(),
  consoleProjectId: z
    .string()
    .regex(/^\d{1,12}$/, 'The number of the project in the console’s address.')
    .optional(),
});

/** Secrets as they are sent over the API; what is left out stays as it is. */
export const connectionSecrets = z.strictObject({
  token: secret.optional(),
  clusterToken: secret.optional(),
});

/** One entry of `hetznerInfra.connections`. */
export const configuredConnection = connectionFields.extend({
  name: connectionName,
  endpoint: z.url({ protocol: /^https?$/ }).optional(),
  // The portal starts without it, shows that it is missing and orders nothing.
  token: z.union([z.literal(''), secret]).default(''),
  clusterToken: secret.optional(),
});
