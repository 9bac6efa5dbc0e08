import {
  compareMoney,
  sum,
  type Environment,
  type EnvironmentState,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** Columns that the list can be ordered by. */
export const SORT_COLUMNS = [
  'state',
  'name',
  'location',
  'owner',
  'cost',
  'createdAt',
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
  sort: { column: SortColumn; direction: 'ascending' | 'descending' };
}

/** Reads a filter from the address. What is unknown there is left out. */
export function readFilter(params: URLSearchParams): EnvironmentFilter {
  const sort = params.get('sort') ?? '';
  const column = sort.replace(/^-/, '');
  const state = params.get('state');
  return {
    search: params.get('search') ?? '',
    state: STATE_ORDER.find(known => known === state),
    owner: params.get('owner') ?? undefined,
    sort: {
      column: SORT_COLUMNS.find(known => known === column) ?? 'name',
      direction: sort.startsWith('-') ? 'descending' : 'ascending',
    },
  };
}

/** Writes a filter for the address; what is as by default is left out. */
export function writeFilter(filter: EnvironmentFilter): URLSearchParams {
  const params = new URLSearchParams();
  const { column, direction } = filter.sort;
  const sort = `${direction === 'descending' ? '-' : ''}${column}`;
  if (filter.search) params.set('search', filter.search);
  if (filter.state) params.set('state', filter.state);
  if (filter.owner) params.set('owner', filter.owner);
  if (sort !== 'name') params.set('sort', sort);
  return params;
}

type Compare = (a: Environment, b: Environment) => number;

const byText =
  (read: (environment: Environment) => string): Compare =>
  (a, b) =>
    read(a).localeCompare(read(b));

const COMPARE: Record<SortColumn, Compare> = {
  state: (a, b) => STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state),
  name: byText(environment => environment.name),
  location: byText(environment => environment.location),
  owner: byText(environment => environment.owner),
  cost: compareCost,
  createdAt: byText(environment => environment.createdAt),
};

/** The environments that a filter lets through, in its order; equals stand by name. */
export function applyFilter(
  environments: readonly Environment[],
  filter: EnvironmentFilter,
): Environment[] {
  const { search, state, owner, sort } = filter;
  const sign = sort.direction === 'descending' ? -1 : 1;
  return environments
    .filter(
      environment =>
        environment.name.includes(search.trim().toLowerCase()) &&
        (!state || environment.state === state) &&
        (!owner || environment.owner === owner),
    )
    .sort(
      (a, b) =>
        sign * COMPARE[sort.column](a, b) || a.name.localeCompare(b.name),
    );
}

/** By the first currency's amount; amounts in different currencies are not compared, and the unknown comes first. */
function compareCost(a: Environment, b: Environment): number {
  const [first] = a.monthly ?? [];
  const [second] = b.monthly ?? [];
  if (!first || !second) return Number(!!first) - Number(!!second);
  return (
    first.currency.localeCompare(second.currency) ||
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
