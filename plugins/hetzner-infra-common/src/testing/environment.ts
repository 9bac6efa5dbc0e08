import { environmentSchema, type EnvironmentDocument } from '../document';

/** What a test changes in the smallest document; `spec` is merged one level deep. */
export interface EnvironmentOverrides {
  metadata?: Record<string, unknown>;
  spec?: Record<string, unknown>;
}

/** The production environment of the architecture document, unparsed, with changes. */
export function environmentInput(overrides: EnvironmentOverrides = {}) {
  return {
    apiVersion: 'infra.xpeditis.com/v1alpha1',
    kind: 'Environment',
    metadata: {
      name: 'xpeditis-prod',
      owner: 'group:default/platform',
      ...overrides.metadata,
    },
    spec: {
      connections: { hetzner: 'sandbox' },
      location: 'fsn1',
      network: { ipRange: '10.0.0.0/16', nodes: '10.0.1.0/24' },
      adminAccess: { cidrs: ['203.0.113.7/32'], ssh: true },
      controlPlane: { serverType: 'cx23', count: 1 },
      pools: [{ name: 'web', serverType: 'cx43', min: 2, max: 8 }],
      loadBalancer: { type: 'lb11', stickyCookie: 'XPEDITIS_LB' },
      ...overrides.spec,
    },
  };
}

/** The same, parsed. Throws when the changes make it invalid. */
export function environmentDocument(
  overrides: EnvironmentOverrides = {},
): EnvironmentDocument {
  return environmentSchema.parse(environmentInput(overrides));
}
