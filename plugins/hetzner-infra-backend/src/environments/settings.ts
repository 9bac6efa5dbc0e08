import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  isCanonicalCidr,
  type PriceBook,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { z } from 'zod';
import { readProblems } from '../readProblems';

/** What the configuration says about all environments. */
export type EnvironmentSettings = {
  /** Addresses from which the portal reaches clusters, as CIDRs. */
  egressCidrs: string[];
  /** Prices of what has no price API. */
  priceBook: PriceBook;
};

const amount = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'Write a net amount in quotes, such as "4.99".');

const priceBookEntry = z.strictObject({
  description: z.string().min(1),
  monthly: amount,
  monthlyMax: amount.optional(),
  currency: z.string().regex(/^[A-Z]{3}$/, 'Write a currency such as EUR.'),
  source: z.string().min(1),
  asOf: z.iso.date('Write the day on which it was read as YYYY-MM-DD.'),
});

const settings = z.object({
  egressCidrs: z
    .array(
      z
        .string()
        .refine(
          isCanonicalCidr,
          'Write an address range whose host bits are zero, such as 198.51.100.4/32.',
        ),
    )
    .default([]),
  prices: z
    .strictObject({
      objectStorage: priceBookEntry.optional(),
      cloudflare: priceBookEntry.optional(),
      neon: priceBookEntry.optional(),
      upstash: priceBookEntry.optional(),
    })
    .default({}),
});

/**
 * Reads `hetznerInfra.egressCidrs` and `hetznerInfra.prices`.
 *
 * @throws InputError that says what is wrong where
 */
export function readEnvironmentSettings(config: Config): EnvironmentSettings {
  const result = settings.safeParse({
    egressCidrs: config.getOptional('hetznerInfra.egressCidrs'),
    prices: config.getOptional('hetznerInfra.prices'),
  });
  if (!result.success) {
    throw new InputError(
      readProblems(result.error, 'hetznerInfra')
        .map(({ path, message }) => `${path}: ${message}`)
        .join(' '),
    );
  }
  const { egressCidrs, prices } = result.data;
  return { egressCidrs, priceBook: prices };
}
