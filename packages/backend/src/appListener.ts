import { createServer, type Server } from 'node:http';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import {
  coreServices,
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';

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
 * The stock root HTTP router, and a plugin that lets the very same Express
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
    configure({ app, applyDefaults }) {
      applyDefaults();
      server = createServer(app);
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
