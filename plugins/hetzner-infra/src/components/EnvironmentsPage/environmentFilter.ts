import {
  compareMoney,
  sum,
  type Environment,
  type EnvironmentState,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { needsOf } from '../EnvironmentHealth/findings';

/** Columns that the list can be ordered by. */
export const SORT_COLUMNS = [
  'state',
  'name',
  'location',
  'servers',
  'owner',
  'cost',
  'expires',
] as const;

export type SortColumn = (typeof SORT_COLUMNS)[number];

/** States in the order in which they want attention. */
export const STATE_ORDER: readonly EnvironmentState[] = [
  'failed',
  'removing',
  'creating',
  'changing',
  'ready',
  'removed',
];

/** What of the list is shown, and in which order. */
export interface EnvironmentFilter {
  /** Part of the name. */
  search: string;
  state?: EnvironmentState;
  /** Entity reference of the owner. */
  owner?: string;
  location?: string;
  /** Name of the connection; other pages lead here with it. */
  connection?: string;
  /** Only what somebody should look at. */
  needsAttention: boolean;
  sort: { column: SortColumn; direction: 'ascending' | 'descending' };
  /** Counted from 1. */
  page: number;
}

/** The part of a filter that narrows the list. */
export const NO_FILTER: Omit<EnvironmentFilter, 'sort'> = {
  search: '',
  state: undefined,
  owner: undefined,
  location: undefined,
  connection: undefined,
  needsAttention: false,
  page: 1,
};

/** Reads a filter from the address. What is unknown there is left out. */
export function readFilter(params: URLSearchParams): EnvironmentFilter {
  const sort = params.get('sort') ?? '';
  const column = sort.replace(/^-/, '');
  const state = params.get('state');
  const page = Number(params.get('page'));
  return {
    search: params.get('search') ?? '',
    state: STATE_ORDER.find(known => known === state),
    owner: params.get('owner') ?? undefined,
    location: params.get('location') ?? undefined,
    connection: params.get('connection') ?? undefined,
    needsAttention: params.get('attention') === 'yes',
    sort: {
      column: SORT_COLUMNS.find(known => known === column) ?? 'name',
      direction: sort.startsWith('-') ? 'descending' : 'ascending',
    },
    page: Number.isInteger(page) && page > 0 ? page : 1,
  };
}

/** Writes a filter for the address; what is as by default is left out. */
export function writeFilter(filter: EnvironmentFilter): URLSearchParams {
  const { column, direction } = filter.sort;
  const sort = `${direction === 'descending' ? '-' : ''}${column}`;
  const values: [string, string | undefined][] = [
    ['search', filter.search],
    ['state', filter.state],
    ['owner', filter.owner],
    ['location', filter.location],
    ['connection', filter.connection],
    ['attention', filter.needsAttention ? 'yes' : undefined],
    ['sort', sort === 'name' ? undefined : sort],
    ['page', filter.page > 1 ? String(filter.page) : undefined],
  ];
  return new URLSearchParams(
    values.filter((entry): entry is [string, string] => !!entry[1]),
  );
}

/** Whether a filter leaves something out. */
export function isFiltered(filter: EnvironmentFilter): boolean {
  return !!(
    filter.search ||
    filter.state ||
    filter.owner ||
    filter.location ||
    filter.connection ||
    filter.needsAttention
  );
}

type Compare = (a: Environment, b: Environment) => number;

/** Names are plain letters and digits: a collator made once is many times faster than one for each comparison. */
const collator = new Intl.Collator('en', { numeric: true });

const byText =
  (read: (environment: Environment) => string): Compare =>
  (a, b) =>
    collator.compare(read(a), read(b));

const serversMissing = ({ servers }: Environment) =>
  servers?.running === undefined
    ? 0
    : Math.max(0, servers.wanted - servers.running);

const COMPARE: Record<SortColumn, Compare> = {
  state: (a, b) => STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state),
  name: byText(environment => environment.name),
  location: byText(environment => environment.location),
  servers: (a, b) => serversMissing(b) - serversMissing(a),
  owner: byText(environment => environment.owner),
  cost: compareCost,
  expires: (a, b) => expiryOf(a) - expiryOf(b),
};

/** What never expires comes after everything that does. */
function expiryOf({ expiresAt }: Environment): number {
  return expiresAt === undefined ? Number.MAX_VALUE : Date.parse(expiresAt);
}

/** The environments that a filter lets through, in its order; equals stand by name. */
export function applyFilter(
  environments: readonly Environment[],
  filter: EnvironmentFilter,
): Environment[] {
  const { state, owner, location, connection, sort } = filter;
  const search = filter.search.trim().toLowerCase();
  const sign = sort.direction === 'descending' ? -1 : 1;
  return environments
    .filter(
      environment =>
        environment.name.includes(search) &&
        (!state || environment.state === state) &&
        (!owner || environment.owner === owner) &&
        (!location || environment.location === location) &&
        (!connection || environment.connection === connection) &&
        (!filter.needsAttention || needsOf(environment) > 0),
    )
    .sort((a, b) => sign * COMPARE[sort.column](a, b) || COMPARE.name(a, b));
}

/** By the first currency's amount; amounts in different currencies are not compared, and the unknown comes first. */
function compareCost(a: Environment, b: Environment): number {
  const [first] = a.monthly ?? [];
  const [second] = b.monthly ?? [];
  if (!first || !second) return Number(!!first) - Number(!!second);
  return (
    collator.compare(first.currency, second.currency) ||
    compareMoney(first.monthly, second.monthly)
  );
}

/** What all environments cost a month together, one entry per currency. What is removed costs nothing any more. */
export function totalCost(
  environments: readonly Environment[],
): { currency: string; monthly: string }[] {
  const amounts = environments.flatMap(({ state, monthly }) =>
    state === 'removed' ? [] : monthly ?? [],
  );
  return [...new Set(amounts.map(({ currency }) => currency))].map(
    currency => ({
      currency,
      monthly: sum(
        amounts
          .filter(amount => amount.currency === currency)
          .map(({ monthly }) => monthly),
      ),
    }),
  );
}
