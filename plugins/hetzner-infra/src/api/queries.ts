import { useApi } from '@backstage/frontend-plugin-api';
import {
  type ChangeSignal,
  type EnvironmentState,
  type Quote,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useCallback, useEffect, useRef } from 'react';
import useSWR, { useSWRConfig, type SWRConfiguration } from 'swr';
import {
  hetznerInfraApiRef,
  type HetznerInfraApi,
  type OperationFilter,
} from './HetznerInfraApi';
import type { InfraError } from './InfraError';
import { findRevision } from './findRevision';
import { hasNoAnswer, noting, onceSeen } from './noAnswer';
import { Reachability } from './Reachability';
import { useChangeSignals, useIsLive } from './useChangeSignals';

/** How often a page asks again while no signals come. A hidden tab does not ask. */
const SLOW_POLL_MILLISECONDS = 30_000;

/** For how long a form uses the catalogue that it has. */
const CATALOGUE_MILLISECONDS = 300_000;

/** Prefix of every key, so that all that is cached can be asked for again at once. */
const SCOPE = 'hetzner-infra';

/**
 * What was read, why it could not be read, or neither yet. An error keeps what was read of the
 * same before; that no answer came is no error then, because the page says so once for all that
 * it shows.
 */
export interface Query<T> {
  data?: T;
  error?: InfraError;
  isLoading: boolean;
  reload(): void;
}

function useQuery<T>(
  /** What is asked for; undefined asks for nothing. */
  key: readonly unknown[] | undefined,
  load: (api: HetznerInfraApi) => Promise<T>,
  {
    isOld,
    keeps,
    isToActOn = false,
    ...options
  }: Omit<SWRConfiguration<T, InfraError>, 'keepPreviousData'> & {
    /** How long the answer for another key stands in: until this one's comes or fails, or until it comes. */
    keeps?: 'while loading' | 'until read';
    /** Whether somebody acts on what is shown, so that it must be known to be true. */
    isToActOn?: boolean;
    /** Whether a signal of the backend makes old what was read; asks for it again then. */
    isOld?(signal: ChangeSignal, data: T | undefined): boolean;
  } = {},
): Query<T> {
  const api = useApi(hetznerInfraApiRef);
  const isLive = useIsLive();
  const isShown = useRef(false);
  const {
    data: own,
    error: failure,
    isLoading,
    mutate,
  } = useSWR<T, InfraError>(
    key && [SCOPE, ...key],
    () => noting(Reachability.of(api), () => isShown.current, load(api)),
    {
      shouldRetryOnError: hasNoAnswer,
      onErrorRetry: (_error, _key, _config, revalidate, { retryCount }) =>
        onceSeen(() => revalidate({ retryCount })),
      ...(isOld && {
        refreshInterval: isLive ? 0 : SLOW_POLL_MILLISECONDS,
        // Coming back into view is told by the signals too, and once.
        revalidateOnFocus: false,
      }),
      ...options,
    },
  );
  isShown.current = own !== undefined;
  const before = useRef<T>();
  useEffect(() => {
    if (own !== undefined) before.current = own;
  }, [own]);
  const standsIn = keeps === 'until read' || (keeps !== undefined && !failure);
  // That there is nothing is an answer too.
  const data = own === undefined && standsIn ? before.current : own;
  const isTold = own !== undefined && !isToActOn;
  const error = failure && isTold && hasNoAnswer(failure) ? undefined : failure;
  useChangeSignals(
    key &&
      isOld && {
        key: JSON.stringify(key),
        // What could not be read again may be something else by now.
        concerns: signal => isOld(signal, failure ? undefined : own),
        reload: () => mutate(),
      },
  );
  return { data, error, isLoading, reload: () => mutate() };
}

/** Reads everything again that a page shows now. */
export function useRefreshAll(): () => void {
  const { mutate } = useSWRConfig();
  return useCallback(() => {
    mutate(key => Array.isArray(key) && key[0] === SCOPE);
  }, [mutate]);
}

/** Environments that the reader may see, kept fresh; removed ones only with that state. */
export function useEnvironments(state?: EnvironmentState) {
  return useQuery(
    ['environments', state],
    api => api.listEnvironments({ state }),
    {
      keeps: 'while loading',
      isOld: ({ environments }) => environments.length > 0,
    },
  );
}

/** The removed environment of that id, or the last one that had the name; null when there is none. */
export function useRemovedEnvironment(wanted: { name: string; id?: string }) {
  return useQuery(['removed-environment', wanted.name, wanted.id], api =>
    api.findRemovedEnvironment(wanted),
  );
}

/** One environment, kept fresh. */
export function useEnvironment(name: string | undefined) {
  return useQuery(
    name ? ['environment', name] : undefined,
    api => api.getEnvironment(name!),
    {
      // One that is not there may come with any change.
      isOld: ({ environments }, environment) =>
        environment
          ? environments.includes(environment.id)
          : environments.length > 0,
    },
  );
}

/** What exists at the provider for an environment, kept fresh as far as the portal's own work goes. */
export function useResources(
  environment: { id: string; name: string } | undefined,
) {
  return useQuery(
    environment && ['resources', environment.name],
    api => api.listResources(environment!.name),
    {
      // By the environment: what is missing has no labels that tell whose it is.
      isOld: ({ resources }) => resources.includes(environment!.id),
    },
  );
}

/** What differed of an environment from what is wanted, kept fresh. */
export function useDrift({ id, name }: { id: string; name: string }) {
  return useQuery(['drift', name], api => api.listDrift(name), {
    isOld: ({ resources }) => resources.includes(id),
  });
}

/** What environments and their clusters left behind; asked for by those who may see it. */
export function useOrphans(isAllowed: boolean) {
  return useQuery(
    isAllowed ? ['orphans'] : undefined,
    api => api.listOrphans(),
    {
      isOld: ({ environments }) => environments.length > 0,
    },
  );
}

/**
 * What an environment, by name or id, cost in a month (YYYY-MM); keeps the month before it on the page while the
 * next one is on its way. One that stands is kept fresh: what it costs changes with what exists.
 */
export function useCost(nameOrId: string, month: string | undefined) {
  return useQuery(
    ['cost', nameOrId, month],
    api => api.getCost(nameOrId, month),
    {
      keeps: 'while loading',
      isOld: ({ environments, resources }, cost) =>
        cost === undefined ||
        environments.includes(cost.environmentId) ||
        resources.includes(cost.environmentId),
    },
  );
}

/**
 * The documents that an environment, by name or id, had: so many pages of them, youngest first, as one list, kept
 * fresh. All are read again together, so that nothing falls between two pages when a revision is added.
 *
 * @param environmentId - whose changes make the list old
 */
export function useRevisions(
  nameOrId: string,
  environmentId: string,
  pages: number,
) {
  return useQuery(
    ['revisions', nameOrId, pages],
    async api => {
      let list = await api.listRevisions(nameOrId);
      for (let page = 1; page < pages && list.nextCursor; page += 1) {
        const { items, nextCursor } = await api.listRevisions(
          nameOrId,
          list.nextCursor,
        );
        list = { ...list, items: [...list.items, ...items], nextCursor };
      }
      return list;
    },
    {
      keeps: 'until read',
      isOld: ({ environments }) => environments.includes(environmentId),
    },
  );
}

/**
 * One of the documents that an environment, by name or id, had, however old it is, with the one that it was made
 * from; null when there is none of that number. Undefined asks for nothing.
 *
 * @param environmentId - whose changes may make one where there is none
 */
export function useRevision(
  nameOrId: string,
  environmentId: string,
  revision: number | undefined,
) {
  return useQuery(
    revision === undefined ? undefined : ['revision', nameOrId, revision],
    api => findRevision(api, nameOrId, revision!),
    {
      revalidateOnFocus: false,
      isOld: ({ environments }, found) =>
        !found && environments.includes(environmentId),
    },
  );
}

/** The youngest operations without their steps, of one environment or of all; keeps those before while the next ones come. */
export function useOperations(filter: OperationFilter & { limit: number }) {
  const { environment, state, goal, limit } = filter;
  return useQuery(
    ['operations', environment, state, goal, limit],
    api => api.listOperations({ steps: false, ...filter }),
    {
      keeps: 'while loading',
      isOld: ({ environments }, operations) =>
        environments.length > 0 &&
        (environment === undefined ||
          !operations?.length ||
          operations.some(({ environmentId }) =>
            environments.includes(environmentId),
          )),
    },
  );
}

/** What an operation changed in its environment's document. It never changes afterwards. */
export function useOperationChanges(id: string) {
  return useQuery(
    ['operation-changes', id],
    api => api.getOperationChanges(id),
    { revalidateOnFocus: false },
  );
}

/**
 * What a cancel would do as things stand.
 *
 * @param opening - what is asked for; another one never sees the answer to an earlier one
 */
export function useOperationCancellation(id: string, opening: string) {
  return useQuery(['operation-cancellation', id, opening], api =>
    api.getOperationCancellation(id),
  );
}

/** Connections that the reader may see, kept fresh, with what uses them. */
export function useConnections() {
  return useQuery(['connections'], api => api.listConnections(), {
    isOld: ({ environments, connections }) =>
      connections === true || environments.length > 0,
  });
}

/** What a connection's project has and may have. */
export function useConnectionUsage(name: string | undefined) {
  return useQuery(
    name ? ['connection-usage', name] : undefined,
    api => api.getConnectionUsage(name!),
    // No signal tells of what others do in the project.
    { refreshInterval: SLOW_POLL_MILLISECONDS },
  );
}

/** What a connection can order. Asked for once and shared by all fields of a form. */
export function useCatalogue(connection: string | undefined) {
  return useQuery(
    connection ? ['catalogue', connection] : undefined,
    api => api.getCatalogue(connection!),
    { revalidateOnFocus: false, dedupingInterval: CATALOGUE_MILLISECONDS },
  );
}

/** What the document of an environment that exists is quoted at. */
export function useStandingQuote(document: object) {
  return useQuery(['standing-quote', document], api => api.quote(document), {
    keeps: 'while loading',
    revalidateOnFocus: false,
  });
}

/** Key of a document's quote, for who has a younger one than the page. */
export const quoteKey = (document: object) => [SCOPE, 'quote', document];

/** The quote that is under way, by the API that is asked: who types on wants no other. */
const quotesUnderWay = new WeakMap<HetznerInfraApi, AbortController>();

function latestQuote(
  api: HetznerInfraApi,
  document: object,
  intent: 'create' | undefined,
) {
  quotesUnderWay.get(api)?.abort();
  const controller = new AbortController();
  quotesUnderWay.set(api, controller);
  return api.quote(document, { intent, signal: controller.signal });
}

/**
 * Price and plan of an environment that is to be new, or of a change; keeps the quote before it while the next one
 * is on its way or when there is none. A quote that another one overtook is given up, which is no error;
 * that no answer came always is one, because somebody orders at this price.
 */
export function useQuote(
  document: object | undefined,
  { isChange = false }: { isChange?: boolean } = {},
): Query<Quote> {
  const query = useQuery(
    document ? [isChange ? 'quote of change' : 'quote', document] : undefined,
    api => latestQuote(api, document!, isChange ? undefined : 'create'),
    { keeps: 'until read', isToActOn: true, revalidateOnFocus: false },
  );
  // The name is a DOMException's; every other error is ours.
  return (query.error?.name as string) === 'AbortError'
    ? { ...query, error: undefined, isLoading: true }
    : query;
}
