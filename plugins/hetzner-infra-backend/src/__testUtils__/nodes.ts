import type {
  FirewallRule,
  LoadBalancerService,
  ResourceKind,
  ResourceNode,
  ResourceStates,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

const node = <K extends ResourceKind>(
  kind: K,
  key: string,
  desired: ResourceStates[K],
) => ({ kind, key, desired, needs: [] } as unknown as ResourceNode<K>);

/** Wanted resources of a small environment; each takes what a test wants otherwise. */
export const network = (desired: Partial<ResourceStates['network']> = {}) =>
  node('network', 'network', {
    ipRange: '10.0.0.0/16',
    nodes: '10.0.1.0/24',
    networkZone: 'eu-central',
    ...desired,
  });

export const sshKey = (
  publicKey: string | null = null,
  key: string = 'ssh-key-1',
) => node('ssh-key', key, { publicKey });

export const rule = (desired: Partial<FirewallRule> = {}): FirewallRule => ({
  description: 'SSH from the administrators',
  protocol: 'tcp',
  port: '22',
  sources: ['203.0.113.7/32'],
  ...desired,
});

export const firewall = (
  rules: FirewallRule[] = [rule()],
  key: string = 'firewall-workers',
) => node('firewall', key, { rules });

export const placementGroup = (key: string = 'spread-web-1') =>
  node('placement-group', key, { type: 'spread' });

export const certificate = (
  domains: string[] = ['api.xpeditis.com', 'app.xpeditis.com'],
) => node('certificate', 'certificate', { domains });

export const worker = (
  desired: Partial<ResourceStates['server']> = {},
  key: string = 'web-1',
) =>
  node('server', key, {
    serverType: 'cx23',
    image: 'ubuntu-24.04',
    location: 'fsn1',
    role: 'worker',
    pool: 'web',
    placementGroup: 'spread-web-1',
    firewalls: ['firewall-workers'],
    sshKeys: ['ssh-key-1'],
    network: 'network',
    privateIp: null,
    power: 'on',
    userData: null,
    protected: false,
    ...desired,
  });

export const controlPlane = (desired: Partial<ResourceStates['server']> = {}) =>
  worker(
    {
      role: 'control-plane',
      pool: null,
      placementGroup: null,
      privateIp: '10.0.1.254',
      protected: true,
      ...desired,
    },
    'control-plane-1',
  );

export const httpsService = (
  desired: Partial<LoadBalancerService> = {},
): LoadBalancerService => ({
  protocol: 'https',
  listenPort: 443,
  destinationPort: 80,
  http: {
    certificate: 'certificate',
    redirectHttp: true,
    stickyCookie: { name: 'XPEDITIS_LB', lifetimeSeconds: 28_800 },
  },
  healthCheck: {
    protocol: 'http',
    port: 80,
    intervalSeconds: 5,
    timeoutSeconds: 3,
    retries: 3,
    path: '/ping',
    statusCodes: ['2??'],
  },
  ...desired,
});

export const tcpService = (listenPort: number): LoadBalancerService => ({
  protocol: 'tcp',
  listenPort,
  destinationPort: listenPort,
  http: null,
  healthCheck: {
    protocol: 'tcp',
    port: listenPort,
    intervalSeconds: 15,
    timeoutSeconds: 10,
    retries: 3,
    path: null,
    statusCodes: [],
  },
});

export const httpService = (listenPort: number): LoadBalancerService => ({
  ...httpsService(),
  protocol: 'http',
  listenPort,
  http: { certificate: null, redirectHttp: false, stickyCookie: null },
});

export const loadBalancer = (
  desired: Partial<ResourceStates['load-balancer']> = {},
) =>
  node('load-balancer', 'load-balancer', {
    type: 'lb11',
    location: 'fsn1',
    algorithm: 'round_robin',
    network: 'network',
    services: [httpsService()],
    targetPools: ['web'],
    ...desired,
  });
