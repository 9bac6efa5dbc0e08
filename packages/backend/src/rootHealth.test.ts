import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import { portalHealthServiceRef } from '@xpeditis/backstage-plugin-hetzner-infra-node';
import type { RootHealthService } from '@backstage/backend-plugin-api';
import { rootHealth } from './rootHealth';

describe('the health of the backend', () => {
  const reasons: { unready?: string; dead?: string } = {};
  let health: RootHealthService;
  let duringStart: unknown;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        rootHealth,
        createBackendPlugin({
          pluginId: 'patient',
          register(env) {
            env.registerInit({
              deps: {
                root: coreServices.rootHealth,
                portal: portalHealthServiceRef,
              },
              async init({ root, portal }) {
                health = root;
                portal.add({
                  unreadyReason: async () => reasons.unready,
                  deadReason: async () => reasons.dead,
                });
                portal.add({
                  unreadyReason: async () => undefined,
                  deadReason: async () => undefined,
                });
                duringStart = [
                  await root.getLiveness(),
                  await root.getReadiness(),
                ];
              },
            });
          },
        }),
      ],
    });
  });
  afterAll(() => backend.stop());
  beforeEach(() => {
    delete reasons.unready;
    delete reasons.dead;
  });

  it('is live and not ready while it starts', () => {
    expect(duringStart).toEqual([
      { status: 200, payload: { status: 'ok' } },
      {
        status: 503,
        payload: { status: 'error', message: 'The backend starts.' },
      },
    ]);
  });

  it('is live and ready when all plugins are well', async () => {
    const ok = { status: 200, payload: { status: 'ok' } };
    expect(await health.getLiveness()).toEqual(ok);
    expect(await health.getReadiness()).toEqual(ok);
  });

  it('tells apart what a restart mends and what it does not', async () => {
    reasons.unready = 'The database is away.';
    expect(await health.getReadiness()).toEqual({
      status: 503,
      payload: { status: 'error', message: 'The database is away.' },
    });
    expect((await health.getLiveness()).status).toBe(200);

    const answer = await fetch(
      `http://127.0.0.1:${backend.server.port()}/.backstage/health/v1/readiness`,
    );
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { status: 'error', message: 'The database is away.' },
    ]);

    delete reasons.unready;
    reasons.dead = 'A loop is stuck.';
    expect((await health.getReadiness()).status).toBe(200);
    expect(await health.getLiveness()).toEqual({
      status: 503,
      payload: { status: 'error', message: 'A loop is stuck.' },
    });
  });
});
