import { EU_LOCATIONS, US_LOCATIONS } from './locations';

/** What a server can be. Memory and disk are in GB, the price is net EUR a month. */
export interface ServerType {
  id: number;
  name: string;
  cores: number;
  memory: number;
  disk: number;
  cpu: 'shared' | 'dedicated';
  architecture: 'x86' | 'arm';
  category: 'cost_optimized' | 'regular_purpose' | 'general_purpose';
  /** Null for a type that is sold nowhere any more. */
  monthly: string | null;
  /** Where it is sold. */
  locations: readonly string[];
  /** Where it was sold until it was retired. */
  retiredIn: readonly string[];
}

/**
 * When the types of 2024 and before were retired. Source: docs.hetzner.cloud,
 * changelog of 2025-10-16.
 */
export const RETIREMENT = {
  announced: '2025-10-16T00:00:00Z',
  unavailableAfter: '2025-12-31T23:59:59Z',
};

type Row = [
  id: number,
  name: string,
  cores: number,
  memory: number,
  disk: number,
  monthly: string | null,
];

const family = (
  common: Pick<ServerType, 'cpu' | 'architecture' | 'category'> &
    Partial<Pick<ServerType, 'locations' | 'retiredIn'>>,
  rows: Row[],
): ServerType[] =>
  rows.map(([id, name, cores, memory, disk, monthly]) => ({
    id,
    name,
    cores,
    memory,
    disk,
    monthly,
    locations: EU_LOCATIONS,
    retiredIn: [],
    ...common,
  }));

/**
 * The types whose price of 15 June 2026 is known (see prices.ts), and the
 * retired ones. Ids of cx22, cx23, cpx11 and cpx22 are from public dumps, the
 * others follow their order. The API went on to list retired types
 * (terraform-provider-hcloud, acceptance tests); cpx11 and its family are
 * still sold in the US.
 */
export const serverTypes: readonly ServerType[] = [
  ...family(
    { cpu: 'shared', architecture: 'x86', category: 'cost_optimized' },
    [
      [114, 'cx23', 2, 4, 40, '5.49'],
      [115, 'cx33', 4, 8, 80, '8.49'],
      [116, 'cx43', 8, 16, 160, '15.99'],
      [117, 'cx53', 16, 32, 320, '29.49'],
    ],
  ),
  ...family(
    { cpu: 'shared', architecture: 'arm', category: 'cost_optimized' },
    [
      [45, 'cax11', 2, 4, 40, '5.99'],
      [93, 'cax21', 4, 8, 80, '10.49'],
      [94, 'cax31', 8, 16, 160, '20.99'],
      [95, 'cax41', 16, 32, 320, '40.99'],
    ],
  ),
  ...family(
    { cpu: 'shared', architecture: 'x86', category: 'regular_purpose' },
    [
      [108, 'cpx12', 1, 2, 40, '11.49'],
      [109, 'cpx22', 2, 4, 80, '19.49'],
      [110, 'cpx32', 4, 8, 160, '35.49'],
      [111, 'cpx42', 8, 16, 320, '69.49'],
      [112, 'cpx52', 12, 24, 480, '100.49'],
      [113, 'cpx62', 16, 32, 640, '129.99'],
    ],
  ),
  ...family(
    { cpu: 'dedicated', architecture: 'x86', category: 'general_purpose' },
    [
      [96, 'ccx13', 2, 8, 80, '42.99'],
      [97, 'ccx23', 4, 16, 160, '85.99'],
      [98, 'ccx33', 8, 32, 240, '138.49'],
      [99, 'ccx43', 16, 64, 360, '275.99'],
      [100, 'ccx53', 32, 128, 600, '533.49'],
      [101, 'ccx63', 48, 192, 960, '853.49'],
    ],
  ),
  ...family(
    {
      cpu: 'shared',
      architecture: 'x86',
      category: 'regular_purpose',
      locations: US_LOCATIONS,
      retiredIn: EU_LOCATIONS,
    },
    [
      [22, 'cpx11', 2, 2, 40, '17.49'],
      [23, 'cpx21', 3, 4, 80, '31.99'],
      [24, 'cpx31', 4, 8, 160, '62.49'],
      [25, 'cpx41', 8, 16, 240, '120.49'],
      [26, 'cpx51', 16, 32, 360, '237.99'],
    ],
  ),
  ...family(
    {
      cpu: 'shared',
      architecture: 'x86',
      category: 'cost_optimized',
      locations: [],
      retiredIn: EU_LOCATIONS,
    },
    [
      [104, 'cx22', 2, 4, 40, null],
      [105, 'cx32', 4, 8, 80, null],
      [106, 'cx42', 8, 16, 160, null],
      [107, 'cx52', 16, 32, 320, null],
    ],
  ),
].sort((left, right) => left.id - right.id);

/** The server type with this id or name. */
export function findServerType(idOrName: string): ServerType | undefined {
  return serverTypes.find(
    ({ id, name }) => name === idOrName || String(id) === idOrName,
  );
}

/** The type of a name that was checked when it was stored. */
export function serverTypeNamed(name: string): ServerType {
  const type = findServerType(name);
  if (!type) throw new Error(`The catalogue has no server type ${name}`);
  return type;
}
