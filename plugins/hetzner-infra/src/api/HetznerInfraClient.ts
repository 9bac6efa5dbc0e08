import type { FetchApi } from '@backstage/frontend-plugin-api';
import {
  DefaultApiClient,
  type ConnectionInput,
  type Environment,
  type EnvironmentState,
  type Operation,
  type TypedResponse,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type {
  HetznerInfraApi,
  OperationFilter,
  OperationStreamListener,
} from './HetznerInfraApi';
import { InfraError } from './InfraError';
import { followEvents } from './followEvents';

/** The largest page that the backend gives. */
const PAGE_SIZE = 500;

/** A page that most likely has what is looked for among the first. */
const FEW = 20;

/** The longest name that an environment can have, and that the backend searches for. */
const NAME_LENGTH = 30;

/** Speaks to the backend through the generated client; adds errors for people, paging and the event stream. */
export class HetznerInfraClient implements HetznerInfraApi {
  readonly #fetch: FetchApi['fetch'];
  readonly #client: DefaultApiClient;
  readonly #clientWith: (fetch: FetchApi['fetch']) => DefaultApiClient;

  constructor(options: { fetchApi: FetchApi }) {
    this.#fetch = options.fetchApi.fetch;
    this.#clientWith = fetch =>
      new DefaultApiClient({
        // The app's fetch resolves plugin:// and adds the token.
        discoveryApi: { getBaseUrl: async pluginId => `plugin://${pluginId}` },
        fetchApi: { fetch },
      });
    this.#client = this.#clientWith(this.#fetch);
  }

  async listEnvironments(filter: { state?: EnvironmentState } = {}) {
    const environments: Environment[] = [];
    let cursor: string | undefined;
    do {
      const page = await read(
        this.#client.listEnvironments({
          query: { ...filter, limit: PAGE_SIZE, cursor },
        }),
      );
      environments.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return environments;
  }

  async findRemovedEnvironment({ name, id }: { name: string; id?: string }) {
    let cursor: string | undefined;
    do {
      const page = await read(
        this.#client.listEnvironments({
          query: {
            state: 'removed',
            // Part of a name to the backend; longer ones than names can be are refused.
            search: name.slice(0, NAME_LENGTH),
            sort: '-createdAt',
            limit: FEW,
            cursor,
          },
        }),
      );
      const found = page.items.find(
        environment =>
          environment.name === name &&
          (id === undefined || environment.id === id),
      );
      if (found) return found;
      cursor = page.nextCursor;
    } while (cursor);
    return null;
  }

  getEnvironment(name: string) {
    return read(this.#client.getEnvironment({ path: { name } }));
  }

  listResources(name: string) {
    return read(this.#client.listResources({ path: { name } }));
  }

  getCost(nameOrId: string, month?: string) {
    return read(
      this.#client.getEnvironmentCost({
        path: { name: nameOrId },
        query: { month },
      }),
    );
  }

  listRevisions(nameOrId: string, cursor?: string) {
    return read(
      this.#client.listRevisions({
        path: { name: nameOrId },
        query: { cursor },
      }),
    );
  }

  updateEnvironment(
    name: string,
    { environment, revision }: { environment: object; revision: number },
  ) {
    return read(
      this.#client.updateEnvironment({
        path: { name },
        body: { environment: { ...environment }, revision },
      }),
    );
  }

  listDrift(name: string) {
    return read(this.#client.listDrift({ path: { name } }));
  }

  findDrift(name: string) {
    return read(this.#client.findDrift({ path: { name } }));
  }

  extendEnvironment(name: string, until: string) {
    return read(
      this.#client.extendEnvironment({ path: { name }, body: { until } }),
    );
  }

  listOrphans({ fresh }: { fresh?: boolean } = {}) {
    return read(this.#client.listOrphans({ query: { fresh } }));
  }

  async removeOrphan(id: string, name: string) {
    await answered(this.#client.removeOrphan({ path: { id }, body: { name } }));
  }

  adoptOrphan(id: string, body: { environment: string; owner: string }) {
    return read(this.#client.adoptOrphan({ path: { id }, body }));
  }

  reconcileEnvironment(name: string) {
    return read(this.#client.reconcileEnvironment({ path: { name } }));
  }

  async listOperations({ limit, ...filter }: OperationFilter) {
    const items: Operation[] = [];
    let cursor: string | undefined;
    do {
      const query = {
        ...filter,
        limit: limit && Math.min(PAGE_SIZE, limit - items.length),
        cursor,
      };
      const page = await read(this.#client.listOperations({ query }));
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (limit !== undefined && cursor && items.length < limit);
    return items;
  }

  getOperation(id: string) {
    return read(this.#client.getOperation({ path: { id } }));
  }

  getOperationChanges(id: string) {
    return read(this.#client.getOperationChanges({ path: { id } }));
  }

  getOperationCancellation(id: string) {
    return read(this.#client.getOperationCancellation({ path: { id } }));
  }

  followOperation(
    id: string,
    listener: OperationStreamListener,
    signal: AbortSignal,
  ) {
    return followEvents({
      url: `plugin://hetzner-infra/operations/${encodeURIComponent(id)}/events`,
      fetch: this.#fetch,
      listener,
      signal,
    });
  }

  cancelOperation(id: string) {
    return read(this.#client.cancelOperation({ path: { id } }));
  }

  approveOperation(id: string, monthly: string) {
    return read(
      this.#client.approveOperation({ path: { id }, body: { monthly } }),
    );
  }

  rejectOperation(id: string, reason: string) {
    return read(
      this.#client.rejectOperation({ path: { id }, body: { reason } }),
    );
  }

  retryOperation(id: string) {
    return read(this.#client.retryOperation({ path: { id } }));
  }

  quote(
    environment: object,
    { intent, signal }: { intent?: 'create'; signal?: AbortSignal } = {},
  ) {
    // The generated client knows no signals.
    const client = signal
      ? this.#clientWith((input, init) =>
          this.#fetch(input, { ...init, signal }),
        )
      : this.#client;
    return read(
      client.createQuote({
        body: { environment: { ...environment }, ...(intent && { intent }) },
      }),
    );
  }

  getCatalogue(connection: string) {
    return read(this.#client.getCatalogue({ query: { connection } }));
  }

  async listConnections() {
    return (await read(this.#client.listConnections({}))).items;
  }

  getConnectionUsage(name: string) {
    return read(this.#client.getConnectionUsage({ path: { name } }));
  }

  putConnection(name: string, body: ConnectionInput) {
    return read(this.#client.putConnection({ path: { name }, body }));
  }

  async deleteConnection(name: string) {
    await answered(this.#client.deleteConnection({ path: { name } }));
  }

  checkConnection(name: string) {
    return read(this.#client.checkConnection({ path: { name } }));
  }
}

async function answered<T>(
  request: Promise<TypedResponse<T>>,
): Promise<TypedResponse<T>> {
  const response = await request.catch(error => {
    if ((error as Error).name === 'AbortError') throw error;
    throw new InfraError(0, { message: (error as Error).message });
  });
  if (!response.ok) throw await InfraError.fromResponse(response);
  return response;
}

async function read<T>(request: Promise<TypedResponse<T>>): Promise<T> {
  return (await answered(request)).json();
}
