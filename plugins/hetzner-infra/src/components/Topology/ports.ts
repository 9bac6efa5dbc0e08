/** A service that keeps data. */
export type DataServiceKind = 'postgres' | 'redis' | 'object-storage';

/** Port of the Kubernetes API on a control plane. */
export const KUBERNETES_PORT = 6443;

/** Ports of what is on the way of a request (architecture document, network layer and data layer). */
export const SERVICE_PORTS: Readonly<
  Record<DataServiceKind | 'http' | 'https', number>
> = {
  http: 80,
  https: 443,
  postgres: 5432,
  redis: 6379,
  'object-storage': 443,
};
