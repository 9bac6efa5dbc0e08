import type { Service } from './loadBalancer';

/** What a load balancer knows about one service on one target. */
export type HealthStatus =
  | { listen_port: number; status: 'unknown' | 'healthy' }
  | {
      listen_port: number;
      status: 'unhealthy';
      detail: 'layer4_no_connection';
    };

/**
 * The health of a target: unknown until as many checks have been made as the
 * service wants, then healthy if something listens there.
 *
 * @param checkedSeconds - for how long it has been checked, in seconds of the cloud
 */
export function targetHealth(
  service: Pick<Service, 'listen_port' | 'health_check'>,
  checkedSeconds: number,
  isListening: boolean,
): HealthStatus {
  const { listen_port } = service;
  const { retries, interval } = service.health_check;
  if (checkedSeconds < retries * interval)
    return { listen_port, status: 'unknown' };
  return isListening
    ? { listen_port, status: 'healthy' }
    : { listen_port, status: 'unhealthy', detail: 'layer4_no_connection' };
}
