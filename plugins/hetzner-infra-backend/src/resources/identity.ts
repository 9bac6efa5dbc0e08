import {
  isOwnedBy,
  OWNERSHIP_LABELS,
  ownershipLabels,
  resourceName,
  type ActualResource,
  type Labels,
  type Owner,
  type ResourceKind,
  type ResourceNode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { ChangeContext } from './ResourceDriver';

/** What every resource of the provider has. */
export interface Labelled {
  id: number;
  name: string;
  /** RFC 3339. */
  created: string;
  labels?: Labels;
}

/** The part of a description that labels and name tell. */
export type Identity = Pick<
  ActualResource,
  'key' | 'name' | 'generation' | 'owned' | 'createdAt' | 'labels'
> & { providerId: number };

/** Reads whose a resource is and what it is in the graph. Without a key label it is `unknown:<id>`. */
export function identityOf(
  { id, name, created, labels = {} }: Labelled,
  owner: Owner,
): Identity {
  const generation = Number(labels[OWNERSHIP_LABELS.generation]);
  return {
    key: labels[OWNERSHIP_LABELS.key] ?? `unknown:${id}`,
    providerId: id,
    name,
    generation: Number.isInteger(generation) ? generation : 1,
    owned: isOwnedBy(labels, owner),
    createdAt: created,
    labels,
  };
}

/** Name and labels with which a resource is created. */
export function newIdentity(
  { kind, key }: Pick<ResourceNode, 'kind' | 'key'>,
  {
    owner,
    operationId,
    generation,
  }: Pick<ChangeContext, 'owner' | 'operationId' | 'generation'>,
): { name: string; labels: Labels } {
  return {
    name: resourceName(owner.environment, kind, key, generation),
    labels: ownershipLabels(owner, { key, generation, operationId }),
  };
}

/**
 * Refuses to touch what does not carry our labels.
 *
 * @throws Error
 */
export function requireOwned(
  resource: Pick<ActualResource<ResourceKind>, 'kind' | 'name' | 'owned'>,
): void {
  if (!resource.owned) {
    throw new Error(
      `${resource.kind} ${resource.name} does not belong to this environment; it is used and never removed.`,
    );
  }
}
