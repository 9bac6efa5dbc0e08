import { z } from 'zod';

/** A service as it is kept and as the API answers it. */
export const storedService = z.object({
  protocol: z.enum(['tcp', 'http', 'https']),
  listen_port: z.int(),
  destination_port: z.int(),
  proxyprotocol: z.boolean(),
  health_check: z.object({
    protocol: z.enum(['tcp', 'http']),
    port: z.int(),
    /** Seconds. */
    interval: z.int(),
    /** Seconds. */
    timeout: z.int(),
    retries: z.int(),
    http: z
      .object({
        domain: z.string().nullable(),
        path: z.string(),
        response: z.string(),
        status_codes: z.array(z.string()),
        tls: z.boolean(),
      })
      .optional(),
  }),
  http: z
    .object({
      cookie_name: z.string(),
      /** Seconds. */
      cookie_lifetime: z.int(),
      /** Seconds. */
      timeout_idle: z.int(),
      certificates: z.array(z.int()),
      redirect_http: z.boolean(),
      sticky_sessions: z.boolean(),
    })
    .optional(),
});

/** A service as it is kept and as the API answers it. */
export type Service = z.infer<typeof storedService>;

const storedTarget = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('server'),
    server: z.int(),
    usePrivateIp: z.boolean(),
  }),
  z.object({
    type: z.literal('label_selector'),
    selector: z.string(),
    usePrivateIp: z.boolean(),
  }),
  z.object({ type: z.literal('ip'), ip: z.string() }),
]);

/** A target as it is kept. */
export type Target = z.infer<typeof storedTarget>;

/** A load balancer as it is kept. */
export const storedLoadBalancer = z.object({
  id: z.int(),
  name: z.string(),
  created: z.number(),
  type: z.string(),
  location: z.string(),
  labels: z.record(z.string(), z.string()),
  protection: z.object({ delete: z.boolean() }),
  algorithm: z.enum(['round_robin', 'least_connections']),
  publicInterface: z.boolean(),
  /** Ids of its primary IPs. */
  ipv4: z.int(),
  ipv6: z.int(),
  privateNets: z.array(z.object({ network: z.int(), ip: z.string() })),
  services: z.array(storedService),
  targets: z.array(storedTarget),
  /** Since when (epoch ms) each service checks each address: `443 127.80.0.1`. */
  checkedSince: z.record(z.string(), z.number()),
});

/** A load balancer as it is kept. */
export type LoadBalancer = z.infer<typeof storedLoadBalancer>;
