import { z } from 'zod';
import { timestamp } from '../../requestFields';

const storedRule = z.object({
  direction: z.enum(['in', 'out']),
  protocol: z.enum(['tcp', 'udp', 'icmp', 'esp', 'gre']),
  port: z.string().nullable(),
  source_ips: z.array(z.string()),
  destination_ips: z.array(z.string()),
  description: z.string().nullable(),
});

/** A rule as it is kept and as the API answers it. */
export type FirewallRule = z.infer<typeof storedRule>;

const storedApplication = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('server'),
    server: z.int(),
    /** True until the action that applies it has ended. */
    pending: z.boolean(),
  }),
  z.object({
    type: z.literal('label_selector'),
    selector: z.string(),
    pending: z.boolean(),
    /** Since when (epoch ms) each server matches. */
    memberSince: z.record(z.string(), z.number()),
  }),
]);

/** What a firewall is applied to. */
export type FirewallApplication = z.infer<typeof storedApplication>;

/** A firewall as it is kept. */
export const storedFirewall = z.object({
  id: z.int(),
  name: z.string(),
  labels: z.record(z.string(), z.string()),
  rules: z.array(storedRule),
  appliedTo: z.array(storedApplication),
  created: z.number(),
});

/** A firewall as it is kept. */
export type Firewall = z.infer<typeof storedFirewall>;

const serverReference = z.object({ id: z.int() });

/** A firewall as the API answers it. */
export const firewallAnswer = z.object({
  id: z.int(),
  name: z.string(),
  labels: z.record(z.string(), z.string()),
  created: z.string(),
  rules: z.array(storedRule),
  applied_to: z.array(
    z.union([
      z.object({ type: z.literal('server'), server: serverReference }),
      z.object({
        type: z.literal('label_selector'),
        label_selector: z.object({ selector: z.string() }),
        applied_to_resources: z.array(
          z.object({ type: z.literal('server'), server: serverReference }),
        ),
      }),
    ]),
  ),
});

const applicationView = (application: FirewallApplication) =>
  application.type === 'server'
    ? { type: application.type, server: { id: application.server } }
    : {
        type: application.type,
        label_selector: { selector: application.selector },
        applied_to_resources: Object.keys(application.memberSince).map(id => ({
          type: 'server' as const,
          server: { id: Number(id) },
        })),
      };

/** A firewall as the API answers it. */
export const firewallView = (
  firewall: Firewall,
): z.infer<typeof firewallAnswer> => ({
  id: firewall.id,
  name: firewall.name,
  labels: firewall.labels,
  created: timestamp(firewall.created),
  rules: firewall.rules,
  applied_to: firewall.appliedTo.map(applicationView),
});
