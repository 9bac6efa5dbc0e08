import type { Disk } from '../disk';

/**
 * Arguments of the control plane's programs that user data may set. The others
 * stay as k3s has them: some would let a program start other programs of this
 * machine.
 */
const ALLOWED: Record<string, readonly RegExp[]> = {
  'kube-apiserver': [
    /^audit-log-/,
    /^audit-policy-file$/,
    /^default-(not-ready|unreachable)-toleration-seconds$/,
    /^enable-admission-plugins$/,
    /^event-ttl$/,
    /^feature-gates$/,
    /^max-(mutating-)?requests-inflight$/,
    /^request-timeout$/,
    /^service-account-max-token-expiration$/,
    /^service-node-port-range$/,
    /^tls-(cipher-suites|min-version)$/,
  ],
  'kube-controller-manager': [
    /^concurrent-/,
    /^feature-gates$/,
    /^horizontal-pod-autoscaler-/,
    /^node-(eviction-rate|monitor-grace-period|monitor-period|startup-grace-period)$/,
    /^terminated-pod-gc-threshold$/,
    /^unhealthy-zone-threshold$/,
  ],
  'kube-scheduler': [/^feature-gates$/],
};

/** Arguments that a control plane's program gets, and what it does not get. */
export interface GivenArguments {
  accepted: string[];
  /** Names. */
  refused: string[];
}

/**
 * The arguments that k3s is told to pass on to a program, with the machine's
 * paths turned into those of its disk.
 */
export function givenArguments(
  program: string,
  given: readonly string[],
  disk: Pick<Disk, 'at'>,
): GivenArguments {
  const accepted: string[] = [];
  const refused: string[] = [];
  for (const text of given) {
    const [, name, value = 'true'] =
      /^-{0,2}([\w-]+)(?:=(.*))?$/s.exec(text) ?? [];
    if (!name || !ALLOWED[program]?.some(pattern => pattern.test(name))) {
      refused.push(name ?? text);
      continue;
    }
    accepted.push(
      `--${name}=${value.startsWith('/') ? disk.at(value) : value}`,
    );
  }
  return { accepted, refused };
}
