import { z } from 'zod';
import { cidrProblem } from '../../addresses/cidr';
import type { FirewallRule } from './firewall';

/** Limits. Source: Hetzner Cloud API, Firewalls. */
const MAX_RULES = 50;
const MAX_ADDRESSES = 100;

const cidrs = z
  .array(
    z.string().superRefine((text, context) => {
      const problem = cidrProblem(text);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    }),
  )
  .max(MAX_ADDRESSES)
  .nullish()
  .transform(list => list ?? []);

/** True for `80`, `1024-5000` and `any`. */
function isPort(text: string): boolean {
  if (text === 'any') return true;
  const ends = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (!ends) return false;
  const [first, last] = [Number(ends[1]), Number(ends[2] ?? ends[1])];
  return first >= 1 && first <= last && last <= 65535;
}

const rule = z
  .object({
    direction: z.enum(['in', 'out']),
    protocol: z.enum(['tcp', 'udp', 'icmp', 'esp', 'gre']),
    port: z.string().nullish(),
    source_ips: cidrs,
    destination_ips: cidrs,
    description: z.string().max(255).nullish(),
  })
  .superRefine((value, context) => {
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    if (value.protocol === 'tcp' || value.protocol === 'udp') {
      if (!value.port) refuse('port', `is required for ${value.protocol}`);
      else if (!isPort(value.port))
        refuse('port', `'${value.port}' is no port`);
    } else if (value.port) {
      refuse('port', `is not allowed for ${value.protocol}`);
    }
    const [own, other] =
      value.direction === 'in'
        ? (['source_ips', 'destination_ips'] as const)
        : (['destination_ips', 'source_ips'] as const);
    if (value[own].length === 0) {
      refuse(own, `is required for direction ${value.direction}`);
    }
    if (value[other].length > 0) {
      refuse(other, `is not allowed for direction ${value.direction}`);
    }
  })
  .transform(
    (value): FirewallRule => ({
      ...value,
      port: value.port ?? null,
      description: value.description ?? null,
    }),
  );

/** The rules in a request. */
export const ruleList = z.array(rule).max(MAX_RULES);
