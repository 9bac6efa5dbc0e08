import {
  type ActualResource,
  type FirewallState,
  type LoadBalancerState,
  type ResourceKind,
  type ResourceNode,
  type ServerState,
} from './graph';
import { plannedName } from './ownership';
import { inEnglish, phrase, verbatim } from './phrase';
import type { ChangeSubject, Phrase } from './schema/openapi/generated/models';

/** Each kind as people call it. */
export const KIND_NAMES: Readonly<Record<ResourceKind, string>> = {
  network: 'network',
  'ssh-key': 'SSH key',
  firewall: 'firewall',
  'placement-group': 'placement group',
  certificate: 'certificate',
  server: 'server',
  'load-balancer': 'load balancer',
  bucket: 'bucket',
};

/** What is done with a resource, as people say it. */
export const CHANGE_VERBS = {
  create: 'Create',
  update: 'Change',
  replace: 'Replace',
  remove: 'Remove',
  keep: 'Keep',
} as const;

function serverTraits(state: ServerState): Phrase[] {
  const address = state.privateIp;
  return [
    verbatim(state.serverType),
    ...(address
      ? [
          phrase(
            'trait-private-address',
            { address },
            `private address ${address}`,
          ),
        ]
      : []),
  ];
}

function firewallTraits({ rules }: FirewallState): Phrase[] {
  return rules.length > 0
    ? rules.map(rule => {
        const port = rule.port ?? rule.protocol;
        const sources = rule.sources.join(', ');
        return phrase(
          'trait-rule',
          { port, sources },
          `${port} from ${sources}`,
        );
      })
    : [phrase('trait-closed', {}, 'closed to the internet')];
}

function loadBalancerTraits(state: LoadBalancerState): Phrase[] {
  const cookie = state.services.find(({ http }) => http?.stickyCookie)?.http
    ?.stickyCookie;
  const redirect = state.services.some(({ http }) => http?.redirectHttp);
  return [
    verbatim(state.type),
    ...(cookie
      ? [
          phrase(
            'trait-sticky-cookie',
            { cookie: cookie.name },
            `sticky cookie ${cookie.name}`,
          ),
        ]
      : []),
    ...(redirect ? [verbatim('80 → 443')] : []),
  ];
}

function traitsOf(node: ResourceNode | ActualResource): Phrase[] {
  const state = 'desired' in node ? node.desired : node.state;
  switch (node.kind) {
    case 'network':
      return 'ipRange' in state ? [verbatim(state.ipRange)] : [];
    case 'firewall':
      return firewallTraits(state as FirewallState);
    case 'placement-group':
      return [phrase('trait-spread', {}, 'spread over different hosts')];
    case 'certificate':
      return 'domains' in state ? [verbatim(state.domains.join(', '))] : [];
    case 'server':
      return serverTraits(state as ServerState);
    case 'load-balancer':
      return loadBalancerTraits(state as LoadBalancerState);
    default:
      return [];
  }
}

/** What stands between the traits of a resource: those of a firewall have commas of their own. */
export function betweenTraits(kind: string): string {
  return kind === 'firewall' ? '; ' : ', ';
}

/** The resource of a change: its name, and what it is like unless it goes. */
export function changeSubject(
  environment: string,
  change: keyof typeof CHANGE_VERBS,
  resource: ResourceNode | ActualResource,
): ChangeSubject {
  return {
    name:
      'name' in resource ? resource.name : plannedName(environment, resource),
    traits: change === 'remove' ? [] : traitsOf(resource),
  };
}

/** A change as a sentence without its full stop, such as `Create server xpeditis-prod-web-1-g1 (cx43)`. */
export function describeChange(
  change: keyof typeof CHANGE_VERBS,
  kind: ResourceKind,
  { name, traits }: ChangeSubject,
): string {
  const state = inEnglish(traits, betweenTraits(kind));
  return `${CHANGE_VERBS[change]} ${KIND_NAMES[kind]} ${name}${
    state ? ` (${state})` : ''
  }`;
}
