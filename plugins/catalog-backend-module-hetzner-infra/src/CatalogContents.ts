import type { AuthService } from '@backstage/backend-plugin-api';
import {
  CATALOG_FILTER_EXISTS,
  type EntityFilterQuery,
} from '@backstage/catalog-client';
import {
  ANNOTATION_LOCATION,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  annotatedEnvironments,
  ENVIRONMENT_ANNOTATION,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { LOCATION_TYPE } from './environmentEntities';

const ANNOTATION = `metadata.annotations.${ENVIRONMENT_ANNOTATION}`;

/** What the catalog says of environments already. */
export class CatalogContents {
  constructor(
    private readonly services: {
      catalog: Pick<CatalogService, 'getEntities'>;
      auth: AuthService;
    },
  ) {}

  /**
   * Entity references of the components that run in an environment, by its
   * name. Components say so by an annotation instead of the environment naming
   * them: their own file is where a team looks, and so no relation leads to an
   * environment that is not there.
   */
  async components(): Promise<(environment: string) => string[]> {
    const components = await this.#read({
      kind: 'component',
      [ANNOTATION]: CATALOG_FILTER_EXISTS,
    });
    return environment =>
      components
        .filter(({ metadata }) =>
          annotatedEnvironments(metadata.annotations).includes(environment),
        )
        .map(component => stringifyEntityRef(component))
        .sort();
  }

  /** Entity references of the entities that an environment has in the catalog. */
  async entitiesOf(environment: string): Promise<string[]> {
    const resources = await this.#read({
      kind: 'resource',
      [ANNOTATION]: environment,
    });
    return resources
      .filter(({ metadata }) =>
        metadata.annotations?.[ANNOTATION_LOCATION]?.startsWith(
          `${LOCATION_TYPE}:`,
        ),
      )
      .map(resource => stringifyEntityRef(resource));
  }

  async #read(filter: EntityFilterQuery) {
    const { catalog, auth } = this.services;
    const { items } = await catalog.getEntities(
      {
        filter,
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.annotations',
        ],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    return items;
  }
}
