import { z } from 'zod';

/** A server as it is kept. */
export const storedServer = z.object({
  id: z.int(),
  name: z.string(),
  status: z.enum([
    'initializing',
    'starting',
    'running',
    'stopping',
    'off',
    'deleting',
    'migrating',
    'rebuilding',
  ]),
  created: z.number(),
  serverType: z.string(),
  location: z.string(),
  /** Its id; a snapshot may have been deleted since. */
  image: z.int(),
  /** Ids of its primary IPs. */
  ipv4: z.int().nullable(),
  ipv6: z.int().nullable(),
  privateNets: z.array(
    z.object({
      network: z.int(),
      ip: z.string(),
      aliasIps: z.array(z.string()),
      macAddress: z.string(),
    }),
  ),
  protection: z.object({ delete: z.boolean(), rebuild: z.boolean() }),
  labels: z.record(z.string(), z.string()),
  placementGroup: z.int().nullable(),
  sshKeys: z.array(z.int()),
  userData: z.string(),
  /** GB; stays as it is when the type changes without the disk. */
  diskSize: z.int(),
  /** The ISO in its drive. */
  iso: z.int().nullable(),
  /** Since when (epoch ms) the next start is into the rescue system. */
  rescueSince: z.number().nullable(),
  /** Hours in which backups are made; null without backups. */
  backupWindow: z.string().nullable(),
  /** When the next of them is made (epoch ms). */
  nextBackup: z.number().nullable().default(null),
  /** The delayed end of a shutdown that the guest was asked for. */
  shutdown: z.int().nullable(),
  /** How often it was started; another number is another boot. */
  boots: z.int().default(0),
  /** How often it was rebuilt; another number is another disk. */
  instance: z.int().default(0),
});

/** A server as it is kept. */
export type Server = z.infer<typeof storedServer>;

/** True when a server has an address of any kind. */
export const hasInterface = ({ ipv4, ipv6, privateNets }: Server) =>
  ipv4 !== null || ipv6 !== null || privateNets.length > 0;

/** The rescue system waits no longer. Source: Hetzner Cloud API, `enable_rescue`. */
const RESCUE_SECONDS = 3600;

/** True while the next start is into the rescue system. */
export const isRescueEnabled = (
  { rescueSince }: Pick<Server, 'rescueSince'>,
  now: number,
  speed: number,
) =>
  rescueSince !== null && ((now - rescueSince) / 1000) * speed < RESCUE_SECONDS;
