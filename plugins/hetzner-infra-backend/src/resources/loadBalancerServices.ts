import type { LoadBalancerService } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { LoadBalancer } from '../clouds/hetzner';
import type { ObservedIds } from './ResourceDriver';

/** A service as the provider writes it. */
export type WireService = LoadBalancer['services'][number];

/**
 * What the provider fills in where nothing is asked for; written out so that a
 * change puts it back. Source: Hetzner Cloud API, Load Balancers, and the
 * tests of load_balancer_service in ansible-collections/hetzner.hcloud.
 */
const DEFAULTS = {
  cookieName: 'HCLBSTICKY',
  cookieLifetimeSeconds: 300,
  idleTimeoutSeconds: 50,
};

function wireHealthCheck({
  healthCheck: check,
}: LoadBalancerService): WireService['health_check'] {
  return {
    protocol: check.protocol,
    port: check.port,
    interval: check.intervalSeconds,
    timeout: check.timeoutSeconds,
    retries: check.retries,
    ...(check.protocol === 'http'
      ? {
          http: {
            domain: null,
            path: check.path ?? '/',
            status_codes: check.statusCodes,
            tls: false,
          },
        }
      : {}),
  };
}

/** A wanted service as the provider wants it, complete. */
export function wireService(
  service: LoadBalancerService,
  certificateId: (key: string) => number,
): WireService {
  const { protocol, http } = service;
  const base = {
    listen_port: service.listenPort,
    destination_port: service.destinationPort,
    proxyprotocol: false,
    health_check: wireHealthCheck(service),
  };
  if (protocol === 'tcp') return { ...base, protocol };
  const cookie = http?.stickyCookie;
  const sessions = {
    sticky_sessions: Boolean(cookie),
    cookie_name: cookie?.name ?? DEFAULTS.cookieName,
    cookie_lifetime: cookie?.lifetimeSeconds ?? DEFAULTS.cookieLifetimeSeconds,
    timeout_idle: DEFAULTS.idleTimeoutSeconds,
  };
  if (protocol === 'http') return { ...base, protocol, http: sessions };
  return {
    ...base,
    protocol,
    http: {
      ...sessions,
      redirect_http: http?.redirectHttp ?? false,
      certificates: http?.certificate ? [certificateId(http.certificate)] : [],
    },
  };
}

function foundHttp(
  service: WireService,
  others: ObservedIds,
): LoadBalancerService['http'] {
  if (service.protocol === 'tcp') return null;
  const { http } = service;
  const secure = service.protocol === 'https' ? service.http : undefined;
  const [certificate] = secure?.certificates ?? [];
  return {
    certificate:
      certificate === undefined
        ? null
        : others.keyOf('certificate', certificate),
    redirectHttp: secure?.redirect_http ?? false,
    stickyCookie: http.sticky_sessions
      ? { name: http.cookie_name, lifetimeSeconds: http.cookie_lifetime }
      : null,
  };
}

/** A service as found, in the words of the graph. */
export function foundService(
  service: WireService,
  others: ObservedIds,
): LoadBalancerService {
  const { health_check: check } = service;
  const isHttpCheck = check.protocol === 'http';
  return {
    protocol: service.protocol,
    listenPort: service.listen_port,
    destinationPort: service.destination_port,
    http: foundHttp(service, others),
    healthCheck: {
      protocol: check.protocol,
      port: check.port,
      intervalSeconds: check.interval,
      timeoutSeconds: check.timeout,
      retries: check.retries,
      path: isHttpCheck ? check.http?.path ?? '/' : null,
      statusCodes: isHttpCheck ? check.http?.status_codes ?? [] : [],
    },
  };
}
