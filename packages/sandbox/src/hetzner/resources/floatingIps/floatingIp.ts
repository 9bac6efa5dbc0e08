import { z } from 'zod';
import { locationNamed } from '../../catalogue/locations';
import type { Project } from '../../project';
import { timestamp } from '../../requestFields';
import {
  reverseDnsAnswer,
  reverseDnsView,
  storedReverseDns,
} from '../../reverseDns';
import { locationAnswer } from '../locations';

/** A floating IP as it is kept. */
export const storedFloatingIp = z.object({
  id: z.int(),
  name: z.string(),
  description: z.string(),
  type: z.enum(['ipv4', 'ipv6']),
  ip: z.string(),
  homeLocation: z.string(),
  server: z.int().nullable(),
  labels: z.record(z.string(), z.string()),
  protection: z.object({ delete: z.boolean() }),
  reverseDns: storedReverseDns,
  created: z.number(),
});

/** A floating IP as it is kept. */
export type FloatingIp = z.infer<typeof storedFloatingIp>;

/** A floating IP as the API answers it. */
export const floatingIpAnswer = z.object({
  id: z.int(),
  name: z.string(),
  description: z.string().nullable(),
  ip: z.string(),
  type: z.enum(['ipv4', 'ipv6']),
  server: z.int().nullable(),
  dns_ptr: reverseDnsAnswer,
  home_location: locationAnswer,
  blocked: z.boolean(),
  protection: z.object({ delete: z.boolean() }),
  labels: z.record(z.string(), z.string()),
  created: z.string(),
});

/** A floating IP as the API answers it. */
export const floatingIpView = (
  floatingIp: FloatingIp,
): z.infer<typeof floatingIpAnswer> => ({
  id: floatingIp.id,
  name: floatingIp.name,
  description: floatingIp.description,
  ip: floatingIp.ip,
  type: floatingIp.type,
  server: floatingIp.server,
  dns_ptr: reverseDnsView(floatingIp),
  home_location: locationNamed(floatingIp.homeLocation),
  blocked: false,
  protection: floatingIp.protection,
  labels: floatingIp.labels,
  created: timestamp(floatingIp.created),
});

/** Ends the assignments to a server. */
export function unassignFloatingIps(project: Project, server: number): void {
  for (const floatingIp of project.floatingIps.values()) {
    if (floatingIp.server === server) floatingIp.server = null;
  }
}
