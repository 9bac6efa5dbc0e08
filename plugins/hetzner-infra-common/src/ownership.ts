import type { ResourceKind, ResourceNode } from './graph';

const PREFIX = 'infra.xpeditis.com';

/** Label keys that mark a resource as ours. Every resource carries all of them. */
export const OWNERSHIP_LABELS = {
  /** Random id made once per portal database: tells two portals in one project apart. */
  installation: `${PREFIX}/installation`,
  /** Id of the environment; a later environment of the same name has another. */
  environmentId: `${PREFIX}/environment-id`,
  /** Name of the environment, for people who read the provider's console. */
  environment: `${PREFIX}/environment`,
  /** Logical name of the resource, such as `web-2`. */
  key: `${PREFIX}/key`,
  /** Counts the resources that had this key: 1 for the first. */
  generation: `${PREFIX}/generation`,
  /** Id of the operation that created the resource. */
  createdBy: `${PREFIX}/created-by`,
} as const;

/** Labels that only servers carry. */
export const SERVER_LABELS = {
  /** Load balancers find their servers by role and pool. */
  role: `${PREFIX}/role`,
  pool: `${PREFIX}/pool`,
  /** Hash of the user data with which it was made. */
  userData: `${PREFIX}/user-data`,
} as const;

/** Who a resource belongs to. */
export interface Owner {
  installation: string;
  environmentId: string;
  environment: string;
}

/** Labels of a resource, label key to value. */
export type Labels = Record<string, string>;

/** The labels with which a resource is created. */
export function ownershipLabels(
  owner: Owner,
  resource: { key: string; generation: number; operationId: string },
): Labels {
  return {
    [OWNERSHIP_LABELS.installation]: owner.installation,
    [OWNERSHIP_LABELS.environmentId]: owner.environmentId,
    [OWNERSHIP_LABELS.environment]: owner.environment,
    [OWNERSHIP_LABELS.key]: resource.key,
    [OWNERSHIP_LABELS.generation]: String(resource.generation),
    [OWNERSHIP_LABELS.createdBy]: resource.operationId,
  };
}

/** Label selector that finds exactly the resources of one environment of one installation. */
export function ownershipSelector(
  owner: Pick<Owner, 'installation' | 'environmentId'>,
): string {
  return [
    `${OWNERSHIP_LABELS.installation}=${owner.installation}`,
    `${OWNERSHIP_LABELS.environmentId}=${owner.environmentId}`,
  ].join(',');
}

/** Whether the labels say that the resource belongs to this environment of this installation. */
export function isOwnedBy(
  labels: Labels,
  owner: Pick<Owner, 'installation' | 'environmentId'>,
): boolean {
  return (
    labels[OWNERSHIP_LABELS.installation] === owner.installation &&
    labels[OWNERSHIP_LABELS.environmentId] === owner.environmentId
  );
}

/** Kinds whose successor stands beside them for a while, so that both need a name of their own. */
const NAMED_BY_GENERATION: ReadonlySet<ResourceKind> = new Set([
  'server',
  'certificate',
  'ssh-key',
]);

/**
 * Name of a resource at the provider. Deterministic, so that a create that is
 * sent twice collides instead of making a twin. At most 63 characters, because
 * a server's name is a host name.
 */
export function resourceName(
  environment: string,
  kind: ResourceKind,
  key: string,
  generation: number,
): string {
  const name = `${environment}-${key}`;
  return NAMED_BY_GENERATION.has(kind) ? `${name}-g${generation}` : name;
}

/** Name that a wanted resource gets at the provider when it is made for the first time. A bucket is named by the document. */
export function plannedName(
  environment: string,
  node: Pick<ResourceNode, 'kind' | 'key' | 'desired'>,
): string {
  return node.kind === 'bucket'
    ? (node as ResourceNode<'bucket'>).desired.bucket
    : resourceName(environment, node.kind, node.key, 1);
}
