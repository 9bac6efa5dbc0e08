import { z } from 'zod';

/** What a server's disk can begin with. Sizes are in GB, times epoch milliseconds. */
export const storedImage = z.object({
  id: z.int(),
  type: z.enum(['system', 'app', 'snapshot', 'backup']),
  status: z.enum(['available', 'creating']),
  /** Null for snapshots and backups. */
  name: z.string().nullable(),
  description: z.string(),
  /** What it takes in the provider's storage. */
  imageSize: z.number().nullable(),
  /** The disk that a server must have at least. */
  diskSize: z.number(),
  created: z.number(),
  createdFrom: z.object({ id: z.int(), name: z.string() }).nullable(),
  /** The server of a backup. */
  boundTo: z.int().nullable(),
  flavor: z.enum(['ubuntu', 'debian', 'rocky', 'alma', 'unknown']),
  version: z.string().nullable(),
  architecture: z.enum(['x86', 'arm']),
  protection: z.object({ delete: z.boolean() }),
  deprecation: z
    .object({ announced: z.string(), unavailableAfter: z.string() })
    .nullable(),
  labels: z.record(z.string(), z.string()),
});

/** What a server's disk can begin with. */
export type Image = z.infer<typeof storedImage>;

type Row = [
  name: string,
  description: string,
  version: string | null,
  x86: number,
  arm: number,
  created: string,
  deprecation?: Image['deprecation'],
];

/**
 * One name stands for two images, one per architecture. Ids of ubuntu and of
 * debian on x86 are from public dumps, the others inferred. Deprecation of
 * debian-11: docs.hetzner.cloud, changelog of 2026-08-31.
 */
const rows: Row[] = [
  ['docker-ce', 'Docker CE', null, 40093247, 105888141, '2021-07-05T09:48:57Z'],
  [
    'debian-11',
    'Debian 11',
    '11',
    45557056,
    103907373,
    '2021-08-16T11:12:01Z',
    {
      announced: '2026-08-31T00:00:00Z',
      unavailableAfter: '2026-11-30T00:00:00Z',
    },
  ],
  [
    'ubuntu-22.04',
    'Ubuntu 22.04',
    '22.04',
    67794396,
    103908130,
    '2022-04-21T13:32:38Z',
  ],
  [
    'rocky-9',
    'Rocky Linux 9',
    '9',
    76766499,
    103908070,
    '2022-07-20T14:55:35Z',
  ],
  ['alma-9', 'AlmaLinux 9', '9', 76766507, 103908071, '2022-07-20T15:01:12Z'],
  [
    'debian-12',
    'Debian 12',
    '12',
    114690387,
    114690389,
    '2023-06-13T06:00:14Z',
  ],
  [
    'ubuntu-24.04',
    'Ubuntu 24.04',
    '24.04',
    161547269,
    161547270,
    '2024-04-25T13:26:27Z',
  ],
  [
    'debian-13',
    'Debian 13',
    '13',
    310554929,
    310554930,
    '2025-08-11T07:30:00Z',
  ],
];

const flavorOf = (name: string): Image['flavor'] =>
  (['ubuntu', 'debian', 'rocky', 'alma'] as const).find(flavor =>
    name.startsWith(flavor),
  ) ?? 'ubuntu';

/** The images of the provider, by id. */
export const images: readonly Image[] = rows
  .flatMap(
    ([name, description, version, x86, arm, created, deprecation]): Image[] => {
      const common = {
        type: version === null ? ('app' as const) : ('system' as const),
        status: 'available' as const,
        name,
        description,
        imageSize: null,
        diskSize: version === null ? 20 : 5,
        created: Date.parse(created),
        createdFrom: null,
        boundTo: null,
        flavor: flavorOf(name),
        version: version ?? '24.04',
        protection: { delete: false },
        deprecation: deprecation ?? null,
        labels: {},
      };
      return [
        { id: x86, architecture: 'x86', ...common },
        { id: arm, architecture: 'arm', ...common },
      ];
    },
  )
  .sort((left, right) => left.id - right.id);
