import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  portalHealthServiceRef,
  type PortalHealthCheck,
} from '@xpeditis/backstage-plugin-hetzner-infra-node';

type Answer = { status: number; payload: { status: string; message?: string } };

const OK: Answer = { status: 200, payload: { status: 'ok' } };

const unavailable = (message: string): Answer => ({
  status: 503,
  payload: { status: 'error', message },
});

/**
 * Readiness and liveness of the backend, with what plugins know of themselves.
 * Readiness is for who sends requests here, liveness for who restarts: only what
 * a restart mends makes a backend not live.
 */
export const rootHealth = createServiceFactory({
  service: coreServices.rootHealth,
  deps: {
    lifecycle: coreServices.rootLifecycle,
    portalHealth: portalHealthServiceRef,
  },
  factory({ lifecycle, portalHealth }) {
    let phase: 'starting' | 'up' | 'stopping' = 'starting';
    lifecycle.addStartupHook(() => {
      phase = 'up';
    });
    lifecycle.addBeforeShutdownHook(() => {
      phase = 'stopping';
    });
    const answer = async (
      reasonOf: (check: PortalHealthCheck) => Promise<string | undefined>,
    ): Promise<Answer> => {
      const reasons = await Promise.all(portalHealth.checks().map(reasonOf));
      const given = reasons.filter(reason => reason !== undefined);
      return given.length > 0 ? unavailable(given.join(' ')) : OK;
    };
    return {
      async getLiveness() {
        return phase === 'up' ? answer(check => check.deadReason()) : OK;
      },
      async getReadiness() {
        if (phase === 'starting') {
          return unavailable('The backend starts.');
        }
        return phase === 'stopping'
          ? unavailable('The backend stops.')
          : answer(check => check.unreadyReason());
      },
    };
  },
});
