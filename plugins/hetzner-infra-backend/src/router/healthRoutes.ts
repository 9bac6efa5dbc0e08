import type { ApiRouter, RouterContext } from './RouterContext';

/** Whether this replica can do its work. */
export function healthRoutes(
  router: ApiRouter,
  { health }: Pick<RouterContext, 'health'>,
): void {
  router.get('/health', async (_request, response) => {
    const { status, checks } = await health.check();
    response.status(status === 'ok' ? 200 : 503).json({ status, checks });
  });
}
