import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** An environment as the API tells it; `spec` replaces parts of its document. */
export function sampleEnvironment(
  name: string,
  change: Partial<Environment> & { spec?: Record<string, unknown> } = {},
): Environment {
  const { spec, ...environment } = change;
  const owner = change.owner ?? 'group:default/platform';
  return {
    id: `id-of-${name}`,
    name,
    owner,
    state: 'ready',
    sentence: 'Ready.',
    revision: 1,
    connection: 'sandbox',
    location: 'fsn1',
    document: {
      apiVersion: 'infra.xpeditis.com/v1alpha1',
      kind: 'Environment',
      metadata: { name, owner },
      spec: {
        connections: { hetzner: 'sandbox' },
        location: 'fsn1',
        pools: [{ name: 'web', serverType: 'cx43', min: 2, max: 8 }],
        ...spec,
      },
    },
    monthly: [],
    createdAt: '2026-11-23T08:00:00.000Z',
    createdBy: 'user:default/jo',
    ...environment,
  };
}
