import { useApi } from '@backstage/frontend-plugin-api';
import type { EnvironmentState } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useCallback } from 'react';
import useSWR, { useSWRConfig, type SWRConfiguration } from 'swr';
import { hetznerInfraApiRef, type HetznerInfraApi } from './HetznerInfraApi';
import type { InfraError } from './InfraError';
import { isChanging } from './operationStates';

const CALM_REFRESH_MILLISECONDS = 30_000;
const BUSY_REFRESH_MILLISECONDS = 5_000;

/** For how long a form uses the catalogue that it has. */
const CATALOGUE_MILLISECONDS = 300_000;

/** Prefix of every key, so that all that is cached can be asked for again at once. */
const SCOPE = 'hetzner-infra';

/** What was read, why it could not be read, or neither yet. An error keeps what was read before. */
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
  options?: SWRConfiguration<T, InfraError>,
): Query<T> {
  const api = useApi(hetznerInfraApiRef);
  const { data, error, isLoading, mutate } = useSWR<T, InfraError>(
    key && [SCOPE, ...key],
    () => load(api),
    { shouldRetryOnError: false, ...options },
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
      keepPreviousData: true,
      refreshInterval: environments =>
        environments?.some(environment => isChanging(environment.state))
          ? BUSY_REFRESH_MILLISECONDS
          : CALM_REFRESH_MILLISECONDS,
    },
  );
}

/** One environment, kept fresh. */
export function useEnvironment(name: string | undefined) {
  return useQuery(
    name ? ['environment', name] : undefined,
    api => api.getEnvironment(name!),
    {
      refreshInterval: environment =>
        environment && isChanging(environment.state)
          ? BUSY_REFRESH_MILLISECONDS
          : CALM_REFRESH_MILLISECONDS,
    },
  );
}

/** What exists at the provider for an environment. */
export function useResources(name: string | undefined) {
  return useQuery(
    name ? ['resources', name] : undefined,
    api => api.listResources(name!),
    { refreshInterval: CALM_REFRESH_MILLISECONDS },
  );
}

/** The youngest operations, of one environment or of all. */
export function useOperations(filter: { environment?: string; limit: number }) {
  return useQuery(
    ['operations', filter.environment, filter.limit],
    api => api.listOperations(filter),
    { refreshInterval: BUSY_REFRESH_MILLISECONDS },
  );
}

/** Connections that the reader may see. */
export function useConnections() {
  return useQuery(['connections'], api => api.listConnections());
}

/** What a connection can order. Asked for once and shared by all fields of a form. */
export function useCatalogue(connection: string | undefined) {
  return useQuery(
    connection ? ['catalogue', connection] : undefined,
    api => api.getCatalogue(connection!),
    { revalidateOnFocus: false, dedupingInterval: CATALOGUE_MILLISECONDS },
  );
}

/** Key of a document's quote, for who has a younger one than the page. */
export const quoteKey = (document: object) => [SCOPE, 'quote', document];

/** Price and plan of a document; keeps the quote before it while the next one is on its way. */
export function useQuote(document: object | undefined) {
  return useQuery(
    document ? ['quote', document] : undefined,
    api => api.quote(document!),
    { keepPreviousData: true, revalidateOnFocus: false },
  );
}
