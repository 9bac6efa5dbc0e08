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
 * @param endpoints - of all Hetzner connections there are or can be: only where
 *   all are on this machine may the addresses be left out
 * @throws InputError that says what is wrong where
 */
export function readEnvironmentSettings(
  config: Config,
  endpoints: readonly string[],
): EnvironmentSettings {
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
  const elsewhere = endpoints.find(endpoint => !isLoopback(endpoint));
  if (egressCidrs.length === 0 && elsewhere !== undefined) {
    throw new InputError(
      `hetznerInfra.egressCidrs is missing. Name the addresses from which the portal reaches its clusters, such as [198.51.100.4/32]: the firewalls at ${elsewhere} let in nobody else.`,
    );
  }
  return { egressCidrs, priceBook: prices };
}

/** Whether an address is this machine's (RFC 6761, 6.3; RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). */
function isLoopback(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}
