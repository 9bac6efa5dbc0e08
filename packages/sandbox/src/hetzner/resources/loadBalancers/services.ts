import { z } from 'zod';
import { loadBalancerTypeNamed } from '../../catalogue/loadBalancerTypes';
import { errors } from '../../errors';
import type { Project } from '../../project';
import { found, id, invalidField } from '../../reference';
import type { LoadBalancer, Service } from './loadBalancer';

const port = z.int().min(1).max(65_535);

/**
 * A service in a request. Clients leave out nearly everything, so each field
 * has its default of its own. Ranges: Hetzner Cloud API, Load Balancers.
 */
export const serviceBody = z.object({
  protocol: z.enum(['tcp', 'http', 'https']).optional(),
  listen_port: port.optional(),
  destination_port: port.optional(),
  proxyprotocol: z.boolean().optional(),
  health_check: z
    .object({
      protocol: z.enum(['tcp', 'http']).optional(),
      port: port.optional(),
      interval: z.int().min(3).max(60).optional(),
      timeout: z.int().min(1).max(60).optional(),
      retries: z.int().min(1).max(5).optional(),
      http: z
        .object({
          domain: z.string().max(128).nullish(),
          path: z.string().min(1).max(256).optional(),
          response: z.string().max(256).optional(),
          status_codes: z.array(z.string()).max(20).optional(),
          tls: z.boolean().optional(),
        })
        .optional(),
    })
    .optional(),
  http: z
    .object({
      cookie_name: z.string().min(1).max(100).optional(),
      cookie_lifetime: z.int().min(30).max(86_400).optional(),
      timeout_idle: z.int().min(30).max(300).optional(),
      certificates: z.array(id).optional(),
      redirect_http: z.boolean().optional(),
      sticky_sessions: z.boolean().optional(),
    })
    .optional(),
});

/** A service in a request. */
export type ServiceBody = z.infer<typeof serviceBody>;

/** Where the protocol alone says the port. */
const DEFAULT_PORTS: Partial<Record<Service['protocol'], number>> = {
  http: 80,
  https: 443,
};

/** The port at which redirect_http listens as well. */
const REDIRECT_PORT = 80;

const dropUndefined = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as { [Key in keyof Fields]: Exclude<Fields[Key], undefined> };

/**
 * A new service with everything that the request left out. Defaults:
 * ansible-collections/hetzner.hcloud, tests of load_balancer_service.
 *
 * @throws ApiError 422
 */
export function newService(body: ServiceBody): Service {
  const { protocol } = body;
  if (!protocol) throw invalidField('protocol', 'is required');
  const listen = body.listen_port ?? DEFAULT_PORTS[protocol];
  if (!listen) throw invalidField('listen_port', 'is required');
  const destination =
    body.destination_port ?? (protocol === 'tcp' ? undefined : REDIRECT_PORT);
  if (!destination) throw invalidField('destination_port', 'is required');
  return mergeService(
    {
      protocol,
      listen_port: listen,
      destination_port: destination,
      proxyprotocol: false,
      health_check: {
        protocol: protocol === 'tcp' ? 'tcp' : 'http',
        port: destination,
        interval: 15,
        timeout: 10,
        retries: 3,
      },
    },
    body,
  );
}

/**
 * A service as a request changes it: what the request leaves out stays. A tcp
 * service that becomes http keeps its tcp check.
 *
 * @throws ApiError 422
 */
export function mergeService(before: Service, body: ServiceBody): Service {
  const protocol = body.protocol ?? before.protocol;
  const { http: httpCheck, ...check } = body.health_check ?? {};
  const checkProtocol = check.protocol ?? before.health_check.protocol;
  const service: Service = {
    protocol,
    listen_port: before.listen_port,
    destination_port: body.destination_port ?? before.destination_port,
    proxyprotocol: body.proxyprotocol ?? before.proxyprotocol,
    health_check: {
      ...before.health_check,
      ...check,
      http:
        checkProtocol === 'http'
          ? {
              domain: '',
              path: '/',
              response: '',
              status_codes: ['2??', '3??'],
              tls: false,
              ...before.health_check.http,
              ...dropUndefined(httpCheck ?? {}),
            }
          : undefined,
    },
    http:
      protocol === 'tcp'
        ? undefined
        : {
            cookie_name: 'HCLBSTICKY',
            cookie_lifetime: 300,
            timeout_idle: 50,
            certificates: [],
            redirect_http: false,
            sticky_sessions: false,
            ...before.http,
            ...dropUndefined(body.http ?? {}),
          },
  };
  if (service.http?.redirect_http && protocol !== 'https') {
    throw invalidField('http.redirect_http', 'is only possible with https');
  }
  if (protocol === 'https' && service.http?.certificates.length === 0) {
    throw invalidField('http.certificates', 'https needs a certificate');
  }
  return service;
}

/** The ports at which a service listens. */
const listenPorts = ({ listen_port, http }: Service) =>
  http?.redirect_http ? [listen_port, REDIRECT_PORT] : [listen_port];

/**
 * Checks that services can stand beside each other on a load balancer.
 *
 * @throws ApiError 403 beyond the type's limits, 404 for an unknown
 *   certificate, 422 for a port that is used twice
 */
export function requireCompatibleServices(
  project: Project,
  type: LoadBalancer['type'],
  services: readonly Service[],
): void {
  const { maxServices, maxAssignedCertificates } = loadBalancerTypeNamed(type);
  if (services.length > maxServices) {
    throw errors.limitExceeded(
      'load balancer service limit exceeded',
      'load_balancer_service_limit',
    );
  }
  const ports = services.flatMap(listenPorts);
  if (new Set(ports).size < ports.length) throw errors.sourcePortAlreadyUsed();
  const certificates = new Set(
    services.flatMap(({ http }) => http?.certificates ?? []),
  );
  for (const certificate of certificates) {
    found(project.certificates, 'certificate', certificate);
  }
  if (certificates.size > maxAssignedCertificates) {
    throw errors.limitExceeded(
      'load balancer certificate limit exceeded',
      'load_balancer_certificate_limit',
    );
  }
}
