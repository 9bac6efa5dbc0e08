import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  DriftFinding as WireFinding,
  DriftList,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { StoredEnvironment } from '../environments/EnvironmentStore';
import type { DriftFinding } from '../sweeps/drift';
import type { ApiRouter, RouterContext } from './RouterContext';
import { wireDriftCount } from './wire';

/** So many findings that are gone are shown. */
const GONE = 50;

/** What differs from what is wanted: as last seen, and as it is now. */
export function driftRoutes(router: ApiRouter, context: RouterContext): void {
  const { access, drift, driftStore, environmentStore } = context;

  const named = async (credentials: BackstageCredentials, name: string) =>
    access.readable(
      credentials,
      await environmentStore.findByName(name),
      `There is no environment named ${name}.`,
    );

  const list = async (
    { id }: StoredEnvironment,
    looked: boolean,
  ): Promise<DriftList> => {
    const [findings, counts] = await Promise.all([
      driftStore.list(id, { gone: GONE }),
      driftStore.counts([id]),
    ]);
    return {
      ...wireDriftCount(counts.get(id) ?? { open: 0 }),
      looked,
      items: findings.map(wireFinding),
    };
  };

  router.get('/environments/:name/drift', async (request, response) => {
    const credentials = await access.credentials(request);
    const environment = await named(credentials, request.params.name);
    response.json(await list(environment, false));
  });

  router.post('/environments/:name/drift', async (request, response) => {
    const credentials = await access.credentials(request);
    const environment = await named(credentials, request.params.name);
    const looked = await drift.look(environment);
    response.json(await list(environment, looked));
  });
}

function wireFinding({
  providerId,
  foundAt,
  lastSeenAt,
  goneAt,
  ...finding
}: DriftFinding): WireFinding {
  return {
    ...finding,
    ...(providerId !== '' && { providerId }),
    foundAt: new Date(foundAt).toISOString(),
    lastSeenAt: new Date(lastSeenAt).toISOString(),
    ...(goneAt !== undefined && { goneAt: new Date(goneAt).toISOString() }),
  };
}
