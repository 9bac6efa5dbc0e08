import type { AuthService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { sleep, type Clock } from '../clouds/clock';

/** How long a catalog that has just begun to read its sources is waited for. */
const PATIENCE_SECONDS = 10;
const PAUSE_SECONDS = 0.5;

/** Who can own an environment, as the catalog knows it. */
export interface Owners {
  /** @throws ServiceUnavailableError when the catalog does not answer */
  has(owner: string): Promise<boolean>;
}

/** Asks the catalog, with the plugin's own rights: whether an owner exists is no secret of the caller's. */
export class CatalogOwners implements Owners {
  #isRead = false;

  constructor(
    private readonly options: {
      catalog: Pick<CatalogService, 'getEntityByRef' | 'queryEntities'>;
      auth: Pick<AuthService, 'getOwnServiceCredentials'>;
      clock: Clock;
    },
  ) {}

  /**
   * @param owner - entity reference of a group
   * @throws ServiceUnavailableError when the catalog does not answer
   */
  async has(owner: string): Promise<boolean> {
    const { clock } = this.options;
    const end = clock.now() + PATIENCE_SECONDS * 1000;
    try {
      while (!(await this.#find(owner))) {
        if ((await this.#wasRead()) || clock.now() >= end) {
          return false;
        }
        await sleep(clock, PAUSE_SECONDS);
      }
      return true;
    } catch {
      // The client's error names addresses inside; what to do is the same for each.
      throw new ServiceUnavailableError(
        `The catalog does not answer, so nobody knows whether ${owner} exists. Nothing was changed. Try again in a minute.`,
      );
    }
  }

  async #find(owner: string): Promise<boolean> {
    const { catalog, auth } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    return (await catalog.getEntityByRef(owner, { credentials })) !== undefined;
  }

  /** Whether the catalog holds any group. One of a fresh database holds none until it has read its sources. */
  async #wasRead(): Promise<boolean> {
    if (!this.#isRead) {
      const { catalog, auth } = this.options;
      const { items } = await catalog.queryEntities(
        { filter: { kind: 'group' }, limit: 1, fields: ['kind'] },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      this.#isRead = items.length > 0;
    }
    return this.#isRead;
  }
}
