import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  PRESETS,
  type Guardrail,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { z } from 'zod';
import { readProblems } from '../readProblems';

/** What the configuration says about what groups may have. */
export type GuardrailSettings = {
  groups: Guardrail[];
  /** How long an operation waits for approval. */
  approvalDays: number;
};

const groupRef = z
  .string()
  .regex(
    /^group:[^/]+\/.+$/,
    'Name a group as group:<namespace>/<name>, such as group:default/platform.',
  )
  .transform(ref => stringifyEntityRef(parseEntityRef(ref)));

const names = z
  .array(z.string().min(1))
  .min(1, 'Name at least one, or leave it out to allow all.');

const guardrail = z.strictObject({
  group: z.union([z.literal('*'), groupRef], {
    error: 'Name a group as group:<namespace>/<name>, or * for all others.',
  }),
  presets: z
    .array(z.enum(PRESETS))
    .min(1, 'Name at least one, or leave it out to allow all.')
    .optional(),
  locations: names.optional(),
  serverTypes: names.optional(),
  loadBalancerTypes: names.optional(),
  maxServersPerPool: z.int().min(0).optional(),
  maxServers: z.int().min(1).optional(),
  budget: z
    .strictObject({
      monthly: z
        .string()
        .regex(/^\d+(\.\d+)?$/, 'Write a net amount in quotes, such as "200".'),
      currency: z.string().regex(/^[A-Z]{3}$/, 'Write a currency such as EUR.'),
      approvers: groupRef,
    })
    .optional(),
});

const settings = z.strictObject({
  groups: z.array(guardrail).superRefine((rules, context) => {
    const seen = new Set<string>();
    rules.forEach(({ group }, index) => {
      if (seen.has(group)) {
        context.addIssue({
          code: 'custom',
          path: [index, 'group'],
          message: `There are two guardrails for ${group}.`,
        });
      }
      seen.add(group);
    });
  }),
  approvalDays: z.number().positive().max(90).default(3),
});

/**
 * Reads `hetznerInfra.guardrails`. Without it nothing is limited.
 *
 * @throws InputError that says what is wrong where
 */
export function readGuardrails(config: Config): GuardrailSettings {
  const result = settings.safeParse(
    config.getOptional('hetznerInfra.guardrails') ?? { groups: [] },
  );
  if (!result.success) {
    throw new InputError(
      readProblems(result.error, 'hetznerInfra.guardrails')
        .map(({ path, message }) => `${path}: ${message}`)
        .join(' '),
    );
  }
  return result.data;
}
