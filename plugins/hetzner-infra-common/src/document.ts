import { z } from 'zod';
import {
  contains,
  ipv4Range,
  isCanonicalCidr,
  overlaps,
  usableAddresses,
  type Ipv4Range,
} from './cidr';

/** `apiVersion` of the only version of the document there is. */
export const ENVIRONMENT_API_VERSION = 'infra.xpeditis.com/v1alpha1';

/** Longest environment name. Names of resources are derived from it and must fit in 63 characters. */
export const MAX_ENVIRONMENT_NAME_LENGTH = 30;

/**
 * Ranges that a cluster uses inside its nodes: pods and Services.
 * The network of an environment must not overlap them, or pods could not reach it.
 */
export const CLUSTER_RANGES = {
  pods: '10.244.0.0/16',
  services: '10.43.0.0/16',
} as const;

/** Private ranges a network may lie in (RFC 1918; Hetzner Cloud API, Networks: ip_range). */
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

const nameSchema = z
  .string('Give it a name.')
  .max(
    MAX_ENVIRONMENT_NAME_LENGTH,
    `Use at most ${MAX_ENVIRONMENT_NAME_LENGTH} characters.`,
  )
  .regex(
    /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
    'Use lower-case letters, digits and hyphens; begin with a letter and end with a letter or digit.',
  );

const groupSchema = z
  .string('Choose a group.')
  .regex(
    /^group:[a-z0-9._-]+\/[A-Za-z0-9._-]+$/,
    'Name a group as group:<namespace>/<name>, such as group:default/platform.',
  );

const connectionNameSchema = z
  .string('Choose a connection.')
  .regex(
    /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
    'Name a connection in lower-case letters, digits and hyphens.',
  );

const privateCidrSchema = z
  .string()
  .refine(text => ipv4Range(text) !== undefined, {
    message:
      'Write an IPv4 range whose host bits are zero, such as 10.0.0.0/16.',
  });

const adminCidrSchema = z.string().refine(isCanonicalCidr, {
  message:
    'Write an address range whose host bits are zero, such as 203.0.113.7/32.',
});

const sshPublicKeySchema = z
  .string()
  .regex(
    /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\.com) [A-Za-z0-9+/=]+( .*)?$/,
    'Paste a public key in OpenSSH format, such as ssh-ed25519 AAAA… name.',
  );

const typeNameSchema = z
  .string('Choose a type.')
  .regex(/^[a-z0-9-]+$/, 'Name a type as the provider does, such as cx43.');

/** One type, or alternatives in order of preference. */
const serverTypeSchema = z.union([
  typeNameSchema,
  z.array(typeNameSchema).min(1, 'Name at least one type.').max(10),
]);

const hostNameSchema = z
  .string()
  .regex(
    /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    'Write a host name such as api.xpeditis.com.',
  );

/** The largest number of servers in a pool. */
const MAX_POOL_SIZE = 100;

const COUNT_IN_WORDS = `Use a whole number from 0 to ${MAX_POOL_SIZE}.`;

const poolCountSchema = z
  .int(COUNT_IN_WORDS)
  .min(0, COUNT_IN_WORDS)
  .max(MAX_POOL_SIZE, COUNT_IN_WORDS);

const poolSchema = z.strictObject({
  name: z
    .string('Give it a name.')
    .max(15, 'Use at most 15 characters.')
    .regex(
      /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
      'Use lower-case letters, digits and hyphens.',
    ),
  serverType: serverTypeSchema,
  min: poolCountSchema,
  max: poolCountSchema,
});

const dataServiceSchema = <const Mode extends string>(managed: Mode) =>
  z.strictObject({
    mode: z.enum(['self-hosted', managed, 'external']),
    connection: connectionNameSchema.optional(),
  });

const workloadSchema = z.strictObject({
  image: z.string().min(1).max(255),
  min: z.int().min(0).max(100),
  max: z.int().min(1).max(100),
});

const specSchema = z.strictObject({
  connections: z.strictObject({
    hetzner: connectionNameSchema,
    cloudflare: connectionNameSchema.optional(),
    objectStorage: connectionNameSchema.optional(),
  }),
  location: z
    .string('Choose a location.')
    .regex(
      /^[a-z0-9-]+$/,
      'Name a location as the provider does, such as fsn1.',
    ),
  network: z
    .strictObject({
      ipRange: privateCidrSchema.default('10.0.0.0/16'),
      nodes: privateCidrSchema.default('10.0.1.0/24'),
    })
    .prefault({}),
  adminAccess: z
    .strictObject({
      cidrs: z.array(adminCidrSchema).max(90).default([]),
      ssh: z.boolean().default(false),
      sshKeys: z.array(sshPublicKeySchema).max(20).default([]),
    })
    .prefault({}),
  controlPlane: z
    .strictObject({
      serverType: serverTypeSchema.default('cx23'),
      count: z
        .union([z.literal(1), z.literal(3)], {
          error: 'A control plane has 1 or 3 servers.',
        })
        .default(1),
    })
    .prefault({}),
  pools: z.array(poolSchema).min(1, 'Name at least one pool.').max(10),
  loadBalancer: z
    .strictObject({
      type: typeNameSchema.default('lb11'),
      stickyCookie: z
        .string()
        .regex(
          /^[A-Za-z0-9_-]{1,100}$/,
          'Name a cookie in letters, digits, _ and -.',
        )
        .default('XPEDITIS_LB'),
    })
    .prefault({}),
  edge: z
    .strictObject({
      zone: hostNameSchema,
      api: hostNameSchema,
      app: hostNameSchema,
      tls: z.enum(['load-balancer', 'cluster']).default('load-balancer'),
      waf: z.enum(['owasp', 'off']).default('owasp'),
      cache: z.boolean().default(true),
    })
    .optional(),
  data: z
    .strictObject({
      postgres: dataServiceSchema('neon').optional(),
      redis: dataServiceSchema('upstash').optional(),
      objectStorage: z
        .strictObject({
          bucket: z
            .string()
            .regex(
              /^[a-z0-9]([-a-z0-9]{1,61})[a-z0-9]$/,
              'Name a bucket with 3 to 63 lower-case letters, digits and hyphens.',
            ),
        })
        .optional(),
    })
    .optional(),
  workloads: z
    .strictObject({
      backend: workloadSchema.optional(),
      frontend: workloadSchema.optional(),
    })
    .optional(),
  addons: z
    .strictObject({
      monitoring: z.boolean().default(true),
      backups: z.boolean().default(true),
    })
    .optional(),
});

/** Name of the pool that self-hosted data services add; a document cannot name it. */
export const DATA_POOL = 'data';

/** Names whose servers would have the keys of other resources, such as `ssh-key-1` or `spread-web-1`. */
function isReservedPoolName(name: string): boolean {
  return (
    [DATA_POOL, 'control-plane', 'ssh-key'].includes(name) ||
    name.startsWith('spread-')
  );
}

type Spec = z.infer<typeof specSchema>;
type Report = (path: (string | number)[], message: string) => void;

function checkNetwork(network: Spec['network'], report: Report) {
  const ipRange = ipv4Range(network.ipRange);
  const nodes = ipv4Range(network.nodes);
  if (!ipRange || !nodes) return;
  const within = (outer: string, inner: Ipv4Range) =>
    contains(ipv4Range(outer)!, inner);
  if (!PRIVATE_RANGES.some(outer => within(outer, ipRange))) {
    report(
      ['network', 'ipRange'],
      `A private network lies in ${PRIVATE_RANGES.join(', ')}; ${
        network.ipRange
      } does not.`,
    );
  }
  if (ipRange.prefix > 24) {
    report(
      ['network', 'ipRange'],
      `A network has at least 256 addresses (/24); ${network.ipRange} has fewer.`,
    );
  }
  if (!contains(ipRange, nodes)) {
    report(
      ['network', 'nodes'],
      `The nodes' range ${network.nodes} does not lie in the network ${network.ipRange}.`,
    );
  }
  for (const [use, range] of Object.entries(CLUSTER_RANGES)) {
    if (overlaps(ipRange, ipv4Range(range)!)) {
      report(
        ['network', 'ipRange'],
        `The network ${network.ipRange} overlaps ${range}, which the cluster uses for ${use}.`,
      );
    }
  }
}

function checkPools(spec: Spec, report: Report) {
  const seen = new Set<string>();
  spec.pools.forEach((pool, index) => {
    if (isReservedPoolName(pool.name)) {
      report(
        ['pools', index, 'name'],
        `The name ${pool.name} belongs to the portal; choose another.`,
      );
    }
    if (seen.has(pool.name)) {
      report(['pools', index, 'name'], `Two pools are named ${pool.name}.`);
    }
    seen.add(pool.name);
    if (pool.max < pool.min) {
      report(
        ['pools', index, 'max'],
        `The maximum ${pool.max} is below the minimum ${pool.min}.`,
      );
    }
  });
  if (!spec.pools.some(pool => pool.max > 0)) {
    report(['pools', 0, 'max'], 'At least one pool needs room for a server.');
  }
  const nodes = ipv4Range(spec.network.nodes);
  // The load balancer takes an address of its own.
  const needed =
    spec.controlPlane.count +
    1 +
    spec.pools.reduce((sum, pool) => sum + pool.max, 0);
  if (nodes && usableAddresses(nodes) < needed) {
    report(
      ['network', 'nodes'],
      `The nodes' range ${spec.network.nodes} has ${usableAddresses(
        nodes,
      )} addresses; the pools at their maximum need ${needed}.`,
    );
  }
}

function checkWorkloads(spec: Spec, report: Report) {
  for (const name of ['backend', 'frontend'] as const) {
    const workload = spec.workloads?.[name];
    if (workload && workload.max < workload.min) {
      report(
        ['workloads', name, 'max'],
        `The maximum ${workload.max} is below the minimum ${workload.min}.`,
      );
    }
  }
}

function checkEdge(spec: Spec, report: Report) {
  if (!spec.edge) return;
  for (const name of ['api', 'app'] as const) {
    const host = spec.edge[name];
    if (host !== spec.edge.zone && !host.endsWith(`.${spec.edge.zone}`)) {
      report(
        ['edge', name],
        `${host} does not lie in the zone ${spec.edge.zone}.`,
      );
    }
  }
}

function checkAdminAccess(spec: Spec, report: Report) {
  if (spec.adminAccess.ssh && spec.adminAccess.cidrs.length === 0) {
    report(
      ['adminAccess', 'cidrs'],
      'SSH is on, but no address may use it. Name at least one range.',
    );
  }
}

const uncheckedEnvironmentSchema = z.strictObject({
  apiVersion: z.literal(ENVIRONMENT_API_VERSION),
  kind: z.literal('Environment'),
  metadata: z.strictObject({
    name: nameSchema,
    owner: groupSchema,
    expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
    protected: z.boolean().default(false),
  }),
  spec: specSchema,
});

/** Schema of the environment document: what an engineer wants to have. */
export const environmentSchema = uncheckedEnvironmentSchema.superRefine(
  ({ spec }, context) => {
    const report: Report = (path, message) =>
      context.addIssue({ code: 'custom', path: ['spec', ...path], message });
    checkNetwork(spec.network, report);
    checkAdminAccess(spec, report);
    checkPools(spec, report);
    checkEdge(spec, report);
    checkWorkloads(spec, report);
  },
);

/** An environment document with every default filled in. */
export type EnvironmentDocument = z.infer<typeof environmentSchema>;

/** One thing that is wrong with a document. `path` is dotted, such as `spec.pools.0.max`. */
export interface DocumentProblem {
  path: string;
  message: string;
}

/** A document that was read, or everything that is wrong with it. */
export type ParsedEnvironment =
  | { environment: EnvironmentDocument }
  | { problems: DocumentProblem[] };

/** Reads a document that somebody sent. Never throws: what is wrong comes back with the place where it is. */
export function parseEnvironmentDocument(input: unknown): ParsedEnvironment {
  const result = environmentSchema.safeParse(input);
  if (result.success) return { environment: result.data };
  return {
    problems: result.error.issues.map(issue => ({
      path: issue.path.join('.'),
      message: issue.message,
    })),
  };
}
