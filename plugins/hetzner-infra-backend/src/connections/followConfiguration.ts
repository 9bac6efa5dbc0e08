import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { ConnectionRegistry } from './ConnectionRegistry';
import type { Connections } from './Connections';
import { readConfiguredConnections } from './readConfiguredConnections';

/**
 * Takes tokens of the configuration while the portal runs: Backstage reads its
 * files again when one of them changes, those that `$file` names included. A
 * configuration that is wrong changes nothing and is logged.
 *
 * @returns resolves when the latest change was dealt with; for tests
 */
export function followConfiguration(options: {
  config: Config;
  registry: Pick<ConnectionRegistry, 'configure' | 'useLatest'>;
  connections: Pick<Connections, 'check'>;
  auditor: AuditorService;
  logger: LoggerService;
}): { settled(): Promise<void>; stop(): void } {
  const { config, registry, connections, auditor, logger } = options;

  const follow = async () => {
    let changed: ReturnType<ConnectionRegistry['configure']>;
    try {
      changed = registry.configure(readConfiguredConnections(config));
    } catch (error) {
      logger.error(
        'The connections of the changed configuration are wrong; those before it stay in use',
        error as Error,
      );
      return;
    }
    for (const { connection, secrets } of changed) {
      const event = await auditor.createEvent({
        eventId: 'connection-token-change',
        severityLevel: 'medium',
        meta: { connection, secrets, origin: 'configuration' },
      });
      try {
        const { ok, message } = await connections.check(connection);
        if (!ok) throw new Error(message);
        await registry.useLatest(connection);
        await event.success();
        logger.info(
          `The connection ${connection} goes on with the ${secrets.join(
            ' and the ',
          )} of the changed configuration. ${message}`,
        );
      } catch (error) {
        await event.fail({ error: error as Error });
        logger.error(
          `The ${secrets.join(
            ' and the ',
          )} of the changed configuration cannot be used for the connection ${connection}`,
          error as Error,
        );
      }
    }
  };

  let last = Promise.resolve();
  const subscription = config.subscribe?.(() => {
    last = last.then(follow).catch(error => {
      logger.error('The changed configuration was not taken', error as Error);
    });
  });
  return {
    settled: () => last,
    stop: () => subscription?.unsubscribe(),
  };
}
