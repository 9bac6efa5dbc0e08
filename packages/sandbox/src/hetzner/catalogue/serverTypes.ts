import { EU_LOCATIONS } from './locations';

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
  monthly: string;
  locations: readonly string[];
}

type Row = [
  id: number,
  name: string,
  cores: number,
  memory: number,
  disk: number,
  monthly: string,
];

const family = (
  common: Pick<ServerType, 'cpu' | 'architecture' | 'category'>,
  rows: Row[],
): ServerType[] =>
  rows.map(([id, name, cores, memory, disk, monthly]) => ({
    id,
    name,
    cores,
    memory,
    disk,
    monthly,
    ...common,
    locations: EU_LOCATIONS,
  }));

/**
 * The types that can be ordered in the EU and whose price of 15 June 2026 is
 * known (see prices.ts). Ids of cx23 and cpx22 are from public dumps, the
 * others follow their order. Retired types (cx22 and its family, cpx11 and its
 * family in the EU) have no price any more and are not listed.
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
