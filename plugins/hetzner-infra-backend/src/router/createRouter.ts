import { json } from 'express';
import { createOpenApiRouter } from '../schema/openapi/generated';
import { catalogueRoutes } from './catalogueRoutes';
import { connectionRoutes } from './connectionRoutes';
import { environmentRoutes } from './environmentRoutes';
import { operationRoutes } from './operationRoutes';
import { quoteRoutes } from './quoteRoutes';
import type { ApiRouter, RouterContext } from './RouterContext';
import { translateErrors } from './translateErrors';

/** A document with twenty keys and ninety ranges has some 20 kB. */
const BODY_LIMIT = '256kb';

/** The HTTP API, see src/schema/openapi.yaml. */
export async function createRouter(context: RouterContext): Promise<ApiRouter> {
  const router = await createOpenApiRouter({
    middleware: [json({ limit: BODY_LIMIT })],
  });
  catalogueRoutes(router, context);
  quoteRoutes(router, context);
  environmentRoutes(router, context);
  operationRoutes(router, context);
  connectionRoutes(router, context);
  router.use(translateErrors);
  return router;
}
