import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  type ConnectionCheck,
  type ConnectionInput,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { isCode } from '../clouds/CloudError';
import { s3Codes } from '../clouds/objectStorage';
import type { EnvironmentFilter } from '../database/ownerFilter';
import { InvalidInputError } from '../InvalidInputError';
import { readProblems } from '../readProblems';
import { checkHetznerToken, checkTokens } from './checkHetznerToken';
import { checkObjectStorage, probeBucket } from './checkObjectStorage';
import {
  SECRETS_OF_KIND,
  type HetznerSecrets,
  type ObjectStorageAccount,
  type ObjectStorageSecrets,
  type OpenableConnection,
  type ProviderConnection,
  type SecretName,
  type SomeSecrets,
} from './connection';
import type { ConnectionRegistry } from './ConnectionRegistry';
import {
  connectionFields,
  connectionName,
  connectionSecrets,
} from './connectionSchema';
import type { ConnectionStore } from './ConnectionStore';
import type { ProjectGuard } from './ProjectGuard';
import { coded } from '../coded';

/** A connection as others see it, with those environments that use it and that they may see. */
export type ShownConnection = ProviderConnection & { environments: string[] };

/** Tells which environments use a connection. */
export type ConnectionUsers = {
  /** For each connection the names of the environments that use it, are not removed and may be seen; all when `visible` is absent. */
  usingConnections(
    connections: readonly string[],
    visible?: EnvironmentFilter,
  ): Promise<Map<string, string[]>>;
};

/** Where a check goes: what else may change does not concern the keys. */
const placeOf = ({ region, endpoint, checkBucket }: ObjectStorageAccount) => [
  region,
  endpoint,
  checkBucket,
];

/** What people do with connections. Secrets go in and never come out. */
export class Connections {
  constructor(
    private readonly options: {
      registry: ConnectionRegistry;
      store: ConnectionStore;
      environments: ConnectionUsers;
      guard: Pick<ProjectGuard, 'look' | 'answerFor'>;
      /** Id of this portal's database; buckets of checks are named by it. */
      installation: string;
      /** Told when a connection was added, changed, checked or deleted. */
      onChanged?: () => void;
      now: () => Date;
    },
  ) {}

  /** @param visible - environments that the caller may see; all when absent */
  async list(visible?: EnvironmentFilter): Promise<ShownConnection[]> {
    return this.#shown(await this.options.registry.list(), visible);
  }

  /**
   * @param visible - environments that the caller may see; all when absent
   * @throws NotFoundError
   */
  async get(
    name: string,
    visible?: EnvironmentFilter,
  ): Promise<ShownConnection> {
    const [shown] = await this.#shown([await this.#existing(name)], visible);
    return shown;
  }

  /**
   * Adds or replaces a connection. New secrets are checked against the provider
   * first; a refused one changes nothing.
   *
   * @throws InvalidInputError
   * @throws ConflictError when the configuration has a connection of this name,
   *   or somebody changed it since the version that the change was made from
   */
  async put(
    name: string,
    input: ConnectionInput,
    visible?: EnvironmentFilter,
  ): Promise<ShownConnection> {
    const { store, registry, now } = this.options;
    const { secrets: sent, version, ...rest } = input;
    const checkedName = connectionName.safeParse(name);
    const fields = connectionFields.safeParse(rest);
    const secrets = connectionSecrets[
      rest.kind === 'object-storage' ? rest.kind : 'hetzner'
    ].safeParse(sent ?? {});
    if (!checkedName.success || !fields.success || !secrets.success) {
      throw coded(
        new InvalidInputError('The connection is not valid.', [
          ...(checkedName.success
            ? []
            : readProblems(checkedName.error, 'name')),
          ...(fields.success ? [] : readProblems(fields.error)),
          ...(secrets.success ? [] : readProblems(secrets.error, 'secrets')),
        ]),
        'connection-invalid',
      );
    }
    const present = await registry.find(name);
    refuseConfigured(present, 'changed');
    const stored = present && (await store.find(name));
    // Also before a token is tried: who works on an old page learns that first.
    store.refuseVersion(name, stored, version);
    const before = stored && store.open(stored);
    if (stored && stored.kind !== fields.data.kind) {
      throw new InvalidInputError(`The kind of ${name} cannot change.`, [
        {
          path: 'kind',
          message: `It is one of the kind ${stored.kind}. Add another connection.`,
        },
      ]);
    }
    const connection = {
      name,
      ...fields.data,
      origin: 'api',
    } as ProviderConnection;
    const after = { ...before, ...secrets.data };
    requireSecrets(connection.kind, after);
    if (connection.kind === 'hetzner') {
      const isNew = (which: keyof HetznerSecrets) =>
        after[which] !== undefined && after[which] !== before?.[which];
      if (isNew('token')) {
        await this.#tryToken(name, after.token!, 'token', undefined);
      }
      if (isNew('clusterToken')) {
        await this.#tryToken(
          name,
          after.clusterToken!,
          'clusterToken',
          undefined,
        );
      }
    } else if (
      // Stored keys are tried at another place too, before they are used there.
      JSON.stringify([placeOf(connection), after]) !==
      JSON.stringify([
        stored?.kind === 'object-storage' && placeOf(stored),
        before,
      ])
    ) {
      await this.#tryKeys(connection, after as ObjectStorageSecrets);
    }
    await store.put(connection, secrets.data, now(), version);
    await registry.useLatest(name);
    this.options.onChanged?.();
    return this.get(name, visible);
  }

  /**
   * @throws NotFoundError
   * @throws ConflictError when an environment uses it, or it is the configuration's
   */
  async delete(name: string): Promise<void> {
    const connection = await this.#existing(name);
    refuseConfigured(connection, 'deleted');
    if (await this.options.store.deleteUnused(name)) {
      this.options.onChanged?.();
      return;
    }
    const users = [
      ...(await this.#users(name)),
      ...(await this.options.store.retainedBuckets(name)),
    ];
    throw coded(
      new ConflictError(
        `The connection ${name} is used by ${users.join(
          ', ',
        )}. Remove what uses it first.`,
      ),
      'connection-in-use',
      { name, users: users.join(', ') },
    );
  }

  /**
   * Takes tokens of a connection for an hour though they see nothing of its
   * environments, on somebody's word that they are of its project.
   *
   * @throws NotFoundError, ConflictError when it has no project
   */
  async confirmProject(name: string): Promise<void> {
    const { kind } = await this.#existing(name);
    if (kind !== 'hetzner') {
      throw new ConflictError(
        `The connection ${name} is one of the kind ${kind}; only one of the kind hetzner has a project.`,
      );
    }
    await this.options.guard.answerFor(name);
  }

  /**
   * Asks the provider whether the stored secrets are still good, and keeps what
   * it says; when it does not answer, or somebody asked later and got an answer
   * sooner, what it said then stays.
   *
   * @throws NotFoundError
   */
  async check(name: string): Promise<ConnectionCheck> {
    const { registry, now } = this.options;
    // Secrets that are replaced meanwhile are not those that this one tries.
    const checkedAt = now();
    const connection = await this.#existing(name);
    const check =
      connection.kind === 'hetzner'
        ? await checkTokens(name, registry)
        : await this.#checkKeys(connection);
    if (check.ok || check.fault === 'token') {
      await registry.record(name, {
        checkedAt,
        problem: check.ok ? undefined : check.message,
      });
      this.options.onChanged?.();
    }
    return { ok: check.ok, message: check.message, code: check.code };
  }

  /**
   * Tries secrets of a configuration before they are taken.
   *
   * @param secrets - those that are others than before
   * @throws InvalidInputError whose problems say why they are not taken
   */
  async trySecrets(
    candidate: OpenableConnection,
    secrets: readonly SecretName[],
  ): Promise<void> {
    if (candidate.kind === 'object-storage') {
      requireSecrets(candidate.kind, nonEmpty(candidate.secrets));
      await this.#tryKeys(
        candidate,
        candidate.secrets,
        candidate.caCertificate,
      );
      return;
    }
    requireSecrets(candidate.kind, nonEmpty(candidate.secrets));
    for (const which of ['token', 'clusterToken'] as const) {
      const token = candidate.secrets[which];
      if (token && secrets.includes(which)) {
        await this.#tryToken(candidate.name, token, which, candidate.endpoint);
      }
    }
  }

  /**
   * Checks the tokens of the configured connections, which nobody enters here.
   * Logs what is wrong and never fails: the portal runs without them too.
   */
  async checkConfigured(
    logger: LoggerService,
    stopping: AbortSignal,
  ): Promise<void> {
    for (const name of this.options.registry.configured()) {
      if (stopping.aborted) {
        return;
      }
      try {
        const { ok, message } = await this.check(name);
        if (ok) {
          logger.info(`The connection ${name} was checked. ${message}`);
        } else {
          logger.warn(
            `The connection ${name} was checked and cannot be used. ${message}`,
          );
        }
      } catch (error) {
        logger.warn(
          `The connection ${name} could not be checked`,
          error as Error,
        );
      }
    }
    logger.info('Checked the connections of the configuration');
  }

  async #existing(name: string): Promise<ProviderConnection> {
    const connection = await this.options.registry.find(name);
    if (!connection) {
      throw coded(
        new NotFoundError(`There is no connection named ${name}.`),
        'connection-unknown',
        { name },
      );
    }
    return connection;
  }

  async #shown(
    connections: readonly ProviderConnection[],
    visible?: EnvironmentFilter,
  ): Promise<ShownConnection[]> {
    const users = await this.options.environments.usingConnections(
      connections.map(({ name }) => name),
      visible,
    );
    return connections.map(connection => ({
      ...connection,
      environments: users.get(connection.name)!,
    }));
  }

  async #users(name: string): Promise<string[]> {
    const users = await this.options.environments.usingConnections([name]);
    return users.get(name)!;
  }

  async #checkKeys(connection: ObjectStorageAccount) {
    const { registry } = this.options;
    try {
      const storage = await registry.objectStorage(connection.name);
      return await checkObjectStorage(storage, this.#probed(connection));
    } catch (error) {
      if (!isCode(error, s3Codes.invalidAccessKeyId)) throw error;
      const { code, message } = error;
      return { ok: false as const, fault: 'token' as const, code, message };
    }
  }

  #probed({ name, checkBucket }: ObjectStorageAccount) {
    return {
      bucket: checkBucket,
      probe: probeBucket(this.options.installation, name),
    };
  }

  /** @throws InvalidInputError when the keys cannot write, read and delete there */
  async #tryKeys(
    connection: ObjectStorageAccount,
    keys: ObjectStorageSecrets,
    caCertificate?: string,
  ): Promise<void> {
    const storage = this.options.registry.openObjectStorage(
      connection,
      keys,
      caCertificate,
    );
    try {
      const check = await checkObjectStorage(storage, this.#probed(connection));
      if (!check.ok) {
        throw new InvalidInputError('The connection was not stored.', [
          { path: fieldOf(check.code), message: check.message },
        ]);
      }
    } finally {
      storage.close();
    }
  }

  /** @throws InvalidInputError when the token is not good, or is another project's */
  async #tryToken(
    name: string,
    token: string,
    field: keyof HetznerSecrets,
    endpoint: string | undefined,
  ) {
    const cloud = this.options.registry.open(name, token, endpoint);
    const path = `secrets.${field}`;
    try {
      const check = await checkHetznerToken(cloud);
      if (!check.ok) {
        throw new InvalidInputError('The token was not stored.', [
          { path, message: check.message },
        ]);
      }
      // One that is seen to be good is remembered: nobody looks at it again.
      const finding = await this.options.guard.look(name, token, cloud);
      if (finding.kind === 'another-project') {
        throw new InvalidInputError('The token was not stored.', [
          {
            path,
            message: `This token is of another project: it does not see ${finding.notSeen.join(
              ', ',
            )}. Use a token of the same project, or add a connection of another name.`,
          },
        ]);
      }
    } finally {
      cloud.close();
    }
  }
}

/** Those that are not empty. */
function nonEmpty(secrets: SomeSecrets): SomeSecrets {
  return Object.fromEntries(
    Object.entries(secrets).filter(([, secret]) => secret),
  );
}

/** @throws InvalidInputError that names those which are missing */
function requireSecrets(
  kind: ProviderConnection['kind'],
  secrets: SomeSecrets,
): void {
  const missing = SECRETS_OF_KIND[kind].filter(
    ({ name, isRequired }) => isRequired && !secrets[name],
  );
  if (missing.length > 0) {
    throw new InvalidInputError(
      kind === 'hetzner'
        ? 'The connection has no token.'
        : 'The connection has not both keys.',
      missing.map(({ name }) => ({
        path: `secrets.${name}`,
        message:
          kind === 'hetzner'
            ? 'A new connection needs a token.'
            : 'A new connection needs a pair of keys.',
      })),
    );
  }
}

/** The field that a person puts right. */
function fieldOf(code: string): string {
  switch (code) {
    case s3Codes.invalidAccessKeyId:
    case s3Codes.accessDenied:
      return 'secrets.accessKey';
    case s3Codes.signatureDoesNotMatch:
      return 'secrets.secretKey';
    case s3Codes.authorizationHeaderMalformed:
      return 'region';
    case s3Codes.noSuchBucket:
      return 'checkBucket';
    default:
      return 'endpoint';
  }
}

function refuseConfigured(
  connection: ProviderConnection | undefined,
  what: string,
): void {
  if (connection?.origin === 'configuration') {
    throw new ConflictError(
      `The connection ${connection.name} comes from the configuration and can only be ${what} there (hetznerInfra.connections).`,
    );
  }
}
