import type { ChangeType } from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** How long steps of one kind and change took, youngest first. Seconds. */
export type PastDurations = ReadonlyMap<string, readonly number[]>;

/** The name under which {@link PastDurations} keeps steps that are alike. */
export function durationName(step: { kind: string; change: ChangeType }) {
  return `${step.change} ${step.kind}`;
}

/**
 * What is assumed while an installation has no steps of its own to learn from.
 * Seconds. Sums of what the step's actions take, from Terraform's apply logs in
 * the public repository Ujstor/self-hosting-infrastructure-cluster (2024; read
 * 2026-11-23); hetznercloud/cli#255 for networks, ansible-collection#719 for
 * load balancers. Removals of what is not a server are inferred from these.
 */
const TYPICAL_SECONDS: Readonly<Record<string, number>> = {
  'create network': 3,
  'create ssh-key': 1,
  'create firewall': 2,
  'create placement-group': 1,
  'create certificate': 1,
  'create server': 20,
  'create load-balancer': 18,
  'create bucket': 2,
  'update server': 10,
  'remove server': 5,
  'remove load-balancer': 3,
  'remove bucket': 2,
};

/** Of a step of which nothing is known. Seconds. */
const UNKNOWN_SECONDS = 5;

/**
 * How long a step usually takes, in seconds: the median of those of its kind
 * that this installation did, else what is typical. A replacement is a creation
 * beside what there is.
 */
export function expectedStepSeconds(
  step: { kind: string; change: ChangeType },
  past: PastDurations,
): number {
  const known = past.get(durationName(step)) ?? [];
  if (known.length > 0) return median(known);
  const change = step.change === 'replace' ? 'create' : step.change;
  return (
    TYPICAL_SECONDS[durationName({ kind: step.kind, change })] ??
    UNKNOWN_SECONDS
  );
}

/** Of an even number, the longer of the two in the middle: late is better than never. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.max(1, Math.round(sorted[Math.floor(sorted.length / 2)]));
}
