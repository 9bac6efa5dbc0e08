import { ConflictError, NotFoundError } from '@backstage/errors';
import { CloudError } from '../clouds/CloudError';
import { systemClock } from '../clouds/clock';
import { hetznerCodes } from '../clouds/hetzner';
import {
  connectHetzner,
  type HetznerConnectionOptions,
} from '../clouds/hetzner/connectHetzner';
import type {
  CallReport,
  HetznerCloud,
  HetznerConnection,
} from '../clouds/hetzner/HetznerCloud';
import { RateBudget, type BudgetStatus } from '../clouds/RateBudget';
import {
  connectObjectStorage,
  s3Codes,
  type ObjectStorage,
  type StorageScope,
} from '../clouds/objectStorage';
import {
  SECRETS_OF_KIND,
  type HetznerSecrets,
  type ObjectStorageAccount,
  type ObjectStorageSecrets,
  type OpenableConnection,
  type OpenableHetzner,
  type OpenableObjectStorage,
  type ProviderConnection,
  type SecretName,
  type SomeSecrets,
} from './connection';
import type { ConnectionStore, SealedConnection } from './ConnectionStore';
import type { ProjectGuard } from './ProjectGuard';

/** Which secrets of a connection are others than before. */
export type SecretChange = { connection: string; secrets: SecretName[] };

/** Opens a connection to a project, see connectHetzner. */
export type Connect = (options: HetznerConnectionOptions) => HetznerConnection;

type Secret = keyof HetznerSecrets;

const HETZNER_SECRETS: readonly Secret[] = ['token', 'clusterToken'];

type Opened = {
  name: string;
  cloud: HetznerConnection;
  endpoint: string;
  token: string;
};

type Refusal = { token: string; endpoint: string; error: unknown; at: number };

/** How long those who ask again share what one look found, rather than wait for their own. */
const REFUSAL_SHARED_MS = 5000;

type OpenedStorage = { cloud: ObjectStorage; version: string };

/**
 * The connections there are, from the configuration and from the API, and one
 * open client for each: a connection has one rate budget and one poller, however
 * many operations and pages use it. It goes on with another token when the secret
 * has changed, at the next call of whoever has the client, and also when another
 * replica changed it: the refusal of the old token leads to the new one.
 */
export class ConnectionRegistry {
  #configured: Map<string, OpenableConnection>;
  readonly #store: ConnectionStore;
  readonly #endpoint: string;
  readonly #objectStorageEndpoint: (region: string) => string;
  readonly #connect: Connect;
  readonly #onCall: (connection: string, report: CallReport) => void;
  readonly #guard: Pick<ProjectGuard, 'require' | 'confirm'>;
  /** Of each client the token that was refused last, and why. */
  readonly #refusals = new Map<string, Refusal>();
  readonly #opened = new Map<string, Opened>();
  /** Of each client the last look whether its token is still the one. */
  readonly #looks = new Map<string, Promise<unknown>>();
  readonly #storages = new Map<string, OpenedStorage>();
  readonly #budgets = new Map<string, RateBudget>();

  constructor(options: {
    configured: readonly OpenableConnection[];
    store: ConnectionStore;
    /** Hetzner's address for connections of the API. */
    endpoint: string;
    guard: Pick<ProjectGuard, 'require' | 'confirm'>;
    /** Address of object storage in a region, for connections that name none. */
    objectStorageEndpoint: (region: string) => string;
    connect?: Connect;
    /** Told of each exchange with a provider. Must not throw. */
    onCall?: (connection: string, report: CallReport) => void;
  }) {
    this.#configured = new Map(options.configured.map(c => [c.name, c]));
    this.#store = options.store;
    this.#endpoint = options.endpoint;
    this.#guard = options.guard;
    this.#objectStorageEndpoint = options.objectStorageEndpoint;
    this.#connect = options.connect ?? connectHetzner;
    this.#onCall = options.onCall ?? (() => {});
  }

  /** Which secrets of which connection a configuration that was read again changes. Nothing is taken yet. */
  changes(configured: readonly OpenableConnection[]): SecretChange[] {
    return configured.flatMap(({ name, kind, ...connection }) => {
      const secrets: SomeSecrets = connection.secrets;
      const old: SomeSecrets | undefined = this.#configured.get(name)?.secrets;
      const others = SECRETS_OF_KIND[kind]
        .map(secret => secret.name)
        .filter(which => secrets[which] !== old?.[which]);
      return others.length > 0 ? [{ connection: name, secrets: others }] : [];
    });
  }

  /**
   * Takes the connections of a configuration that was read again. What was found
   * of a token stays while it is the same.
   *
   * @param refused - connections whose new secrets are no good: what was
   *   configured of them before stays
   */
  configure(
    configured: readonly OpenableConnection[],
    refused: ReadonlySet<string> = new Set(),
  ): void {
    const before = this.#configured;
    const changed = new Set(
      this.changes(configured).map(({ connection }) => connection),
    );
    this.#configured = new Map(
      configured.map(connection => {
        const { name } = connection;
        const old = before.get(name);
        if (old && refused.has(name)) return [name, old];
        return [
          name,
          old && !changed.has(name)
            ? {
                ...connection,
                checkedAt: old.checkedAt,
                problem: old.problem,
              }
            : connection,
        ];
      }),
    );
  }

  /**
   * Goes on with the secrets as they are now, wherever the connection is in use.
   *
   * @throws CloudError when a token is of another project
   * @throws NotFoundError, SealingError
   */
  async useLatest(name: string): Promise<void> {
    for (const which of HETZNER_SECRETS) {
      if (this.#opened.has(slotOf(which, name))) {
        await this.#openOnce(name, which);
      }
    }
  }

  /**
   * Looks again whose the tokens in use are. For when something was made with
   * them, which tells more than there was to see when they were taken.
   *
   * @throws CloudError
   */
  async confirmProject(name: string): Promise<void> {
    for (const which of HETZNER_SECRETS) {
      const opened = this.#opened.get(slotOf(which, name));
      if (opened) await this.#guard.confirm(name, opened.token, opened.cloud);
    }
  }

  /** By name. The configuration wins over a row of the same name. */
  async find(name: string): Promise<ProviderConnection | undefined> {
    const configured = this.#configured.get(name);
    if (configured) {
      return withoutSecrets(configured);
    }
    const stored = await this.#store.find(name);
    return stored && withoutSeal(stored);
  }

  /** All of them, by name. */
  async list(): Promise<ProviderConnection[]> {
    const stored = await this.#store.list();
    return [
      ...[...this.#configured.values()].map(withoutSecrets),
      ...stored.filter(c => !this.#configured.has(c.name)).map(withoutSeal),
    ].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Names of those that come from the configuration. */
  configured(): string[] {
    return [...this.#configured.keys()];
  }

  /** Opens the project of a connection with a token that is not stored yet. Close it after use. */
  open(
    name: string,
    token: string,
    endpoint = this.#endpoint,
  ): HetznerConnection {
    return this.#connect({
      token,
      endpoint,
      budget: this.#budgetOf(name),
    });
  }

  /** Opens object storage with keys that are not stored yet. Close it after use. */
  openObjectStorage(
    { region, endpoint }: Pick<ObjectStorageAccount, 'region' | 'endpoint'>,
    keys: ObjectStorageSecrets,
    caCertificate?: string,
    scope?: StorageScope,
  ): ObjectStorage {
    return connectObjectStorage({
      region,
      endpoint: endpoint ?? this.#objectStorageEndpoint(region),
      ...keys,
      ...(caCertificate && { caCertificate }),
      scope,
    });
  }

  /**
   * The client of a connection's object storage.
   *
   * @throws NotFoundError
   * @throws ConflictError when it is of another kind
   * @throws SealingError
   * @throws CloudError when the configuration has no keys
   */
  async objectStorage(name: string): Promise<ObjectStorage> {
    const found = await this.#openable(name);
    if (found.kind !== 'object-storage') {
      throw otherKind(found, 'object-storage');
    }
    const { region, endpoint, secrets, caCertificate } = found;
    if (!secrets.accessKey || !secrets.secretKey) {
      throw new CloudError({
        code: s3Codes.invalidAccessKeyId,
        outcome: 'refused',
        operation: { method: 'PUT', path: '/' },
        message: `The connection ${name} has no keys. Make a pair in the console of the project under Object Storage, Manage credentials, and set it in hetznerInfra.connections.`,
      });
    }
    const version = JSON.stringify([region, endpoint, secrets, caCertificate]);
    const opened = this.#storages.get(name);
    if (opened?.version === version) {
      return opened.cloud;
    }
    const cloud = this.openObjectStorage(found, secrets, caCertificate, {
      onCall: report => this.#onCall(name, report),
    });
    this.#storages.set(name, { cloud, version });
    opened?.cloud.close();
    return cloud;
  }

  /**
   * The client of a connection's project.
   *
   * @throws NotFoundError
   * @throws SealingError
   * @throws CloudError when the configuration has no token
   */
  async hetzner(name: string): Promise<HetznerCloud> {
    return this.#openOnce(name, 'token');
  }

  /**
   * The client with the token for the cluster's components, if the connection has one.
   *
   * @throws NotFoundError
   * @throws SealingError
   */
  async hetznerForCluster(name: string): Promise<HetznerCloud | undefined> {
    const { secrets } = await this.#openableHetzner(name);
    return secrets.clusterToken
      ? this.#openOnce(name, 'clusterToken')
      : undefined;
  }

  /**
   * Keeps what the provider said of a connection's tokens: of a configured one
   * for this replica, of others in the database.
   */
  async record(
    name: string,
    finding: { checkedAt: Date; problem?: string },
  ): Promise<void> {
    const configured = this.#configured.get(name);
    if (!configured) {
      await this.#store.checked(name, finding);
      return;
    }
    const { checkedAt, problem } = finding;
    // One that was begun earlier may end later, and tells less.
    if (configured.checkedAt && configured.checkedAt > checkedAt) return;
    this.#configured.set(name, { ...configured, checkedAt, problem });
  }

  /** Closes what was opened, at shutdown. */
  close(): void {
    for (const { cloud } of [
      ...this.#opened.values(),
      ...this.#storages.values(),
    ]) {
      cloud.close();
    }
    this.#opened.clear();
    this.#storages.clear();
  }

  /** One look after the other, so that nobody makes a second client. */
  async #openOnce(name: string, which: Secret): Promise<HetznerCloud> {
    const slot = slotOf(which, name);
    const before = this.#looks.get(slot) ?? Promise.resolve();
    const look = before.then(
      () => this.#openLatest(name, which),
      () => this.#openLatest(name, which),
    );
    this.#looks.set(slot, look);
    return look;
  }

  async #openLatest(name: string, which: Secret): Promise<HetznerCloud> {
    const { secrets, endpoint } = await this.#openableHetzner(name);
    const token = secrets[which];
    if (!token) {
      throw new CloudError({
        code: hetznerCodes.unauthorized,
        outcome: 'refused',
        operation: { method: 'GET', path: '/servers' },
        message: `The connection ${name} has no token. Make one in the console of the project under Security, API tokens, with the permission read and write, and set it in hetznerInfra.connections.`,
      });
    }
    const slot = slotOf(which, name);
    const opened = this.#opened.get(slot);
    if (opened?.token === token && opened.endpoint === endpoint) {
      return opened.cloud;
    }
    const refusal = this.#refusals.get(slot);
    if (
      refusal?.token === token &&
      refusal.endpoint === endpoint &&
      systemClock.now() - refusal.at < REFUSAL_SHARED_MS
    ) {
      throw refusal.error;
    }
    const candidate = this.#connect({
      token,
      endpoint,
      budget: this.#budgetOf(name),
      onCall: report => this.#onCall(name, report),
      onTokenRefused: async () => {
        // Not while it is looked whose the token is: that is such a look itself.
        if (this.#opened.get(slot)?.cloud === candidate) {
          await this.#openOnce(name, which);
        }
      },
    });
    try {
      await this.#guard.require(name, which, token, candidate);
    } catch (error) {
      candidate.close();
      const at = systemClock.now();
      this.#refusals.set(slot, { token, endpoint, error, at });
      throw error;
    }
    this.#refusals.delete(slot);
    if (opened?.endpoint === endpoint) {
      candidate.close();
      opened.cloud.useToken(token);
      this.#opened.set(slot, { ...opened, token });
      return opened.cloud;
    }
    this.#opened.set(slot, { name, cloud: candidate, endpoint, token });
    opened?.cloud.close();
    return candidate;
  }

  /** How many requests to a connection's project are left, as this replica knows. */
  budget(name: string): BudgetStatus {
    return this.#budgetOf(name).status();
  }

  /** Those of all connections that this replica uses. */
  budgets(): Array<{
    connection: string;
    limit: number;
    remaining: number;
    reserve: number;
  }> {
    const used = new Set([...this.#opened.values()].map(({ name }) => name));
    return [...used].map(connection => {
      const budget = this.#budgetOf(connection);
      const { limit, remaining } = budget.status();
      return { connection, limit, remaining, reserve: budget.reserve };
    });
  }

  /** The provider counts the requests of a project, whichever of its tokens they carry. */
  #budgetOf(name: string): RateBudget {
    const known = this.#budgets.get(name);
    if (known) {
      return known;
    }
    const budget = new RateBudget({ clock: systemClock });
    this.#budgets.set(name, budget);
    return budget;
  }

  async #openableHetzner(name: string): Promise<OpenableHetzner> {
    const found = await this.#openable(name);
    if (found.kind !== 'hetzner') throw otherKind(found, 'hetzner');
    return found;
  }

  async #openable(name: string): Promise<OpenableConnection> {
    const configured = this.#configured.get(name);
    if (configured) {
      return configured;
    }
    const stored = await this.#store.find(name);
    if (!stored) {
      throw new NotFoundError(`There is no connection named ${name}.`);
    }
    const secrets = this.#store.open(stored);
    const connection = withoutSeal(stored);
    // What is stored of a kind has the secrets of that kind: nothing else passes its schema.
    return connection.kind === 'hetzner'
      ? {
          ...connection,
          secrets: secrets as HetznerSecrets,
          endpoint: this.#endpoint,
        }
      : { ...connection, secrets: secrets as ObjectStorageSecrets };
  }
}

function slotOf(which: Secret, name: string): string {
  return `${which} ${name}`;
}

/** The refusal to use a connection for what another kind is for. */
function otherKind(
  { name, kind }: Pick<ProviderConnection, 'name' | 'kind'>,
  wanted: ProviderConnection['kind'],
): ConflictError {
  return new ConflictError(
    `The connection ${name} is one of the kind ${kind}; this needs one of the kind ${wanted}.`,
  );
}

function withoutSecrets(connection: OpenableConnection): ProviderConnection {
  if (connection.kind === 'hetzner') {
    const { secrets, endpoint, ...rest }: OpenableHetzner = connection;
    return rest;
  }
  const { secrets, caCertificate, ...rest }: OpenableObjectStorage = connection;
  return rest;
}

function withoutSeal({
  sealed,
  ...connection
}: SealedConnection): ProviderConnection {
  return connection;
}
