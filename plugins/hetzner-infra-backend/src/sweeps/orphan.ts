import {
  OWNERSHIP_LABELS,
  type Labels,
  type OrphanReason,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { isRetained } from '../resources';
import type { OrphanKind } from './orphanKinds';

/** A resource of a project, as far as it matters whose it is. */
export type FoundResource = {
  kind: OrphanKind | 'bucket';
  /** The name of a bucket. */
  providerId: number | string;
  name: string;
  labels: Labels;
  /** ISO 8601. */
  createdAt: string;
  /** Ids of the networks that it is in; a volume is where its server is. */
  networks: number[];
};

/** What the portal's database knows of an environment. Epoch milliseconds. */
export type KnownEnvironment = { name: string; removedAt?: number };

/** What tells whose a resource is. */
export type OrphanFacts = {
  installation: string;
  /** By id; read after the provider was, so that none is missing that was made meanwhile. */
  environments: ReadonlyMap<string, KnownEnvironment>;
  /** Environment ids by the id of networks that carry this installation's labels. */
  networks: ReadonlyMap<number, string>;
  /** Environment ids by `clusterResourceId`, of what was seen before in such a network. */
  seenBefore: ReadonlyMap<string, string>;
  /** When the provider was read, epoch milliseconds. */
  lookedAt: number;
};

/** Why something counts as an orphan. */
export type OrphanJudgement = {
  reason: OrphanReason;
  environmentId?: string;
  environment?: string;
  /** The component of a cluster that made it, for what was left. */
  maker?: string;
  /** The reason as a sentence. */
  sentence: string;
};

/** What names a resource among those that clusters made. */
export function clusterResourceId({
  kind,
  providerId,
}: Pick<FoundResource, 'kind' | 'providerId'>): string {
  return `${kind} ${providerId}`;
}

/**
 * The component of a cluster that made a resource, by the labels that it
 * gives. Sources: hcloud-cloud-controller-manager v1.35 (`hcloud-ccm/service-uid`),
 * Kubernetes cluster autoscaler, Hetzner provider (`hcloud/node-group`),
 * hetznercloud/csi-driver v2.22 internal/driver/controller.go (`managed-by`).
 */
export function clusterComponent({
  kind,
  labels,
}: Pick<FoundResource, 'kind' | 'labels'>): string | undefined {
  if (kind === 'load-balancer' && labels['hcloud-ccm/service-uid']) {
    return 'cloud controller';
  }
  if (kind === 'server' && labels['hcloud/node-group']) {
    return 'cluster autoscaler';
  }
  return kind === 'volume' && labels['managed-by'] === 'csi-driver'
    ? 'volume driver'
    : undefined;
}

/**
 * The environment whose cluster made a resource: the one whose network it is
 * in now, or, when it is in none, was in before. Undefined for what no cluster
 * made and for clusters that are not this portal's.
 */
export function clusterOf(
  resource: FoundResource,
  facts: Pick<OrphanFacts, 'installation' | 'networks' | 'seenBefore'>,
): string | undefined {
  const installation = resource.labels[OWNERSHIP_LABELS.installation];
  if (installation !== undefined && installation !== facts.installation) {
    return undefined;
  }
  if (!clusterComponent(resource)) return undefined;
  if (resource.networks.length === 0) {
    return facts.seenBefore.get(clusterResourceId(resource));
  }
  return resource.networks
    .map(network => facts.networks.get(network))
    .find(environmentId => environmentId !== undefined);
}

/**
 * Whether a resource is an orphan of this portal, and why. Undefined for what
 * belongs to an environment that stands, and for everything that is not this
 * portal's: without labels, with another installation's, made by another cluster.
 */
export function orphanOf(
  resource: FoundResource,
  facts: OrphanFacts,
): OrphanJudgement | undefined {
  const { labels } = resource;
  if (labels[OWNERSHIP_LABELS.installation] === facts.installation) {
    return labelledOrphan(labels, facts);
  }
  const environmentId = clusterOf(resource, facts);
  if (environmentId === undefined) return undefined;
  const environment = facts.environments.get(environmentId);
  if (environment && !isGone(environment, facts)) return undefined;
  const maker = clusterComponent(resource);
  return {
    reason: 'left',
    environmentId,
    maker,
    ...(environment && { environment: environment.name }),
    sentence: environment
      ? `The ${maker} of ${environment.name} made it, and ${environment.name} was removed.`
      : `The ${maker} of an environment made it that the database does not know.`,
  };
}

function labelledOrphan(
  labels: Labels,
  facts: OrphanFacts,
): OrphanJudgement | undefined {
  const environmentId = labels[OWNERSHIP_LABELS.environmentId];
  const named = labels[OWNERSHIP_LABELS.environment];
  const environment =
    environmentId === undefined
      ? undefined
      : facts.environments.get(environmentId);
  if (environment && !isGone(environment, facts)) return undefined;
  if (environment && isRetained(labels)) {
    return {
      reason: 'retained',
      environmentId,
      environment: environment.name,
      sentence: `Its environment ${environment.name} was removed, and it is kept for the data in it.`,
    };
  }
  if (environment) {
    return {
      reason: 'removed',
      environmentId,
      environment: environment.name,
      sentence: `Its environment ${environment.name} was removed.`,
    };
  }
  return {
    reason: 'unknown',
    ...(environmentId && { environmentId }),
    ...(named && { environment: named }),
    sentence: named
      ? `It carries the labels of ${named}, which the database does not know.`
      : 'It carries the label of this portal and names no environment.',
  };
}

/** What was removed while the provider was read may have been read before it went. */
function isGone(
  { removedAt }: KnownEnvironment,
  { lookedAt }: Pick<OrphanFacts, 'lookedAt'>,
): boolean {
  return removedAt !== undefined && removedAt < lookedAt;
}

/** What names an orphan in the API. */
export type OrphanAddress = {
  connection: string;
} & Pick<FoundResource, 'kind' | 'providerId'>;

/** The address as one word: names of connections and kinds have no dots. */
export function orphanId({
  connection,
  kind,
  providerId,
}: OrphanAddress): string {
  return `${connection}.${kind}.${providerId}`;
}
