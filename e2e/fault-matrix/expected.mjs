import { documentNamed } from './documents.mjs';

const workersRange = 'one of the nodes’ range';
const unprotected = { delete: false };

/**
 * Server types and generations by pool, written down by hand: nothing of it
 * comes from the engine. A worker of another type is a successor.
 */
const pools = {
  before: {
    web: [
      ['cx33', '1'],
      ['cx33', '1'],
    ],
    batch: [
      ['cx23', '1'],
      ['cx23', '1'],
    ],
  },
  after: {
    web: [
      ['cx43', '2'],
      ['cx43', '2'],
      ['cx43', '1'],
    ],
    batch: [['cx23', '1']],
  },
};
const generationOfCertificate = { before: '1', after: '2' };

const rule = (port, sources, description) => ({
  direction: 'in',
  protocol: 'tcp',
  port,
  sources,
  destinations: [],
  description,
});

/**
 * Exactly what stands when a document is reached, in the words of inventory.mjs.
 *
 * @param {'before' | 'after'} which document
 * @param {string} environmentId
 */
export function expectedFor(which, environmentId) {
  const { adminAccess, loadBalancer, edge } = documentNamed(which).spec;
  const resource = (kind, key, name, { labels = {}, ...state }) => ({
    kind,
    key,
    name: `shop-${name}`,
    state: {
      labels: {
        installation: 'thisportal01',
        'environment-id': environmentId,
        environment: 'shop',
        key,
        generation: '1',
        'created-by': 'an operation of this run',
        ...labels,
      },
      ...state,
    },
  });
  const administrators = adminAccess.ssh
    ? [rule('22', adminAccess.cidrs, 'SSH from the administrators')]
    : [];
  const apiRule = rule(
    '6443',
    ['127.0.0.1/32', ...adminAccess.cidrs],
    'Kubernetes API from the administrators and the portal',
  );

  const workers = Object.entries(pools[which]).flatMap(([pool, types]) =>
    types.map(([type, generation], index) => ({
      pool,
      type,
      generation,
      key: `${pool}-${index + 1}`,
    })),
  );
  const workerNames = workers
    .map(({ key, generation }) => `shop-${key}-g${generation}`)
    .sort();
  const namesOf = pool => workerNames.filter(name => name.includes(pool));
  const controlPlane = 'shop-control-plane-1-g1';
  const server = (key, { protection, generation = '1', labels, ...rest }) =>
    resource('servers', key, `${key}-g${generation}`, {
      labels: { ...labels, generation, 'user-data': 'a hash' },
      image: 'ubuntu-24.04',
      location: 'fsn1',
      status: 'running',
      locked: false,
      protection: { delete: protection, rebuild: protection },
      publicAddresses: 2,
      volumes: 0,
      ...rest,
    });
  const certificate = `certificate-g${generationOfCertificate[which]}`;

  return [
    resource('networks', 'network', 'network', {
      ipRange: '10.0.0.0/16',
      subnets: [['cloud', '10.0.1.0/24', 'eu-central']],
      routes: [],
      protection: unprotected,
      servers: [...workerNames, controlPlane].sort(),
      loadBalancers: ['shop-load-balancer'],
    }),
    resource('ssh_keys', 'ssh-key-1', 'ssh-key-1-g1', { kind: 'ssh-ed25519' }),
    resource('firewalls', 'firewall-control-plane', 'firewall-control-plane', {
      rules: [...administrators, apiRule],
      appliedTo: [controlPlane],
    }),
    resource('firewalls', 'firewall-workers', 'firewall-workers', {
      rules: administrators,
      appliedTo: workerNames,
    }),
    resource(
      'placement_groups',
      'spread-control-plane-1',
      'spread-control-plane-1',
      {
        type: 'spread',
        servers: [controlPlane],
      },
    ),
    ...Object.keys(pools[which]).map(pool =>
      resource('placement_groups', `spread-${pool}-1`, `spread-${pool}-1`, {
        type: 'spread',
        servers: namesOf(pool),
      }),
    ),
    resource('certificates', 'certificate', certificate, {
      labels: { generation: generationOfCertificate[which] },
      type: 'uploaded',
      domains: [edge.api, edge.app].sort(),
      usedBy: ['shop-load-balancer'],
    }),
    server('control-plane-1', {
      labels: { role: 'control-plane' },
      type: 'cx23',
      protection: true,
      placementGroup: 'shop-spread-control-plane-1',
      firewalls: ['shop-firewall-control-plane'],
      networks: [['shop-network', '10.0.1.254']],
    }),
    ...workers.map(({ key, pool, type, generation }) =>
      server(key, {
        generation,
        labels: { role: 'worker', pool },
        type,
        protection: false,
        placementGroup: `shop-spread-${pool}-1`,
        firewalls: ['shop-firewall-workers'],
        networks: [['shop-network', workersRange]],
      }),
    ),
    resource('load_balancers', 'load-balancer', 'load-balancer', {
      type: loadBalancer.type,
      location: 'fsn1',
      algorithm: 'round_robin',
      protection: unprotected,
      isPublic: true,
      networks: [['shop-network', workersRange]],
      services: [
        {
          protocol: 'https',
          listen_port: 443,
          destination_port: 80,
          proxyprotocol: false,
          health_check: {
            protocol: 'http',
            port: 80,
            interval: 5,
            timeout: 3,
            retries: 3,
            http: {
              domain: null,
              path: '/ping',
              response: '',
              status_codes: ['2??'],
              tls: false,
            },
          },
          http: {
            cookie_name: 'XPEDITIS_LB',
            cookie_lifetime: 28_800,
            timeout_idle: 50,
            certificates: [`shop-${certificate}`],
            redirect_http: true,
            sticky_sessions: true,
          },
        },
      ],
      targets: [
        {
          type: 'label_selector',
          usePrivateIp: true,
          selector: `infra.xpeditis.com/installation=thisportal01,infra.xpeditis.com/environment-id=${environmentId},infra.xpeditis.com/pool in (batch,web)`,
          servers: workerNames,
        },
      ],
    }),
    resource('buckets', 'bucket', 'files', {
      versioning: 'Enabled',
      objects: [],
    }),
  ];
}
