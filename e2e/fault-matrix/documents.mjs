/** An environment and what becomes of it, as a person writes them. */
const documents = {
  before: {
    adminAccess: { cidrs: ['203.0.113.7/32'], ssh: false },
    controlPlane: { serverType: 'cx23', count: 1 },
    pools: [
      { name: 'web', serverType: 'cx33', min: 2, max: 4 },
      { name: 'batch', serverType: 'cx23', min: 2, max: 4 },
    ],
    loadBalancer: { type: 'lb11' },
    edge: {
      zone: 'example.com',
      api: 'api.example.com',
      app: 'app.example.com',
    },
  },
  // A pool grows, one shrinks, and everything that can change does.
  after: {
    adminAccess: { cidrs: ['198.51.100.0/24', '203.0.113.7/32'], ssh: true },
    controlPlane: { serverType: 'cx23', count: 1 },
    pools: [
      { name: 'web', serverType: 'cx43', min: 3, max: 4 },
      { name: 'batch', serverType: 'cx23', min: 1, max: 4 },
    ],
    loadBalancer: { type: 'lb21' },
    edge: {
      zone: 'example.com',
      api: 'api2.example.com',
      app: 'app.example.com',
    },
  },
};

/** @param {'before' | 'after'} which */
export function documentNamed(which) {
  return {
    apiVersion: 'infra.xpeditis.com/v1alpha1',
    kind: 'Environment',
    metadata: { name: 'shop', owner: 'group:default/platform' },
    spec: {
      connections: {
        hetzner: 'sandbox',
        cloudflare: 'sandbox',
        objectStorage: 'storage',
      },
      location: 'fsn1',
      data: { objectStorage: { bucket: 'shop-files' } },
      ...documents[which],
    },
  };
}
