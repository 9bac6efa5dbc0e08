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
const key = z
  .string()
  .regex(
    /^[\x21-\x7e]{1,200}$/,
    'The key is empty or has blanks or line breaks in it. Copy it again as the provider shows it.',
  );

const commonFields = {
  owner: entityRef,
  usableBy: z.array(entityRef).max(100, 'Name at most 100 owners.'),
  consoleProjectId: z
    .string()
    .regex(/^\d{1,12}$/, 'The number of the project in the console’s address.')
    .optional(),
};

const hetznerFields = z.strictObject({
  kind: z.literal('hetzner'),
  ...commonFields,
  limits: z
    .partialRecord(
      z.enum(quotaNames as [string, ...string[]]),
      z
        .int('Give a whole number.')
        .min(0, 'A limit is not negative.')
        .max(100_000, 'No project has so many.'),
    )
    .optional(),
});

/** An address that the S3 API has to itself: a bucket's name comes first in its paths. */
const bareAddress = (text: string) => {
  const url = URL.parse(text);
  return (
    url !== null &&
    url.pathname === '/' &&
    !url.search &&
    !url.hash &&
    !url.username &&
    !url.password
  );
};

const ADDRESS =
  'Give the address alone, such as https://fsn1.your-objectstorage.com.';

const objectStorageFields = z.strictObject({
  kind: z.literal('object-storage'),
  ...commonFields,
  region: z
    .string(
      'Name the region, which is the location at Hetzner: fsn1, nbg1 or hel1.',
    )
    .regex(
      /^[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?$/,
      'Name the region in lower-case letters, digits and hyphens, such as fsn1.',
    ),
  endpoint: z
    .url({
      protocol: /^https$/,
      error:
        'Give the endpoint with https. Plain http is for the configuration, and for this machine itself.',
    })
    .refine(bareAddress, ADDRESS)
    .optional(),
  checkBucket: z
    .string()
    .regex(
      /^[a-z0-9][-a-z0-9.]{1,61}[a-z0-9]$/,
      'A bucket’s name has 3 to 63 lower-case letters, digits, dots and hyphens.',
    )
    .optional(),
});

/** What is the same wherever a connection comes from. */
export const connectionFields = z.discriminatedUnion(
  'kind',
  [hetznerFields, objectStorageFields],
  {
    error:
      'This version has connections of the kinds hetzner and object-storage. Others follow with what uses them.',
  },
);

/** Secrets as they are sent over the API, by kind; what is left out stays as it is. */
export const connectionSecrets = {
  hetzner: z.strictObject({
    token: secret.optional(),
    clusterToken: secret.optional(),
  }),
  'object-storage': z.strictObject({
    accessKey: key.optional(),
    secretKey: key.optional(),
  }),
};

/** Hosts that are this machine: what is sent there does not leave it. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

// The portal starts without it, shows that it is missing and orders nothing.
const orMissing = <T extends z.ZodType<string>>(schema: T) =>
  z.union([z.literal(''), schema]).default('');

/** One entry of `hetznerInfra.connections`. */
export const configuredConnection = z.discriminatedUnion(
  'kind',
  [
    hetznerFields.extend({
      name: connectionName,
      endpoint: z.url({ protocol: /^https?$/ }).optional(),
      token: orMissing(secret),
      clusterToken: secret.optional(),
    }),
    objectStorageFields.extend({
      name: connectionName,
      endpoint: z
        .url({ protocol: /^https?$/ })
        .refine(bareAddress, ADDRESS)
        .refine(
          text =>
            text.startsWith('https:') || LOOPBACK.test(new URL(text).hostname),
          'Use https. Plain http is for this machine itself.',
        )
        .optional(),
      accessKey: orMissing(key),
      secretKey: orMissing(key),
      caCertificate: z
        .string()
        .regex(/-----BEGIN CERTIFICATE-----/, 'Give certificates in PEM.')
        .optional(),
    }),
  ],
  {
    error:
      'This version has connections of the kinds hetzner and object-storage. Others follow with what uses them.',
  },
);
