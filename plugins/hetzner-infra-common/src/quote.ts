import type {
  Catalogue,
  PlannedChange,
  PriceLine,
  Quote,
} from './schema/openapi/generated/models';
import type { WarningCode } from './codes';
import type { Blueprint } from './blueprint';
import type { EnvironmentDocument } from './document';
import { hourly, minus, monthly, sum, times } from './money';
import { deviationsOf, type Change, type Plan } from './plan';
import {
  bookSource,
  type PriceBook,
  type PriceBookEntry,
  type PriceBookKey,
} from './priceBook';
import { quotaLines, quotaWarnings, type Quota } from './quota';
import {
  ipv4Price,
  LINE_WORDS,
  loadBalancerPrice,
  priceOf,
  priceSource,
  serverPrice,
  type Price,
} from './price';

/** Server type of the pool that self-hosted PostgreSQL adds (architecture document, data layer: CX32, today cx33). */
const DATA_SERVER_TYPE = 'cx33';

interface Priced {
  key: string;
  description: string;
  /** Of its servers or load balancer. */
  type?: string;
  quantity: number;
  quantityMax?: number;
  price: Price;
}

/** Keys of the lines whose parts no driver builds yet. Whoever builds a part takes its line out of this list. */
const LINES_NOT_BUILT: ReadonlySet<string> = new Set([
  'pool-data',
  'cloudflare',
  'neon',
  'upstash',
]);

/** Whoever reads a sum must see what of it is not created yet. */
const describedAs = (key: string, description: string) =>
  LINES_NOT_BUILT.has(key)
    ? `${description} (not created by this version)`
    : description;

function providerLine(
  { key, description, type, quantity, quantityMax = quantity, price }: Priced,
  catalogue: Catalogue,
): PriceLine {
  return {
    key,
    description: describedAs(key, description),
    ...(type !== undefined && { type }),
    quantity,
    quantityMax,
    hourly: hourly(times(price.hourly, quantity)),
    monthly: monthly(times(price.monthly, quantity)),
    monthlyMax: monthly(times(price.monthly, quantityMax)),
    currency: catalogue.currency,
    source: priceSource(catalogue),
  };
}

function serverLines(
  environment: EnvironmentDocument,
  { choices }: Blueprint,
  catalogue: Catalogue,
): PriceLine[] {
  const { location, controlPlane, pools, loadBalancer } = environment.spec;
  const lines: Priced[] = [];
  const type = choices['control-plane']?.chosen;
  if (type) {
    lines.push({
      key: 'control-plane',
      description: LINE_WORDS.controlPlane(type),
      type,
      quantity: controlPlane.count,
      price: serverPrice(catalogue, type, location),
    });
  }
  for (const pool of pools) {
    const poolType = choices[pool.name]?.chosen;
    if (!poolType) continue;
    lines.push({
      key: `pool-${pool.name}`,
      description: LINE_WORDS.pool(pool.name, poolType),
      type: poolType,
      quantity: pool.min,
      quantityMax: pool.max,
      price: serverPrice(catalogue, poolType, location),
    });
  }
  lines.push({
    key: 'load-balancer',
    description: LINE_WORDS.loadBalancer(loadBalancer.type),
    type: loadBalancer.type,
    quantity: 1,
    price: loadBalancerPrice(catalogue, loadBalancer.type, location),
  });
  const servers = (bound: 'min' | 'max') =>
    controlPlane.count + pools.reduce((total, pool) => total + pool[bound], 0);
  const address = ipv4Price(catalogue, location);
  if (Number(address.monthly) > 0) {
    lines.push({
      key: 'public-ipv4',
      description: LINE_WORDS.addresses,
      quantity: servers('min'),
      quantityMax: servers('max'),
      price: address,
    });
  }
  return lines.map(line => providerLine(line, catalogue));
}

function dataPoolLines(
  environment: EnvironmentDocument,
  catalogue: Catalogue,
): PriceLine[] {
  if (environment.spec.data?.postgres?.mode !== 'self-hosted') return [];
  const { location } = environment.spec;
  const sold = catalogue.serverTypes
    .find(({ name }) => name === DATA_SERVER_TYPE)
    ?.locations.some(({ name }) => name === location);
  return sold
    ? [
        providerLine(
          {
            key: 'pool-data',
            description: `Worker of the pool data, ${DATA_SERVER_TYPE}`,
            type: DATA_SERVER_TYPE,
            quantity: 1,
            price: serverPrice(catalogue, DATA_SERVER_TYPE, location),
          },
          catalogue,
        ),
      ]
    : [];
}

/** What of the price book a document uses, each with the line's key. */
function booked(environment: EnvironmentDocument): [string, PriceBookKey][] {
  const { data, edge } = environment.spec;
  const uses: [boolean, string, PriceBookKey][] = [
    [data?.objectStorage !== undefined, 'object-storage', 'objectStorage'],
    [edge !== undefined, 'cloudflare', 'cloudflare'],
    [data?.postgres?.mode === 'neon', 'neon', 'neon'],
    [data?.redis?.mode === 'upstash', 'upstash', 'upstash'],
  ];
  return uses.filter(([used]) => used).map(([, line, key]) => [line, key]);
}

function bookLine(key: string, entry: PriceBookEntry): PriceLine {
  return {
    key,
    description: describedAs(key, entry.description),
    quantity: 1,
    quantityMax: 1,
    monthly: monthly(entry.monthly),
    monthlyMax: monthly(entry.monthlyMax ?? entry.monthly),
    currency: entry.currency,
    source: bookSource(entry),
  };
}

/** Totals per currency; amounts in different currencies are never added. */
export function totalsOf(lines: PriceLine[]): Quote['totals'] {
  const currencies = [...new Set(lines.map(({ currency }) => currency))];
  return currencies.map(currency => {
    const of = lines.filter(line => line.currency === currency);
    const hours = of
      .map(line => line.hourly)
      .filter(amount => amount !== undefined);
    return {
      currency,
      // Without an hourly price for every line an hourly total would be too low.
      ...(hours.length === of.length ? { hourly: hourly(sum(hours)) } : {}),
      monthly: monthly(sum(of.map(line => line.monthly))),
      monthlyMax: monthly(sum(of.map(line => line.monthlyMax))),
    };
  });
}

/**
 * What stands for a quote costs: its totals without the parts that are priced
 * but not created by this version.
 */
export function standingTotals({ lines }: Quote): Quote['totals'] {
  return totalsOf(lines.filter(({ key }) => !LINES_NOT_BUILT.has(key)));
}

/** What a change adds to the bill a month; negative when it saves. */
function monthlyDelta(
  change: Change,
  catalogue: Catalogue,
  priceBook: PriceBook,
): string {
  const cost = (state?: object) =>
    state
      ? priceOf({ kind: change.kind, state }, catalogue, priceBook).monthly
      : '0';
  const before = change.actual?.owned ? cost(change.actual.state) : '0';
  const after = change.change === 'remove' ? '0' : cost(change.node?.desired);
  return monthly(minus(after, before));
}

/** A plan as the API and the pages show it. */
export function plannedChanges(
  plan: Plan,
  catalogue: Catalogue,
  priceBook: PriceBook = {},
): PlannedChange[] {
  return plan.map(change => ({
    key: change.key,
    kind: change.kind,
    change: change.change,
    title: change.title,
    subject: change.subject,
    reason: change.reason,
    ...(change.interrupts ? { interrupts: change.interrupts } : {}),
    deviations: deviationsOf(change),
    monthlyDelta: monthlyDelta(change, catalogue, priceBook),
  }));
}

/**
 * Price, plan, quota and warnings of a document. Pure. The blueprint must be
 * free of problems.
 */
export function quote(options: {
  environment: EnvironmentDocument;
  blueprint: Blueprint;
  plan: Plan;
  catalogue: Catalogue;
  priceBook: PriceBook;
  quota: Quota;
}): Quote {
  const { environment, blueprint, plan, catalogue, priceBook } = options;
  const uses = booked(environment);
  const lines = [
    ...serverLines(environment, blueprint, catalogue),
    ...dataPoolLines(environment, catalogue),
    ...uses.flatMap(([key, entry]) => {
      const price = priceBook[entry];
      return price ? [bookLine(key, price)] : [];
    }),
  ];
  const quota = quotaLines(plan, options.quota);
  return {
    totals: totalsOf(lines),
    lines,
    plan: plannedChanges(plan, catalogue, priceBook),
    quota,
    warnings: [
      ...quotaWarnings(quota, environment),
      ...blueprint.warnings.map(warning => ({ ...warning, blocking: false })),
      ...uses
        .filter(([, entry]) => !priceBook[entry])
        .map(([key, entry]) => ({
          code: 'price-unknown' satisfies WarningCode,
          params: { part: key, entry },
          message: `The price of ${key} is not known: hetznerInfra.prices.${entry} is missing in the configuration.`,
          blocking: false,
        })),
    ],
  };
}
