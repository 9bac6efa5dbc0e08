import { z } from 'zod';
import { loadBalancerTypes } from '../catalogue/loadBalancerTypes';
import { EU_LOCATIONS, US_LOCATIONS } from '../catalogue/locations';
import {
  CURRENCY,
  hourlyAndMonthly,
  monthlyPrices,
  price,
  priceRows,
  VAT_RATE,
} from '../catalogue/prices';
import { serverTypes } from '../catalogue/serverTypes';
import { Operation, operation } from '../operation';
import { priceRow } from './serverTypes';

const amount = z.object({ net: z.string(), gross: z.string() });
const perGb = z.object({ price_per_gb_month: amount });
const typePrices = z.array(
  z.object({ id: z.int(), name: z.string(), prices: z.array(priceRow) }),
);

const pricingAnswer = z.object({
  currency: z.string(),
  vat_rate: z.string(),
  primary_ips: z.array(
    z.object({
      type: z.enum(['ipv4', 'ipv6']),
      prices: z.array(
        priceRow.pick({
          location: true,
          price_hourly: true,
          price_monthly: true,
        }),
      ),
    }),
  ),
  floating_ip: z.object({ price_monthly: amount }),
  floating_ips: z.array(
    z.object({
      type: z.enum(['ipv4', 'ipv6']),
      prices: z.array(priceRow.pick({ location: true, price_monthly: true })),
    }),
  ),
  image: perGb,
  volume: perGb,
  server_backup: z.object({ percentage: z.string() }),
  server_types: typePrices,
  load_balancer_types: typePrices,
});

const primaryIpPrices = (monthly: string) =>
  [...EU_LOCATIONS, ...US_LOCATIONS].map(location => ({
    location,
    ...hourlyAndMonthly(monthly),
  }));

const floatingIpPrices = (monthly: string) =>
  EU_LOCATIONS.map(location => ({ location, price_monthly: price(monthly) }));

const pricesOf = (
  types: readonly {
    id: number;
    name: string;
    monthly: string | null;
    locations: readonly string[];
  }[],
) =>
  types.map(type => ({
    id: type.id,
    name: type.name,
    prices: priceRows(type),
  }));

const pricing: z.infer<typeof pricingAnswer> = {
  currency: CURRENCY,
  vat_rate: VAT_RATE,
  primary_ips: [
    { type: 'ipv4', prices: primaryIpPrices(monthlyPrices.primaryIpv4) },
    { type: 'ipv6', prices: primaryIpPrices(monthlyPrices.primaryIpv6) },
  ],
  floating_ip: { price_monthly: price(monthlyPrices.floatingIpv4) },
  floating_ips: [
    { type: 'ipv4', prices: floatingIpPrices(monthlyPrices.floatingIpv4) },
    { type: 'ipv6', prices: floatingIpPrices(monthlyPrices.floatingIpv6) },
  ],
  image: { price_per_gb_month: price(monthlyPrices.imagePerGb) },
  volume: { price_per_gb_month: price(monthlyPrices.volumePerGb) },
  server_backup: { percentage: price(monthlyPrices.backupPercentage).net },
  server_types: pricesOf(serverTypes),
  load_balancer_types: pricesOf(loadBalancerTypes),
};

/** The price list. */
export const pricingOperations: Operation[] = [
  operation('GET /pricing', {
    status: 200,
    answer: z.object({ pricing: pricingAnswer }),
    handle: () => ({ pricing }),
  }),
];
