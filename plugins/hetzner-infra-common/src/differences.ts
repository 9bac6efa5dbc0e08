import type {
  ActualResource,
  BucketFeature,
  FirewallRule,
  LoadBalancerService,
  ResourceKind,
  ResourceNode,
  ResourceStates,
} from './graph';
import { phrase } from './phrase';
import type { Deviation, Phrase } from './schema/openapi/generated/models';

/**
 * What is done about a difference: `update` puts it right in place, `replace`
 * makes a successor, `report` only shows it, because putting it right would
 * cost more than a machine may decide.
 */
export type Remedy = 'update' | 'replace' | 'report';

/** One field in which a resource differs from what is wanted. */
export interface Difference {
  field: string;
  remedy: Remedy;
  /** The difference in words, such as `type is lb11, wanted lb21`. */
  words: string;
  /** The values that are wanted and that were found; absent where both read the same. */
  values?: { wanted: string[]; found: string[] };
  /** What putting it right interrupts; null when nothing. */
  interrupts: Phrase | null;
}

interface FieldRule<Value> {
  remedy: Remedy;
  label: string;
  show?: (value: Value) => string;
  /** The value in parts that read the same in every language, where it has several. */
  parts?: (value: Value) => string[];
  /** What putting it right interrupts; null when nothing. */
  interrupts?: (desired: Value, actual: Value) => Phrase | null;
  /** Values that count as equal although they are written differently. */
  same?: (desired: Value, actual: Value) => boolean;
}

type KindRules<State> = {
  [Field in keyof State]: FieldRule<State[Field]> | null;
};

const list = (values: string[]) =>
  values.length > 0 ? values.join(', ') : 'none';

const showRules = (rules: FirewallRule[]) =>
  list(
    rules.map(
      rule =>
        `${rule.protocol}${rule.port ? ` ${rule.port}` : ''} from ${list(
          rule.sources,
        )}`,
    ),
  );

const rulesInParts = (rules: FirewallRule[]) =>
  rules.map(
    ({ protocol, port, sources }) =>
      `${protocol}${port ? ` ${port}` : ''} ← ${sources.join(' + ') || '–'}`,
  );

const servicesInParts = (services: LoadBalancerService[]) =>
  services.map(
    service =>
      `${service.protocol} ${service.listenPort} → ${service.destinationPort}`,
  );

/** Who may connect now and may not afterwards. */
function lostAccess(
  desired: FirewallRule[],
  actual: FirewallRule[],
): Phrase | null {
  const admitted = (rules: FirewallRule[]) =>
    rules.flatMap(({ protocol, port, sources }) =>
      sources.map(source => `${source} (${port ?? protocol})`),
    );
  const after = admitted(desired);
  const lost = new Set(
    admitted(actual).filter(source => !after.includes(source)),
  );
  const sources = [...lost].join(', ');
  return sources
    ? phrase('lost-access', { sources }, `No longer let in: ${sources}.`)
    : null;
}

const cookieOf = (services: LoadBalancerService[]) =>
  services.find(({ http }) => http?.stickyCookie)?.http?.stickyCookie?.name;

function lostSessions(
  desired: LoadBalancerService[],
  actual: LoadBalancerService[],
): Phrase | null {
  return cookieOf(actual) !== undefined &&
    cookieOf(actual) !== cookieOf(desired)
    ? phrase(
        'lost-sessions',
        {},
        'A visitor may come to another worker once, because the cookie has another name.',
      )
    : null;
}

const sameSet = (a: string[], b: string[]) =>
  JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());

const byListenPort = (services: LoadBalancerService[]) =>
  [...services].sort((a, b) => a.listenPort - b.listenPort);

/** Type and key of an OpenSSH public key, without its comment. */
export function keyMaterial(publicKey: string): string {
  return publicKey.split(' ').slice(0, 2).join(' ');
}

/** How each field is compared and put right. A null rule means that the field cannot be read back or says nothing by itself. */
const RULES: { [K in ResourceKind]: KindRules<ResourceStates[K]> } = {
  network: {
    ipRange: { remedy: 'report', label: 'range' },
    nodes: { remedy: 'report', label: 'range of the nodes' },
    networkZone: { remedy: 'report', label: 'zone' },
  },
  'ssh-key': {
    publicKey: {
      remedy: 'replace',
      label: 'public key',
      show: value => (value ? `${value.slice(0, 24)}…` : 'a throw-away key'),
      // A throw-away key is made once; whichever exists is right.
      same: (desired, actual) =>
        desired === null || keyMaterial(desired) === keyMaterial(actual ?? ''),
    },
  },
  firewall: {
    rules: {
      remedy: 'update',
      label: 'rules',
      show: showRules,
      parts: rulesInParts,
      interrupts: lostAccess,
      same: (desired, actual) =>
        canonicalRules(desired) === canonicalRules(actual),
    },
  },
  'placement-group': { type: { remedy: 'report', label: 'type' } },
  certificate: {
    domains: {
      remedy: 'replace',
      label: 'domains',
      show: list,
      parts: value => value,
      same: sameSet,
    },
  },
  server: {
    serverType: {
      remedy: 'update',
      label: 'type',
      interrupts: () =>
        phrase(
          'server-off-for-type',
          {},
          'The server is off for about three minutes while its type changes.',
        ),
    },
    image: { remedy: 'report', label: 'image' },
    location: { remedy: 'report', label: 'location' },
    role: { remedy: 'report', label: 'role' },
    pool: { remedy: 'report', label: 'pool' },
    placementGroup: { remedy: 'report', label: 'placement group' },
    firewalls: {
      remedy: 'update',
      label: 'firewalls',
      show: list,
      parts: value => value,
      same: sameSet,
    },
    sshKeys: null,
    network: { remedy: 'update', label: 'network' },
    privateIp: {
      remedy: 'report',
      label: 'private address',
      same: (desired, actual) =>
        // Before it is attached a server has no address; attaching gives it the right one.
        desired === null || actual === null || desired === actual,
    },
    power: { remedy: 'update', label: 'power' },
    userData: {
      // Only a new server would read it, and what runs here would be gone.
      remedy: 'report',
      label: 'user data',
      show: () => 'what makes it a node of this cluster',
      same: (desired, actual) => desired === null || desired === actual,
    },
    protected: {
      remedy: 'update',
      label: 'protection',
      show: value => (value ? 'on' : 'off'),
    },
  },
  'load-balancer': {
    type: {
      remedy: 'update',
      label: 'type',
      interrupts: () =>
        phrase(
          'connections-break-for-type',
          {},
          'Open connections may break while its type changes.',
        ),
    },
    location: { remedy: 'report', label: 'location' },
    algorithm: { remedy: 'update', label: 'algorithm' },
    network: { remedy: 'update', label: 'network' },
    services: {
      remedy: 'update',
      label: 'services',
      show: value => list(servicesInParts(value)),
      parts: servicesInParts,
      interrupts: lostSessions,
      same: (desired, actual) =>
        JSON.stringify(byListenPort(desired)) ===
        JSON.stringify(byListenPort(actual)),
    },
    targetPools: {
      remedy: 'update',
      label: 'target pools',
      show: list,
      parts: value => value,
      same: sameSet,
    },
  },
  bucket: {
    connection: { remedy: 'report', label: 'connection' },
    bucket: { remedy: 'report', label: 'name' },
    mark: { remedy: 'update', label: 'mark of its owner', same: offered },
    versioning: { remedy: 'update', label: 'versioning', same: offered },
    lifecycle: { remedy: 'update', label: 'lifecycle rules', same: offered },
    publicAccessBlock: {
      remedy: 'update',
      label: 'block of public access',
      same: offered,
    },
    retained: {
      remedy: 'update',
      label: 'only kept for its data',
      show: value => (value ? 'yes' : 'no'),
    },
  },
};

/** What the provider does not offer cannot be put right. */
function offered(desired: BucketFeature, actual: BucketFeature): boolean {
  return actual === 'unavailable' || desired === actual;
}

function canonicalRules(rules: FirewallRule[]): string {
  return JSON.stringify(
    rules
      .map(rule => ({
        description: rule.description,
        protocol: rule.protocol,
        port: rule.port,
        sources: [...rule.sources].sort(),
      }))
      .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
  );
}

function compareField<Value>(
  rule: FieldRule<Value>,
  field: string,
  desired: Value,
  actual: Value,
): Difference[] {
  const same = rule.same
    ? rule.same(desired, actual)
    : JSON.stringify(desired) === JSON.stringify(actual);
  if (same) return [];
  const show = (value: Value) =>
    value === null ? 'none' : rule.show?.(value) ?? String(value);
  const [wanted, found] = [show(desired), show(actual)];
  const parts = (value: Value) =>
    value === null ? [] : rule.parts?.(value) ?? [show(value)];
  return [
    {
      field,
      remedy: rule.remedy,
      words:
        wanted === found
          ? `${rule.label} differ in their details`
          : `${rule.label}: is ${found}, wanted ${wanted}`,
      ...(wanted !== found && {
        values: { wanted: parts(desired), found: parts(actual) },
      }),
      interrupts: rule.interrupts?.(desired, actual) ?? null,
    },
  ];
}

/**
 * In which fields a resource differs from what is wanted. Empty while the
 * provider works on it: what it becomes is read when that is done.
 */
export function differences<K extends ResourceKind>(
  node: ResourceNode<K>,
  actual: ActualResource<K>,
): Difference[] {
  if (actual.busy) return [];
  const rules = RULES[node.kind] as KindRules<ResourceStates[K]>;
  const desiredState = node.desired as ResourceStates[K];
  const actualState = actual.state as ResourceStates[K];
  return (Object.keys(rules) as (keyof ResourceStates[K] & string)[]).flatMap(
    field => {
      const rule = rules[field];
      return rule
        ? compareField(rule, field, desiredState[field], actualState[field])
        : [];
    },
  );
}

/** The field of a deviation that is about the resource as a whole: it is missing, or not wanted. */
export const EXISTENCE = 'existence';

/** A difference as the API shows it. */
export function deviationOf({
  field,
  remedy,
  values,
  interrupts,
}: Difference): Deviation {
  return {
    field,
    remedy,
    ...values,
    ...(interrupts && { interrupts }),
  };
}
