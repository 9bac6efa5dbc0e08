import { errors } from '../../errors';
import { matchesLabels, parseLabelSelector } from '../../labelSelector';
import type { Project } from '../../project';
import type { Firewall } from './firewall';

/** Firewalls that a server may have. Source: docs.hetzner.com, Firewalls FAQ. */
const MAX_FIREWALLS_PER_SERVER = 5;

/** Rules that may take effect on one server in sum. Source: Hetzner Cloud API, Firewalls. */
const MAX_EFFECTIVE_RULES = 500;

/** How long a server that begins to match waits for its rules ("a few seconds"). */
const NEW_MATCH_SECONDS = 3;

/** Lets the label selectors of a project's firewalls follow the servers' labels. */
export function settleFirewalls(project: Project, now: number): void {
  for (const firewall of project.firewalls.values()) {
    for (const application of firewall.appliedTo) {
      if (application.type !== 'label_selector') continue;
      const requirements = parseLabelSelector(application.selector);
      application.memberSince = Object.fromEntries(
        [...project.servers.values()]
          .filter(server => matchesLabels(requirements, server.labels))
          .map(({ id }) => [id, application.memberSince[id] ?? now]),
      );
    }
  }
}

/** Ends every direct application to a server. */
export function detachServerFromFirewalls(
  project: Project,
  server: number,
): void {
  for (const firewall of project.firewalls.values()) {
    firewall.appliedTo = firewall.appliedTo.filter(
      application =>
        application.type !== 'server' || application.server !== server,
    );
  }
}

/** The firewalls of a server, as the server's answer shows them. */
export function firewallsOfServer(
  project: Project,
  server: number,
  now: number,
  speed: number,
): { id: number; status: 'applied' | 'pending' }[] {
  return [...project.firewalls.values()].flatMap(firewall => {
    const states = firewall.appliedTo.flatMap(application => {
      if (application.type === 'server') {
        return application.server === server ? [application.pending] : [];
      }
      const since = application.memberSince[server];
      if (since === undefined) return [];
      const settling = ((now - since) / 1000) * speed < NEW_MATCH_SECONDS;
      return [application.pending || settling];
    });
    if (states.length === 0) return [];
    // Applied as soon as one way has applied it.
    return [
      {
        id: firewall.id,
        status: states.every(Boolean) ? 'pending' : 'applied',
      },
    ];
  });
}

/** A rule takes effect once for each of its addresses. */
const effectiveRules = ({ rules }: Firewall) =>
  rules.reduce(
    (sum, rule) =>
      sum + Math.max(1, rule.source_ips.length + rule.destination_ips.length),
    0,
  );

/**
 * Refuses to apply a firewall to a server that has too many already, or would
 * have too many rules.
 *
 * @throws ApiError 403 resource_limit_exceeded
 */
export function requireRoomForFirewalls(
  project: Project,
  server: number | null,
  more: readonly Firewall[],
): void {
  const present =
    server === null
      ? []
      : firewallsOfServer(project, server, 0, 1).map(
          ({ id }) => project.firewalls.get(id)!,
        );
  const all = new Set([...present, ...more]);
  if (all.size > MAX_FIREWALLS_PER_SERVER) {
    throw errors.limitExceeded(
      'firewall limit per server exceeded',
      'firewall_per_server_limit',
    );
  }
  const rules = [...all].reduce(
    (sum, firewall) => sum + effectiveRules(firewall),
    0,
  );
  if (rules > MAX_EFFECTIVE_RULES) {
    throw errors.limitExceeded(
      'firewall rule limit exceeded',
      'firewall_rule_limit',
    );
  }
}
