import type { Action } from './apiTypes';
import type { HetznerCloud } from './HetznerCloud';

/** What a create answers with: the object under this key, and its actions. */
const CREATABLE = {
  '/certificates': { key: 'certificate', hasActions: true },
  '/firewalls': { key: 'firewall', hasActions: true },
  '/load_balancers': { key: 'load_balancer', hasActions: true },
  '/networks': { key: 'network', hasActions: true },
  '/placement_groups': { key: 'placement_group', hasActions: false },
  '/servers': { key: 'server', hasActions: true },
  '/ssh_keys': { key: 'ssh_key', hasActions: false },
} as const;

/** The collections whose items have labels, and a name that is unique in the project. */
export type CreatePath = keyof typeof CREATABLE;

/** What every item of them has. */
export interface Labelled {
  id: number;
  name: string;
  labels?: Record<string, string>;
}

/** The calls that creating by name needs, in one shape for all collections. */
export interface Collection<Item> {
  create(body: object): Promise<{ resource: Item; actions: Action[] }>;
  /** The item with exactly this name. */
  named(name: string): Promise<(Item & Labelled) | undefined>;
  runningActions(id: number): Promise<Action[]>;
}

/**
 * The port without its types per path: TypeScript cannot follow a path that is
 * itself a type parameter. The table above says what the answers hold.
 */
interface UntypedPort {
  get(path: string, request: object): Promise<{ actions: Action[] }>;
  post(path: string, request: object): Promise<Record<string, unknown>>;
  listAll(path: string, filters: object): Promise<Labelled[]>;
}

/** The calls of one collection over the port. */
export function collectionOf<Item>(
  cloud: HetznerCloud,
  path: CreatePath,
  signal?: AbortSignal,
): Collection<Item> {
  const port = cloud as unknown as UntypedPort;
  const { key, hasActions } = CREATABLE[path];
  return {
    async create(body) {
      const answer = await port.post(path, { body, signal });
      return { resource: answer[key] as Item, actions: actionsIn(answer) };
    },
    async named(name) {
      const found = await port.listAll(path, { name, signal });
      return found.find(item => item.name === name) as
        | (Item & Labelled)
        | undefined;
    },
    async runningActions(id) {
      if (!hasActions) {
        return [];
      }
      const { actions } = await port.get(`${path}/{id}/actions`, {
        path: { id },
        query: { status: ['running'], per_page: 50 },
        signal,
      });
      return actions;
    },
  };
}

/** `action`, `actions` and `next_actions` of an answer, as far as it has them. */
function actionsIn(answer: Record<string, unknown>): Action[] {
  const { action, actions, next_actions: next } = answer;
  const all = [action, actions, next].flat() as (Action | null | undefined)[];
  return all.filter(one => one !== null && one !== undefined);
}
