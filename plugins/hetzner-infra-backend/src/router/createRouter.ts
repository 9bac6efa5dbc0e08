import { NotFoundError } from '@backstage/errors';
import type { Request, RequestHandler } from 'express';
import { createOpenApiRouter } from '../schema/openapi/generated';
import { catalogueRoutes } from './catalogueRoutes';
import { connectionRoutes } from './connectionRoutes';
import { driftRoutes } from './driftRoutes';
import { environmentRoutes } from './environmentRoutes';
import { expiryRoutes } from './expiryRoutes';
import { healthRoutes } from './healthRoutes';
import { operationRoutes } from './operationRoutes';
import { orphanRoutes } from './orphanRoutes';
import { quoteRoutes } from './quoteRoutes';
import { readBody } from './readBody';
import { restorationRoutes } from './restorationRoutes';
import type { ApiRouter, RouterContext } from './RouterContext';
import { translateErrors } from './translateErrors';

/** The HTTP API, see src/schema/openapi.yaml. */
export async function createRouter(context: RouterContext): Promise<ApiRouter> {
  const router = await createOpenApiRouter({
    middleware: readBody as RequestHandler[],
  });
  healthRoutes(router, context);
  catalogueRoutes(router, context);
  quoteRoutes(router, context);
  environmentRoutes(router, context);
  operationRoutes(router, context);
  connectionRoutes(router, context);
  driftRoutes(router, context);
  expiryRoutes(router, context);
  orphanRoutes(router, context);
  restorationRoutes(router, context);
  // Whatever else the plugin answers, such as its permissions, was added before.
  router.use((request: Request) => {
    throw new NotFoundError(
      `The API of hetzner-infra has no ${request.method} ${request.path}.`,
    );
  });
  router.use(translateErrors);
  return router;
}
