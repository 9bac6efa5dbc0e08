/** One thing that is wrong with a document. `path` is dotted, such as `spec.pools.0.max`. */
export interface DocumentProblem {
  path: string;
  /** In English. */
  message: string;
  /** By which a page says it in another language: of `PROBLEM_TEXTS`, or of a warning that blocks. */
  code?: string;
  /** What stands in the message. */
  params?: Record<string, string>;
}

/** Everything that can be wrong with a document, in English, by its code. Values stand in double braces. */
export const PROBLEM_TEXTS = {
  // What no sentence of its own was written for.
  missing: 'Fill this in.',
  'wrong-type': 'Here belongs a value of the type {{type}}.',
  'unknown-fields': 'There is no field {{fields}} here.',
  'not-one-of': 'Use one of {{values}}.',
  'too-much': 'Use at most {{most}}.',
  'too-little': 'Use at least {{least}}.',
  'too-many-items': 'Name at most {{most}}.',
  'too-few-items': 'Name at least {{least}}.',
  'text-too-long': 'Use at most {{most}} characters.',
  'text-too-short': 'Use at least {{least}} characters.',
  'time-form': 'Write a time with its zone, such as 2027-01-31T18:00:00Z.',
  invalid: 'This value does not fit here.',
  // The form of one field.
  'name-missing': 'Give it a name.',
  'environment-name-form':
    'Use lower-case letters, digits and hyphens; begin with a letter and end with a letter or digit.',
  'group-missing': 'Choose a group.',
  'group-form':
    'Name a group as group:<namespace>/<name>, such as group:default/platform.',
  'connection-missing': 'Choose a connection.',
  'connection-form':
    'Name a connection in lower-case letters, digits and hyphens.',
  'private-range-form':
    'Write an IPv4 range whose host bits are zero, such as 10.0.0.0/16.',
  'admin-range-form':
    'Write an address range whose host bits are zero, such as 203.0.113.7/32.',
  'ssh-key-form':
    'Paste a public key in OpenSSH format, such as ssh-ed25519 AAAA… name.',
  'type-missing': 'Choose a type.',
  'type-form': 'Name a type as the provider does, such as cx43.',
  'no-types': 'Name at least one type.',
  'host-name-form': 'Write a host name such as api.xpeditis.com.',
  'count-form': 'Use a whole number from 0 to {{most}}.',
  'pool-name-form': 'Use lower-case letters, digits and hyphens.',
  'location-missing': 'Choose a location.',
  'location-form': 'Name a location as the provider does, such as fsn1.',
  'control-plane-count': 'A control plane has 1 or 3 servers.',
  'no-pools': 'Name at least one pool.',
  'cookie-form': 'Name a cookie in letters, digits, _ and -.',
  'bucket-form':
    'Name a bucket with 3 to 63 lower-case letters, digits and hyphens.',
  // Fields beside each other.
  'network-not-private':
    'A private network lies in {{ranges}}; {{range}} does not.',
  'network-too-small':
    'A network has at least 256 addresses (/24); {{range}} has fewer.',
  'nodes-outside-network':
    'The nodes’ range {{nodes}} does not lie in the network {{range}}.',
  'network-overlaps-pods':
    'The network {{range}} overlaps {{cluster}}, which the cluster uses for pods.',
  'network-overlaps-services':
    'The network {{range}} overlaps {{cluster}}, which the cluster uses for services.',
  'pool-name-reserved':
    'The name {{name}} belongs to the portal; choose another.',
  'pool-name-twice': 'Two pools are named {{name}}.',
  'maximum-below-minimum': 'The maximum {{max}} is below the minimum {{min}}.',
  'no-room-in-pools': 'At least one pool needs room for a server.',
  'nodes-range-too-small':
    'The nodes’ range {{nodes}} has {{addresses}} addresses; the pools at their maximum need {{needed}}.',
  'host-outside-zone': '{{host}} does not lie in the zone {{zone}}.',
  'ssh-for-nobody':
    'SSH is on, but no address may use it. Name at least one range.',
  // What the provider has and takes.
  'location-unknown':
    'The provider has no location {{location}}; it has {{known}}.',
  'load-balancer-type-unknown':
    'The provider has no load balancer type {{type}}; it has {{known}}.',
  'load-balancer-type-not-sold': '{{type}} is not sold in {{location}}.',
  'too-many-targets':
    'The load balancer {{type}} takes {{most}} targets; the pools at their maximum have {{targets}}. Choose fewer workers.',
  'too-many-targets-for-type':
    'The load balancer {{type}} takes {{most}} targets; the pools at their maximum have {{targets}}. Choose fewer workers, or {{larger}}, which takes {{largerMost}}.',
  'network-full':
    'A network takes {{most}} servers and load balancers; the pools at their maximum make {{wanted}}.',
  'too-many-sources':
    'A firewall rule takes {{most}} ranges; with the portal’s own addresses there are {{sources}}.',
  'server-type-unknown': 'The provider has no server type {{type}}.',
  'server-type-retired':
    '{{type}} is no longer sold, and nothing at least as large can be ordered in {{location}} now.',
  'server-type-sold-out': '{{type}} cannot be ordered in {{location}} now.',
  'server-type-elsewhere':
    '{{type}} cannot be ordered in {{location}} now; it can in {{places}}.',
  // Servers that change in place.
  'pool-architecture':
    'The project has no room for successors, so the servers of {{pool}} change in place and keep their disks. {{from}} is {{fromArchitecture}} and {{to}} is {{toArchitecture}}; choose a type of the same architecture.',
  'pool-disk':
    'The project has no room for successors, so the servers of {{pool}} change in place and keep their disks. They have {{disk}} GB and {{to}} {{toDisk}} GB; choose a type with at least {{disk}} GB.',
  'control-plane-architecture':
    'A control plane keeps its disk, because the database of the cluster lies on it. {{from}} is {{fromArchitecture}} and {{to}} is {{toArchitecture}}; choose a type of the same architecture.',
  'control-plane-disk':
    'A control plane keeps its disk, because the database of the cluster lies on it. It has {{disk}} GB and {{to}} {{toDisk}} GB; choose a type with at least {{disk}} GB.',
  // What the owner may have.
  'guardrail-choice': '{{owner}} may use {{allowed}}, not {{value}}.',
  'guardrail-pool-size':
    'A pool of {{owner}} has at most {{most}} servers; {{pool}} would have {{wanted}}.',
  'guardrail-servers':
    'An environment of {{owner}} has at most {{most}} servers; with all pools full this one would have {{wanted}}.',
  'guardrail-preset-size':
    'The nearest of the presets that {{owner}} may use, {{preset}}, has at most {{most}}, not {{wanted}}.',
  'guardrail-preset-choice':
    'The nearest of the presets that {{owner}} may use, {{preset}}, has {{allowed}}, not {{value}}.',
  'guardrail-preset-end':
    'The nearest of the presets that {{owner}} may use, {{preset}}, is for a while. Say when it ends.',
  // What stands already.
  immutable:
    'It is {{was}} and cannot change. Create another environment for {{wanted}}.',
  'fewer-control-planes':
    'It is 3 and cannot become 1: three servers hold the database of the cluster together, and one alone has no majority. Create another environment with one control plane.',
  'name-in-use': 'The name {{name}} is in use.',
  'owner-unknown': 'The catalog has no {{owner}}. Choose a group that it has.',
  'owner-not-yours':
    'You are no member of {{owner}}. Choose one of your groups as the owner.',
  'connection-unknown': 'There is no connection named {{connection}}.',
  'connection-no-project':
    'The connection {{connection}} is no Hetzner project; it is one of the kind {{kind}}.',
  'bucket-immutable':
    'It is {{was}} and cannot change, because of the data in the bucket. Create another environment for {{wanted}}.',
  'bucket-stays':
    'It is {{was}} and cannot be taken away, because of the data in the bucket. It goes with the environment.',
  'object-storage-missing':
    'Choose the connection to object storage in which {{bucket}} shall be.',
  'connection-no-object-storage':
    'The connection {{connection}} is no object storage; it is one of the kind {{kind}}.',
  'connection-not-for-owner':
    'The connection {{connection}} is not meant for {{owner}}. Ask {{keeper}}, who looks after it.',
  'expiry-over': '{{expiresAt}} is over. Choose a later time, or none.',
} as const;

/** What can be wrong with a document. */
export type ProblemCode = keyof typeof PROBLEM_TEXTS;

/** Something wrong, before it is known where. */
export type ToldProblem = Required<Omit<DocumentProblem, 'path'>> & {
  code: ProblemCode;
};

/** Something wrong by its code, with its sentence in English. */
export function toldProblem(
  code: ProblemCode,
  params: Record<string, string | number> = {},
): ToldProblem {
  const values = Object.fromEntries(
    Object.entries(params).map(([key, value]) => [key, String(value)]),
  );
  return {
    code,
    params: values,
    message: PROBLEM_TEXTS[code].replace(
      /\{\{(\w+)\}\}/g,
      (_match, name: string) => values[name] ?? '',
    ),
  };
}

/** Something wrong at a dotted path of the document. */
export function documentProblem(
  path: string,
  code: ProblemCode,
  params: Record<string, string | number> = {},
): DocumentProblem {
  return { path, ...toldProblem(code, params) };
}
