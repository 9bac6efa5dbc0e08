import { z } from 'zod';
import {
  contains,
  ipv4Range,
  isCanonicalCidr,
  overlaps,
  usableAddresses,
  type Ipv4Range,
} from './cidr';
import { problemOfIssue, says } from './problemOfIssue';
import {
  toldProblem,
  type DocumentProblem,
  type ProblemCode,
} from './problems';

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
  .string(says('name-missing'))
  .max(
    MAX_ENVIRONMENT_NAME_LENGTH,
    says('text-too-long', { most: MAX_ENVIRONMENT_NAME_LENGTH }),
  )
  .regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, says('environment-name-form'));

const groupSchema = z
  .string(says('group-missing'))
  .regex(/^group:[a-z0-9._-]+\/[A-Za-z0-9._-]+$/, says('group-form'));

const connectionNameSchema = z
  .string(says('connection-missing'))
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, says('connection-form'));

const privateCidrSchema = z
  .string()
  .refine(text => ipv4Range(text) !== undefined, {
    message: says('private-range-form'),
  });

const adminCidrSchema = z.string().refine(isCanonicalCidr, {
  message: says('admin-range-form'),
});

const sshPublicKeySchema = z
  .string()
  .regex(
    /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\.com) [A-Za-z0-9+/=]+( .*)?$/,
    says('ssh-key-form'),
  );

const typeNameSchema = z
  .string(says('type-missing'))
  .regex(/^[a-z0-9-]+$/, says('type-form'));

/** One type, or alternatives in order of preference. */
const serverTypeSchema = z.union([
  typeNameSchema,
  z.array(typeNameSchema).min(1, says('no-types')).max(10),
]);

const hostNameSchema = z
  .string()
  .regex(
    /^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    says('host-name-form'),
  );

/** The largest number of servers in a pool. */
const MAX_POOL_SIZE = 100;

const COUNT_IN_WORDS = says('count-form', { most: MAX_POOL_SIZE });

const poolCountSchema = z
  .int(COUNT_IN_WORDS)
  .min(0, COUNT_IN_WORDS)
  .max(MAX_POOL_SIZE, COUNT_IN_WORDS);

const poolSchema = z.strictObject({
  name: z
    .string(says('name-missing'))
    .max(15, says('text-too-long', { most: 15 }))
    .regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, says('pool-name-form')),
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
    .string(says('location-missing'))
    .regex(/^[a-z0-9-]+$/, says('location-form')),
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
          error: says('control-plane-count'),
        })
        .default(1),
    })
    .prefault({}),
  pools: z.array(poolSchema).min(1, says('no-pools')).max(10),
  loadBalancer: z
    .strictObject({
      type: typeNameSchema.default('lb11'),
      stickyCookie: z
        .string()
        .regex(/^[A-Za-z0-9_-]{1,100}$/, says('cookie-form'))
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
            .regex(/^[a-z0-9]([-a-z0-9]{1,61})[a-z0-9]$/, says('bucket-form')),
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
type Report = (
  path: (string | number)[],
  code: ProblemCode,
  params?: Record<string, string | number>,
) => void;

function checkNetwork(network: Spec['network'], report: Report) {
  const ipRange = ipv4Range(network.ipRange);
  const nodes = ipv4Range(network.nodes);
  if (!ipRange || !nodes) return;
  const within = (outer: string, inner: Ipv4Range) =>
    contains(ipv4Range(outer)!, inner);
  if (!PRIVATE_RANGES.some(outer => within(outer, ipRange))) {
    report(['network', 'ipRange'], 'network-not-private', {
      ranges: PRIVATE_RANGES.join(', '),
      range: network.ipRange,
    });
  }
  if (ipRange.prefix > 24) {
    report(['network', 'ipRange'], 'network-too-small', {
      range: network.ipRange,
    });
  }
  if (!contains(ipRange, nodes)) {
    report(['network', 'nodes'], 'nodes-outside-network', {
      nodes: network.nodes,
      range: network.ipRange,
    });
  }
  for (const use of ['pods', 'services'] as const) {
    const cluster = CLUSTER_RANGES[use];
    if (overlaps(ipRange, ipv4Range(cluster)!)) {
      report(['network', 'ipRange'], `network-overlaps-${use}`, {
        range: network.ipRange,
        cluster,
      });
    }
  }
}

function checkPools(spec: Spec, report: Report) {
  const seen = new Set<string>();
  spec.pools.forEach((pool, index) => {
    if (isReservedPoolName(pool.name)) {
      report(['pools', index, 'name'], 'pool-name-reserved', {
        name: pool.name,
      });
    }
    if (seen.has(pool.name)) {
      report(['pools', index, 'name'], 'pool-name-twice', { name: pool.name });
    }
    seen.add(pool.name);
    if (pool.max < pool.min) {
      report(['pools', index, 'max'], 'maximum-below-minimum', {
        max: pool.max,
        min: pool.min,
      });
    }
  });
  if (!spec.pools.some(pool => pool.max > 0)) {
    report(['pools', 0, 'max'], 'no-room-in-pools');
  }
  const nodes = ipv4Range(spec.network.nodes);
  // The load balancer takes an address of its own.
  const needed =
    spec.controlPlane.count +
    1 +
    spec.pools.reduce((sum, pool) => sum + pool.max, 0);
  if (nodes && usableAddresses(nodes) < needed) {
    report(['network', 'nodes'], 'nodes-range-too-small', {
      nodes: spec.network.nodes,
      addresses: usableAddresses(nodes),
      needed,
    });
  }
}

function checkWorkloads(spec: Spec, report: Report) {
  for (const name of ['backend', 'frontend'] as const) {
    const workload = spec.workloads?.[name];
    if (workload && workload.max < workload.min) {
      report(['workloads', name, 'max'], 'maximum-below-minimum', {
        max: workload.max,
        min: workload.min,
      });
    }
  }
}

function checkEdge(spec: Spec, report: Report) {
  if (!spec.edge) return;
  for (const name of ['api', 'app'] as const) {
    const host = spec.edge[name];
    if (host !== spec.edge.zone && !host.endsWith(`.${spec.edge.zone}`)) {
      report(['edge', name], 'host-outside-zone', {
        host,
        zone: spec.edge.zone,
      });
    }
  }
}

function checkAdminAccess(spec: Spec, report: Report) {
  if (spec.adminAccess.ssh && spec.adminAccess.cidrs.length === 0) {
    report(['adminAccess', 'cidrs'], 'ssh-for-nobody');
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
    const report: Report = (path, code, values) => {
      const told = toldProblem(code, values);
      context.addIssue({
        code: 'custom',
        path: ['spec', ...path],
        message: told.message,
        params: told,
      });
    };
    checkNetwork(spec.network, report);
    checkAdminAccess(spec, report);
    checkPools(spec, report);
    checkEdge(spec, report);
    checkWorkloads(spec, report);
  },
);

/** An environment document with every default filled in. */
export type EnvironmentDocument = z.infer<typeof environmentSchema>;

/** A document that was read, or everything that is wrong with it. */
export type ParsedEnvironment =
  | { environment: EnvironmentDocument }
  | { problems: DocumentProblem[] };

/** Reads a document that somebody sent. Never throws: what is wrong comes back with the place where it is. */
export function parseEnvironmentDocument(input: unknown): ParsedEnvironment {
  const result = environmentSchema.safeParse(input);
  if (result.success) return { environment: result.data };
  return {
    problems: result.error.issues.map(issue => problemOfIssue(issue, input)),
  };
}
