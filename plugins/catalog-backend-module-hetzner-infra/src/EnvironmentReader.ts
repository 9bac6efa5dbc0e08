import type { AuthService } from '@backstage/backend-plugin-api';
import type { ResourceEntity } from '@backstage/catalog-model';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { HetznerInfraService } from '@xpeditis/backstage-plugin-hetzner-infra-node';
import type { CatalogContents } from './CatalogContents';
import { environmentEntities, type EntityOptions } from './environmentEntities';

/** The most that the API gives in one page. */
const PAGE_SIZE = 500;

/** Reads environments and makes entities of them. Every error is thrown: what was not read is not known to be gone. */
export class EnvironmentReader {
  constructor(
    private readonly options: Omit<EntityOptions, 'components'> & {
      environments: Pick<HetznerInfraService, 'listEnvironments'>;
      catalog: Pick<CatalogContents, 'components'>;
      auth: AuthService;
    },
  ) {}

  /** The entities of all environments. */
  async all(): Promise<ResourceEntity[]> {
    return this.#entities(await this.#list());
  }

  /**
   * The entities of one environment; none when there is none of that name. It is
   * looked for in the list, because the answer 404 would also be that of a
   * portal whose hetzner-infra is not where it should be.
   */
  async named(name: string): Promise<ResourceEntity[]> {
    const found = await this.#list(name);
    return this.#entities(
      found.filter(environment => environment.name === name),
    );
  }

  async #entities(
    environments: readonly Environment[],
  ): Promise<ResourceEntity[]> {
    if (environments.length === 0) {
      return [];
    }
    const { portalUrl, system, catalog } = this.options;
    const componentsOf = await catalog.components();
    return environments.flatMap(environment =>
      environmentEntities(environment, {
        portalUrl,
        system,
        components: componentsOf(environment.name),
      }),
    );
  }

  async #list(search?: string): Promise<Environment[]> {
    const { environments, auth } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const read: Environment[] = [];
    let cursor: string | undefined;
    do {
      const page = await environments.listEnvironments(
        { limit: PAGE_SIZE, search, cursor },
        { credentials },
      );
      read.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return read;
  }
}
