import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type ResourceEntity,
} from '@backstage/catalog-model';
import {
  ENVIRONMENT_ANNOTATION,
  ENVIRONMENT_ID_ANNOTATION,
  parseEnvironmentDocument,
  type Environment,
  type EnvironmentDocument,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** Type of the location that entities of environments say they come from. */
export const LOCATION_TYPE = 'hetzner-infra';

/** What an environment's entities are made of beside the environment. */
export type EntityOptions = {
  /** Address of the portal, without a trailing slash. */
  portalUrl: string;
  /** Entity reference of the System that they belong to. */
  system?: string;
  /** Entity references of the components that run in the environment. */
  components: readonly string[];
};

/** A part of an environment, before it is an entity. */
type Part = {
  /** Unique within the environment. */
  key: string;
  type: string;
  title: string;
  description: string;
  /** Keys of the parts that it depends on. */
  needs: string[];
};

/** Namespace of all entities of environments: that of what runs in them. */
const NAMESPACE = 'default';

/**
 * The entities of an environment: itself first, then its parts. An environment
 * that is removed has none. One whose document an older portal wrote, and this
 * one cannot read, has no parts.
 */
export function environmentEntities(
  environment: Environment,
  options: EntityOptions,
): ResourceEntity[] {
  if (environment.state === 'removed') {
    return [];
  }
  const parsed = parseEnvironmentDocument(environment.document);
  const parts = 'environment' in parsed ? partsOf(parsed.environment) : [];
  const { name } = environment;
  return [
    entity(environment, options, {
      name,
      title: name,
      type: 'environment',
      description: `Environment on Hetzner Cloud in ${environment.location}`,
      page: '',
      dependsOn: parts.map(part => partRef(name, part.key)),
      dependencyOf: [...options.components],
    }),
    ...parts.map(part =>
      entity(environment, options, {
        name: partName(name, part.key),
        title: `${name} ${part.title}`,
        type: part.type,
        description: part.description,
        page: '/resources',
        dependsOn: part.needs.map(key => partRef(name, key)),
        dependencyOf: [],
      }),
    ),
  ];
}

/**
 * A dot stands between the environment and its part, because no name of an
 * environment has one: `shop.pool-web` can be nothing else, while `shop-network`
 * may be an environment. 63 characters suffice for both with room to spare.
 */
function partName(environment: string, key: string): string {
  return `${environment}.${key}`;
}

function partRef(environment: string, key: string): string {
  return `resource:${NAMESPACE}/${partName(environment, key)}`;
}

function partsOf(document: EnvironmentDocument): Part[] {
  const { network, controlPlane, pools, loadBalancer, data, connections } =
    document.spec;
  const poolKeys = pools.map(({ name }) => `pool-${name}`);
  const parts: Part[] = [
    {
      key: 'network',
      type: 'network',
      title: 'network',
      description: `Private network ${network.ipRange}, nodes in ${network.nodes}`,
      needs: [],
    },
    {
      key: 'control-plane',
      type: 'server-pool',
      title: 'control plane',
      description: `${servers(
        controlPlane.count,
        controlPlane.count,
      )} of type ${typeInWords(controlPlane.serverType)}`,
      needs: ['network'],
    },
    ...pools.map((pool, index) => ({
      key: poolKeys[index],
      type: 'server-pool',
      title: `pool ${pool.name}`,
      description: `${servers(pool.min, pool.max)} of type ${typeInWords(
        pool.serverType,
      )}`,
      needs: ['network', 'control-plane'],
    })),
    {
      key: 'load-balancer',
      type: 'load-balancer',
      title: 'load balancer',
      description: `Load balancer of type ${loadBalancer.type}`,
      needs: ['network', ...poolKeys],
    },
  ];
  if (data?.objectStorage && connections.objectStorage) {
    parts.push({
      key: 'bucket',
      type: 'object-storage',
      title: 'bucket',
      description: `Bucket ${data.objectStorage.bucket}`,
      needs: [],
    });
  }
  return parts;
}

function servers(min: number, max: number): string {
  const count = min === max ? `${max}` : `${min} to ${max}`;
  return `${count} ${max === 1 ? 'server' : 'servers'}`;
}

function typeInWords(type: string | readonly string[]): string {
  return typeof type === 'string' ? type : type.join(' or ');
}

function entity(
  environment: Environment,
  { portalUrl, system }: EntityOptions,
  resource: {
    name: string;
    title: string;
    type: string;
    description: string;
    /** Below the environment's page. */
    page: string;
    dependsOn: string[];
    dependencyOf: string[];
  },
): ResourceEntity {
  const { id, name, owner, location } = environment;
  const origin = `${LOCATION_TYPE}:${name}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: resource.name,
      namespace: NAMESPACE,
      title: resource.title,
      description: resource.description,
      annotations: {
        [ANNOTATION_LOCATION]: origin,
        [ANNOTATION_ORIGIN_LOCATION]: origin,
        [ENVIRONMENT_ANNOTATION]: name,
        [ENVIRONMENT_ID_ANNOTATION]: id,
      },
      tags: ['hetzner', location],
      links: [
        {
          url: `${portalUrl}/hetzner/environments/${name}${resource.page}`,
          title: resource.page ? 'Resources of the environment' : 'Environment',
          icon: 'dashboard',
        },
      ],
    },
    spec: {
      type: resource.type,
      owner,
      ...(system && { system }),
      ...(resource.dependsOn.length > 0 && { dependsOn: resource.dependsOn }),
      ...(resource.dependencyOf.length > 0 && {
        dependencyOf: resource.dependencyOf,
      }),
    },
  };
}
