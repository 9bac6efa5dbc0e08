import { verbatim } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { CloudError, type Server } from '../clouds/hetzner';
import { sleep, systemClock } from '../clouds/clock';
import type { RemoveContext } from './ResourceDriver';

/** In sum five minutes without any action that could be waited for. */
const READINGS = 60;
const PAUSE_SECONDS = 5;

/** Whether the provider works on a server: it locks one during each action, and passes through states of its own. */
export function isBusy({ status, locked }: Server): boolean {
  return locked || (status !== 'running' && status !== 'off');
}

/**
 * Waits until nothing runs on a server any more, and reads it. That an action
 * failed is logged: what follows looks at the server and not at its past.
 *
 * @throws CloudError, `not_found` when the server is gone
 * @throws Error when it does not come to rest
 */
export async function settledServer(
  id: number,
  context: Pick<RemoveContext, 'cloud' | 'signal' | 'log'>,
): Promise<Server> {
  const { cloud, signal } = context;
  for (let reading = 1; ; reading++) {
    const { server } = await cloud.get('/servers/{id}', {
      path: { id },
      signal,
    });
    if (!isBusy(server)) return server;
    const waited = await runningActionsEnded(id, context);
    if (!waited && reading < READINGS) {
      await sleep(systemClock, PAUSE_SECONDS, signal);
    } else if (!waited) {
      throw new Error(
        `Server ${server.name} (${id}) has been ${server.status}${
          server.locked ? ' and locked' : ''
        } for minutes while nothing runs on it. Look at it in the provider’s console.`,
      );
    }
  }
}

/** Waits for the actions that run on a server, however they end. Returns whether there were any. */
export async function runningActionsEnded(
  id: number,
  { cloud, signal, log }: Pick<RemoveContext, 'cloud' | 'signal' | 'log'>,
): Promise<boolean> {
  const { actions } = await cloud.get('/servers/{id}/actions', {
    path: { id },
    query: { status: ['running'] },
    signal,
  });
  try {
    await cloud.waitFor(actions, { signal });
  } catch (error) {
    if (!(error instanceof CloudError) || !error.action) throw error;
    log(verbatim(error.message));
  }
  return actions.length > 0;
}
