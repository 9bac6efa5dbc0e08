import type {
  ActualResource,
  Difference,
  Owner,
  Phrase,
  ProviderId,
  ResourceKind,
  ResourceNode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { EnvironmentMaterial } from '../bootstrap/environmentMaterial';
import type { HetznerCloud } from '../clouds/hetzner';
import type { EnvironmentBuckets } from './EnvironmentBuckets';

/** What has a key in the graph and exists, so that others can refer to it. */
export interface KnownResources {
  /**
   * The provider's id of the resource with this key.
   * @throws Error when it does not exist: the plan did not wait for a need.
   */
  idOf<K extends ResourceKind>(kind: K, key: string): ProviderId<K>;
}

/** What a driver works with while it reads an environment. */
export interface ReadContext {
  cloud: HetznerCloud;
  /** What of the environment is in object storage, at another provider's account. */
  buckets: EnvironmentBuckets;
  owner: Owner;
  /**
   * What the environment shall consist of, so that what it uses and does not
   * own (an SSH key that somebody else uploaded) is recognised. Absent for a
   * removal, which must not see such things.
   */
  wanted?: readonly ResourceNode[];
}

/** What a driver works with while it makes one change. */
export interface ChangeContext extends ReadContext {
  operationId: string;
  /** Generation of the resource that a create makes. */
  generation: number;
  known: KnownResources;
  material: EnvironmentMaterial;
  signal: AbortSignal;
  /** Names of buckets that may go with the data in them. */
  withData: readonly string[];
  /** Percentage of the change that is done. */
  onProgress(percent: number): void;
  /** Adds a line to the step's events: what was done. */
  log(note: Phrase): void;
}

/** What a driver works with while it removes. */
export type RemoveContext = Omit<
  ChangeContext,
  'generation' | 'material' | 'known'
>;

/**
 * All that is known about one kind of resource at the provider. Drivers know
 * nothing of each other; what they refer to comes by key through the context.
 *
 * `create`, `update` and `remove` end when the provider has done its part, and
 * may be called again after they were cut off at any instruction: they find
 * what is there and go on from it. How it stands then is for the next
 * observation to tell, which the loop makes anyway.
 */
export interface ResourceDriver<K extends ResourceKind = ResourceKind> {
  readonly kind: K;

  /**
   * Reads everything of this kind that carries the environment's ownership
   * labels, with one list call. The lists of all kinds are read at once; what
   * they show is described when the kinds before are known.
   * @throws CloudError
   */
  observe(context: ReadContext): Promise<Describe<K>>;

  /**
   * Returns what others refer to it by.
   * @throws CloudError
   */
  create(
    node: ResourceNode<K>,
    context: ChangeContext,
  ): Promise<{ providerId: ProviderId<K> }>;

  /**
   * Puts the differences right whose remedy is `update`, and waits for what the
   * provider still does on a busy resource.
   * @throws CloudError
   */
  update(
    node: ResourceNode<K>,
    actual: ActualResource<K>,
    differences: Difference[],
    context: ChangeContext,
  ): Promise<void>;

  /**
   * Removes it, lifting its protection first. What is gone already is no error.
   * Never touches what is not owned.
   * @throws CloudError
   */
  remove(actual: ActualResource<K>, context: RemoveContext): Promise<void>;
}

/** Describes what a list call showed in the words of the graph. References become keys. */
export type Describe<K extends ResourceKind> = (
  others: ObservedIds,
) => ActualResource<K>[];

/** Keys of other resources by kind and provider id. */
export interface ObservedIds {
  /**
   * The key of the resource; `superseded:<id>` when another generation of it is
   * the one to refer to, `foreign:<id>` when it is not of this environment.
   */
  keyOf(kind: ResourceKind, providerId: ProviderId): string;
}
