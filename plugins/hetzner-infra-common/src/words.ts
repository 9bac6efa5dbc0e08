import {
  type ActualResource,
  type FirewallState,
  type LoadBalancerState,
  type ResourceKind,
  type ResourceNode,
  type ServerState,
} from './graph';
import { resourceName } from './ownership';

/** Each kind as people call it. */
export const KIND_NAMES: Readonly<Record<ResourceKind, string>> = {
  network: 'network',
  'ssh-key': 'SSH key',
  firewall: 'firewall',
  'placement-group': 'placement group',
  certificate: 'certificate',
  server: 'server',
  'load-balancer': 'load balancer',
};

/** What is done with a resource, as people say it. */
export const CHANGE_VERBS = {
  create: 'Create',
  update: 'Change',
  replace: 'Replace',
  remove: 'Remove',
  keep: 'Keep',
} as const;

function describeServer(state: ServerState): string {
  const address = state.privateIp ? `, private address ${state.privateIp}` : '';
  return `${state.serverType}${address}`;
}

function describeFirewall({ rules }: FirewallState): string {
  return rules.length > 0
    ? rules
        .map(
          rule =>
            `${rule.port ?? rule.protocol} from ${rule.sources.join(', ')}`,
        )
        .join('; ')
    : 'closed to the internet';
}

function describeLoadBalancer(state: LoadBalancerState): string {
  const cookie = state.services.find(({ http }) => http?.stickyCookie)?.http
    ?.stickyCookie;
  const redirect = state.services.some(({ http }) => http?.redirectHttp);
  return [
    state.type,
    ...(cookie ? [`sticky cookie ${cookie.name}`] : []),
    ...(redirect ? ['80 → 443'] : []),
  ].join(', ');
}

function describeState(node: ResourceNode | ActualResource): string | null {
  const state = 'desired' in node ? node.desired : node.state;
  switch (node.kind) {
    case 'network':
      return 'ipRange' in state ? state.ipRange : null;
    case 'firewall':
      return describeFirewall(state as FirewallState);
    case 'placement-group':
      return 'spread over different hosts';
    case 'certificate':
      return 'domains' in state ? state.domains.join(', ') : null;
    case 'server':
      return describeServer(state as ServerState);
    case 'load-balancer':
      return describeLoadBalancer(state as LoadBalancerState);
    default:
      return null;
  }
}

/** A change as a sentence without its full stop, such as `Create server xpeditis-prod-web-1-g1 (cx43)`. */
export function describeChange(
  environment: string,
  change: keyof typeof CHANGE_VERBS,
  resource: ResourceNode | ActualResource,
): string {
  const name =
    'name' in resource
      ? resource.name
      : resourceName(environment, resource.kind, resource.key, 1);
  const state = change === 'remove' ? null : describeState(resource);
  return `${CHANGE_VERBS[change]} ${KIND_NAMES[resource.kind]} ${name}${
    state ? ` (${state})` : ''
  }`;
}
