import { z } from 'zod';

/**
 * How many of each a project may hold. Hetzner has no call that tells its
 * limits. Firewalls and load balancers are the documented ones (docs.hetzner.com,
 * Firewalls FAQ and Load Balancers overview), placement groups are from the
 * description of `POST /placement_groups`; the others are defaults of the
 * sandbox, because a real project's limits depend on the age of the account.
 */
export const quotas = z.object({
  servers: z.int().min(0).default(25),
  primaryIps: z.int().min(0).default(60),
  networks: z.int().min(0).default(100),
  loadBalancers: z.int().min(0).default(20),
  firewalls: z.int().min(0).default(50),
  placementGroups: z.int().min(0).default(50),
  certificates: z.int().min(0).default(100),
  volumes: z.int().min(0).default(50),
  sshKeys: z.int().min(0).default(100),
  floatingIps: z.int().min(0).default(20),
  snapshots: z.int().min(0).default(30),
});

/** A resource that a project may run out of. */
export type QuotaName = keyof z.infer<typeof quotas>;

const rateLimit = z.object({
  /** Requests per hour and project. */
  limit: z.int().min(1).default(3600),
});

const quotaChange = z.partialRecord(
  z.enum(Object.keys(quotas.shape) as [QuotaName]),
  z.int().min(0),
);

/** What is otherwise in one project than in all. */
const projectSettings = z.strictObject({
  quotas: quotaChange.default({}),
  rateLimit: z.strictObject({ limit: z.int().min(1) }).optional(),
});

/** A server type that is not sold any more, or will not be. */
const deprecation = z.object({
  serverType: z.string(),
  /** `*` stands for every location. */
  location: z.string().default('*'),
  announced: z.iso.datetime(),
  /** From then on no server of it can be created. */
  unavailableAfter: z.iso.datetime(),
});

/** What can be changed while the sandbox runs. */
export const settings = z.object({
  /** 1 is real time; 1000 makes a second of the cloud last a millisecond. */
  speed: z.number().positive().max(1_000_000).default(5),
  /** Chooses the jitter of all latencies. */
  noiseSeed: z.int().default(1),
  quotas: quotas.prefault({}),
  rateLimit: rateLimit.prefault({}),
  /** By project, what differs there. */
  projects: z.record(z.string().min(1), projectSettings).default({}),
  deprecations: z.array(deprecation).default([]),
  /** Sold out: `*` stands for every type or every location. */
  unavailable: z
    .array(z.object({ serverType: z.string(), location: z.string() }))
    .default([]),
  /** Tokens that are not good any more, though they name a project. */
  revokedTokens: z.array(z.string().min(1)).default([]),
});

/** What can be changed while the sandbox runs. */
export type Settings = z.infer<typeof settings>;

/** A change of settings: what is left out stays as it is. */
export const settingsChange = z.strictObject({
  speed: settings.shape.speed.removeDefault().optional(),
  noiseSeed: settings.shape.noiseSeed.removeDefault().optional(),
  quotas: quotaChange.optional(),
  rateLimit: z.strictObject({ limit: z.int().min(1) }).optional(),
  /** Null takes back what differs in a project. */
  projects: z.record(z.string().min(1), projectSettings.nullable()).optional(),
  deprecations: settings.shape.deprecations.removeDefault().optional(),
  unavailable: settings.shape.unavailable.removeDefault().optional(),
  revokedTokens: settings.shape.revokedTokens.removeDefault().optional(),
});

/** Applies a change to settings; neither argument is modified. */
export function changeSettings(
  before: Settings,
  change: z.infer<typeof settingsChange>,
): Settings {
  return settings.parse({
    ...before,
    ...change,
    quotas: { ...before.quotas, ...change.quotas },
    projects: Object.fromEntries(
      Object.entries({ ...before.projects, ...change.projects }).filter(
        ([, differing]) => differing !== null,
      ),
    ),
  });
}

/** The settings as they are in one project. */
export function settingsOf(all: Settings, project: string): Settings {
  // A project may be called like a property that every object has.
  const differing = Object.hasOwn(all.projects, project)
    ? all.projects[project]
    : undefined;
  if (!differing) return all;
  return {
    ...all,
    quotas: { ...all.quotas, ...differing.quotas },
    rateLimit: differing.rateLimit ?? all.rateLimit,
  };
}

/** When a type stops to be sold in a location; undefined while nobody said so. */
export const deprecationOf = (
  { deprecations }: Settings,
  serverType: string,
  location: string,
) =>
  deprecations.find(
    entry =>
      entry.serverType === serverType &&
      (entry.location === '*' || entry.location === location),
  );
