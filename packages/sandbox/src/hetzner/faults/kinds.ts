import type { NumberedCall } from '../callNumbers';
import type { FaultEffect } from './effect';

/** What a kind of fault can hit. */
type AppliesTo = (call: Pick<NumberedCall, 'method' | 'template'>) => boolean;

interface Kind {
  effect: FaultEffect;
  appliesTo: AppliesTo;
}

const anything: AppliesTo = () => true;
const writes: AppliesTo = ({ method }) => method !== 'GET';
const changesOf =
  (...collections: string[]): AppliesTo =>
  ({ method, template }) =>
    method !== 'GET' &&
    collections.some(name => template.startsWith(`/${name}/{id}`));
const creations: AppliesTo = ({ method, template }) =>
  method === 'POST' && /^\/\w+$/.test(template);

/** Operations that answer with an action. */
const startsAction: AppliesTo = ({ method, template }) =>
  (method === 'POST' &&
    (template.includes('/actions/') ||
      ['/servers', '/load_balancers', '/volumes'].includes(template))) ||
  (method === 'DELETE' &&
    ['/servers/{id}', '/load_balancers/{id}'].includes(template));

const before = (status: number, code: string, message: string): Kind => ({
  effect: {
    status,
    code,
    message,
    after: false,
    html: false,
    resetSeconds: 1,
  },
  appliesTo: anything,
});

/** The same error after the effect; after a read there is no difference. */
const after = (status: number, code: string, message: string): Kind => ({
  effect: { status, code, message, after: true, html: false, resetSeconds: 1 },
  appliesTo: writes,
});

const only = (kind: Kind, appliesTo: AppliesTo): Kind => ({
  ...kind,
  appliesTo,
});

const page = (kind: Kind): Kind => ({
  ...kind,
  effect: { ...(kind.effect as object), html: true } as FaultEffect,
});

const badGateway = [502, 'bad_gateway', 'bad gateway'] as const;
const serverError = [500, 'server_error', 'internal server error'] as const;
const timeout = [504, 'timeout', 'gateway timeout'] as const;
const unavailable = [503, 'unavailable', 'service unavailable'] as const;

/**
 * The faults that have a name. Codes are those of the Hetzner Cloud API, Errors,
 * and of hcloud-go v2.53 error.go; messages are the ones that public trackers
 * quote, where there is one.
 */
const kinds = {
  rate_limit_exceeded: before(
    429,
    'rate_limit_exceeded',
    'limit of 3600 requests per hour reached',
  ),
  'server_error-before': before(...serverError),
  'server_error-after': after(...serverError),
  'bad_gateway-before': before(...badGateway),
  'bad_gateway-after': after(...badGateway),
  /** hcloud-go reads only JSON: this is a bare status to it. */
  'gateway_page-before': page(before(...badGateway)),
  'gateway_page-after': page(after(...badGateway)),
  'unavailable-before': before(...unavailable),
  'unavailable-after': after(...unavailable),
  'timeout-before': before(...timeout),
  'timeout-after': after(...timeout),
  'drop-before': { effect: 'drop-before', appliesTo: anything },
  'drop-after': { effect: 'drop-after', appliesTo: writes },
  slow: { effect: { slow: { seconds: 1 } }, appliesTo: anything },
  locked: only(
    before(
      423,
      'locked',
      'cannot perform operation because the resource is locked',
    ),
    changesOf('servers', 'volumes', 'primary_ips', 'floating_ips'),
  ),
  conflict: only(
    before(409, 'conflict', 'the resource has changed during request'),
    changesOf('load_balancers', 'networks', 'firewalls'),
  ),
  resource_unavailable: only(
    before(412, 'resource_unavailable', 'error during placement'),
    ({ method, template }) =>
      method === 'POST' &&
      ['/servers', '/servers/{id}/actions/change_type'].includes(template),
  ),
  resource_limit_exceeded: only(
    before(403, 'resource_limit_exceeded', 'project limit exceeded'),
    creations,
  ),
  maintenance: only(
    before(403, 'maintenance', 'cannot perform operation due to maintenance'),
    writes,
  ),
  'action-error': {
    effect: {
      actionError: { code: 'action_failed', message: 'Action failed' },
    },
    appliesTo: startsAction,
  },
  'action-hang': {
    effect: { actionHang: { seconds: 3600 } },
    appliesTo: startsAction,
  },
  'stale-list': {
    effect: { staleList: { seconds: 10 } },
    appliesTo: creations,
  },
} satisfies Record<string, Kind>;

/** A fault that has a name. */
export type FaultKind = keyof typeof kinds;

/** Every fault that has a name. */
export const faultKinds = Object.keys(kinds) as [FaultKind, ...FaultKind[]];

/** What a named fault does. */
export const effectOf = (kind: FaultKind): FaultEffect => kinds[kind].effect;

/** True when a named fault makes sense for a request. */
export const appliesTo = (kind: FaultKind, call: NumberedCall): boolean =>
  (kinds[kind] as Kind).appliesTo(call);
