import { sandboxUrl } from './portalUnderTest';

/** Collections of the Hetzner Cloud API that an environment has resources in. */
export const COLLECTIONS = [
  'servers',
  'networks',
  'firewalls',
  'load_balancers',
  'placement_groups',
  'volumes',
  'certificates',
  'ssh_keys',
] as const;

/** A resource as the Hetzner Cloud API describes it; tests read what they compare. */
export type Resource = { id: number; name: string } & Record<string, any>;

/** Everything in the project, by collection. */
export type Project = Record<(typeof COLLECTIONS)[number], Resource[]>;

/** How fast the cloud of the tests is, as a multiple of real time. */
const TEST_SPEED = 100;

/** Settings of a test that wants nothing special. */
const DEFAULT_SETTINGS = {
  speed: TEST_SPEED,
  quotas: { servers: 25, loadBalancers: 20 },
  rateLimit: { limit: 1_000_000 },
  unavailable: [],
};

/** The sandbox of the portal under test: its control API, and the Hetzner Cloud API as anybody else sees it. */
export class Sandbox {
  /** Changes settings such as `speed`, `quotas` or `unavailable`. */
  async change(settings: object): Promise<void> {
    await this.#control('PUT', 'settings', settings);
  }

  /** From now on nobody gets an answer, as if the provider were not there. */
  async goAway(): Promise<void> {
    await this.#control('PUT', 'faults', [
      { id: 'away', times: null, effect: 'drop-before' },
    ]);
  }

  /** Puts settings back and takes faults away. */
  async restore(): Promise<void> {
    await this.#control('DELETE', 'faults');
    await this.change(DEFAULT_SETTINGS);
  }

  /** Everything that exists in the project. */
  async project(): Promise<Project> {
    const lists = await Promise.all(
      COLLECTIONS.map(async collection => {
        const body = await this.cloud('GET', `${collection}?per_page=50`);
        return [collection, body[collection]];
      }),
    );
    return Object.fromEntries(lists);
  }

  /** A call of the Hetzner Cloud API past the portal, as somebody at the provider's console makes it. */
  async cloud(
    method: string,
    path: string,
    body?: object,
  ): Promise<Record<string, any>> {
    const response = await fetch(`${sandboxUrl()}/hetzner/v1/${path}`, {
      method,
      headers: {
        authorization: 'Bearer sandbox',
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`The sandbox answered ${method} ${path}: ${text}`);
    }
    return text ? JSON.parse(text) : {};
  }

  /** How many of each kind exist. */
  async counts(): Promise<Record<keyof Project, number>> {
    const project = await this.project();
    return Object.fromEntries(
      COLLECTIONS.map(collection => [collection, project[collection].length]),
    ) as Record<keyof Project, number>;
  }

  async #control(method: string, path: string, body?: object) {
    const response = await fetch(`${sandboxUrl()}/control/${path}`, {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body && JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(
        `The sandbox refused ${method} ${path}: ${await response.text()}`,
      );
    }
  }
}

/** What a project without any environment has. */
export const NOTHING = Object.fromEntries(
  COLLECTIONS.map(collection => [collection, 0]),
);
