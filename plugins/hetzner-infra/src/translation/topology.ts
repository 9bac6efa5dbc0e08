/** Texts of the drawing of an environment. */
export const topology = {
  topology: {
    label: 'Topology of {{name}}',
    connections: 'Connections',
    connection: '{{from}} to {{to}}, port {{port}}',
    network: 'Private network {{range}}',
    controlPlane: 'Control plane',
    pool: 'Workers {{name}}',
    range: '{{min}} to {{max}}',
    more: 'up to {{max}} when full',
    notBuilt: 'Not created by this version',
    noServers: 'No server yet',
    kind: {
      internet: 'Internet',
      cloudflare: 'Cloudflare',
      'load-balancer': 'Load balancer',
      server: 'Server',
      postgres: 'PostgreSQL',
      redis: 'Redis',
      'object-storage': 'Object storage',
    },
    mode: {
      'self-hosted': 'Self-hosted',
      neon: 'Neon',
      upstash: 'Upstash',
      external: 'External',
    },
  },
} as const;
