import { createServer, type Server } from 'node:http';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import {
  coreServices,
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { errorsWithoutStack } from './errorsWithoutStack';

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/**
 * Who listens for upgrades of one server listens for those of the other: the
 * signals backend takes the first server on which somebody asks for a web
 * socket, and no second one.
 */
function shareUpgrades(one: Server, other: Server): void {
  const copy = (from: Server, to: Server) =>
    from.on('newListener', (event, listener) => {
      if (event !== 'upgrade') {
        return;
      }
      // Node tells of a listener before it is there: only afterwards can the other server see that it has it.
      queueMicrotask(() => {
        if (!to.listeners('upgrade').includes(listener)) {
          to.on('upgrade', listener);
        }
      });
    });
  copy(one, other);
  copy(other, one);
}

/**
 * The stock root HTTP router without stacks in its errors, and a plugin that lets the very same Express
 * application answer on `backend.appListener` too when the configuration names
 * it. The local portal so has the app on one port and the API on another
 * without a second server or a proxy.
 *
 * The listening is a plugin's, because the start of the backend fails with a
 * plugin whose port is taken, but not with a lifecycle hook.
 */
export function createAppListener(): BackendFeature[] {
  let server: Server;
  const router = rootHttpRouterServiceFactory({
    configure({ app, server: apiServer, applyDefaults }) {
      app.use(errorsWithoutStack);
      applyDefaults();
      server = createServer(app);
      shareUpgrades(apiServer, server);
    },
  });
  const listener = createBackendPlugin({
    pluginId: 'app-listener',
    register: env =>
      env.registerInit({
        deps: {
          config: coreServices.rootConfig,
          lifecycle: coreServices.rootLifecycle,
          logger: coreServices.logger,
          rootHttpRouter: coreServices.rootHttpRouter,
        },
        async init({ config, lifecycle, logger }) {
          const own = config.getOptionalConfig('backend.appListener');
          if (!own) {
            return;
          }
          const host = own.getString('host');
          const port = own.getNumber('port');
          await listen(server, port, host);
          lifecycle.addShutdownHook(() => close(server));
          logger.info(`Serving the app on ${host}:${port}`);
        },
      }),
  });
  return [router, listener];
}
