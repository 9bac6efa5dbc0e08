import { createServer } from 'node:http';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';

/**
 * The stock root HTTP router, which also listens on `backend.appListener`
 * when the configuration names one. Locally the same Express application so
 * answers on the portal's port and on the backend's; behind a reverse proxy
 * one address is enough and the key is left out.
 *
 * @throws when the port of `backend.appListener` is taken, which stops the start.
 */
export const portalHttpRouter = rootHttpRouterServiceFactory({
  configure({ app, applyDefaults, config, lifecycle, logger }) {
    applyDefaults();
    if (!config.has('backend.appListener')) {
      return;
    }
    const host = config.getString('backend.appListener.host');
    const port = config.getNumber('backend.appListener.port');
    const server = createServer(app);

    lifecycle.addStartupHook(
      () =>
        new Promise<void>((resolve, reject) => {
          server.once('error', reject);
          server.listen(port, host, () => {
            server.off('error', reject);
            logger.info(`Serving the app on ${host}:${port}`);
            resolve();
          });
        }),
    );
    lifecycle.addShutdownHook(
      () =>
        new Promise<void>(resolve => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    );
  },
});
