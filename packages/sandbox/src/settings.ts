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
});

/** A resource that a project may run out of. */
export type QuotaName = keyof z.infer<typeof quotas>;

/** What can be changed while the sandbox runs. */
export const settings = z.object({
  /** 1 is real time; 1000 makes a second of the cloud last a millisecond. */
  speed: z.number().positive().max(1_000_000).default(5),
  /** Chooses the jitter of all latencies. */
  noiseSeed: z.int().default(1),
  quotas: quotas.prefault({}),
  rateLimit: z
    .object({
      /** Requests per hour and project. */
      limit: z.int().min(1).default(3600),
    })
    .prefault({}),
  /** Sold out: `*` stands for every type or every location. */
  unavailable: z
    .array(z.object({ serverType: z.string(), location: z.string() }))
    .default([]),
});

/** What can be changed while the sandbox runs. */
export type Settings = z.infer<typeof settings>;

/** A change of settings: what is left out stays as it is. */
export const settingsChange = z.strictObject({
  speed: settings.shape.speed.removeDefault().optional(),
  noiseSeed: settings.shape.noiseSeed.removeDefault().optional(),
  quotas: z
    .partialRecord(
      z.enum(Object.keys(quotas.shape) as [QuotaName]),
      z.int().min(0),
    )
    .optional(),
  rateLimit: z.strictObject({ limit: z.int().min(1) }).optional(),
  unavailable: settings.shape.unavailable.removeDefault().optional(),
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
  });
}

/** True when no server of any type can be had in this location. */
export function isDisabled(
  { unavailable }: Settings,
  location: string,
): boolean {
  return unavailable.some(
    entry =>
      entry.serverType === '*' &&
      (entry.location === '*' || entry.location === location),
  );
}

/** True when no server of this type can be had in this location. */
export function isUnavailable(
  { unavailable }: Settings,
  serverType: string,
  location: string,
): boolean {
  return unavailable.some(
    entry =>
      (entry.serverType === '*' || entry.serverType === serverType) &&
      (entry.location === '*' || entry.location === location),
  );
}
