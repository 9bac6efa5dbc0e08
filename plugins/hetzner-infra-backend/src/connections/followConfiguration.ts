import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { systemClock, type Clock } from '../clouds/clock';
import { InvalidInputError } from '../InvalidInputError';
import type { OpenableConnection } from './connection';
import type { ConnectionRegistry, SecretChange } from './ConnectionRegistry';
import type { Connections } from './Connections';
import type { ProjectGuard } from './ProjectGuard';
import { readConfiguredConnections } from './readConfiguredConnections';

/** When secrets that could not be used are tried again: what is wrong may be the provider. */
const AGAIN_MS = 60_000;

/**
 * Takes tokens of the configuration while the portal runs: Backstage reads its
 * files again when one of them changes, those that `$file` names included. A
 * configuration that is wrong changes nothing and is logged. New secrets are
 * tried first: those before them stay in use until the new ones are good.
 *
 * @returns resolves when the latest change was dealt with; for tests
 */
export function followConfiguration(options: {
  config: Config;
  registry: Pick<
    ConnectionRegistry,
    'changes' | 'configure' | 'configured' | 'useLatest'
  >;
  connections: Pick<Connections, 'trySecrets' | 'check'>;
  guard: Pick<ProjectGuard, 'forgetOthers'>;
  auditor: AuditorService;
  logger: LoggerService;
  clock?: Clock;
}): { settled(): Promise<void>; stop(): void } {
  const {
    config,
    registry,
    connections,
    guard,
    auditor,
    logger,
    clock = systemClock,
  } = options;
  let last = Promise.resolve();
  let cancelAgain = () => {};
  /** Of each connection the secrets that were refused last: trying them again is no news. */
  const refusedLast = new Map<string, string>();

  async function follow() {
    cancelAgain();
    let configured: OpenableConnection[];
    try {
      configured = readConfiguredConnections(config);
    } catch (error) {
      logger.error(
        'The connections of the changed configuration are wrong; those before it stay in use',
        error as Error,
      );
      return;
    }
    const known = new Set(registry.configured());
    const refused = new Set<string>();
    const taken: Array<() => Promise<void>> = [];
    for (const change of registry.changes(configured)) {
      const candidate = configured.find(
        ({ name }) => name === change.connection,
      )!;
      const take = await tryChange(candidate, change);
      if (take) taken.push(take);
      // What is new has no secrets that could stay: it is shown with its problem.
      else if (known.has(change.connection)) refused.add(change.connection);
      else
        taken.push(async () => void (await connections.check(candidate.name)));
    }
    registry.configure(configured, refused);
    await guard.forgetOthers(registry.configured());
    for (const take of taken) await take();
    if (refused.size > 0) cancelAgain = clock.schedule(AGAIN_MS, start);
  }

  /** @returns what makes the secrets be used; nothing when they are no good */
  async function tryChange(
    candidate: OpenableConnection,
    { connection, secrets }: SecretChange,
  ): Promise<(() => Promise<void>) | undefined> {
    const named = secrets.join(' and the ');
    const version = JSON.stringify(candidate.secrets);
    const begin = () =>
      auditor.createEvent({
        eventId: 'connection-token-change',
        severityLevel: 'medium',
        meta: { connection, secrets, origin: 'configuration' },
      });
    const isNews = refusedLast.get(connection) !== version;
    let event = isNews ? await begin() : undefined;
    const failed = async (error: unknown) => {
      await event?.fail({ error: error as Error });
      logger.error(
        `The ${named} of the changed configuration cannot be used for the connection ${connection}. ${saidIn(
          error,
        )}`,
      );
    };
    try {
      await connections.trySecrets(candidate, secrets);
    } catch (error) {
      refusedLast.set(connection, version);
      if (isNews) await failed(error);
      return undefined;
    }
    refusedLast.delete(connection);
    event ??= await begin();
    const begun = event;
    return async () => {
      try {
        await registry.useLatest(connection);
        const { ok, message } = await connections.check(connection);
        if (!ok) throw new Error(message);
        await begun.success();
        logger.info(
          `The connection ${connection} goes on with the ${named} of the changed configuration. ${message}`,
        );
      } catch (error) {
        await failed(error);
      }
    };
  }

  function start() {
    last = last.then(follow).catch(error => {
      logger.error('The changed configuration was not taken', error as Error);
    });
  }
  const subscription = config.subscribe?.(start);
  return {
    settled: () => last,
    stop: () => {
      cancelAgain();
      subscription?.unsubscribe();
    },
  };
}

/** Why it failed, in words. Carries no secret, because no error of a check does. */
function saidIn(error: unknown): string {
  if (error instanceof InvalidInputError) {
    return [error.message, ...error.fields.map(({ message }) => message)].join(
      ' ',
    );
  }
  return error instanceof Error ? error.message : String(error);
}
