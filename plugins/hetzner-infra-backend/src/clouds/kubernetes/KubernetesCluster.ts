import type { CallScope } from '../hetzner';

/** An object of a cluster, as its API spells it. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    generation?: number;
    /** ISO 8601. */
    creationTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [field: string]: unknown;
}

/** What names one object. */
export interface ObjectReference {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

/** Which objects of a kind are meant. Without a namespace, those of all. */
export interface ObjectQuery {
  apiVersion: string;
  kind: string;
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

/** What holds for all calls of one scope, as at the other clouds. Scopes nest. */
export type KubernetesScope = Pick<
  CallScope,
  'beforeCall' | 'onCall' | 'signal'
>;

/** The field manager of all that the portal writes into a cluster. */
export const FIELD_MANAGER = 'xpeditis-hetzner-infra';

/**
 * One cluster. Each call goes to the first control plane that answers, has a
 * deadline, and is repeated after what passes: all of them may be sent twice.
 * Whatever fails for good is a CloudError, except what `beforeCall` throws.
 */
export interface KubernetesCluster {
  /** @throws CloudError `NotReady`, with the checks that fail, when it answers and is not ready. */
  ready(): Promise<void>;

  /** The object; undefined when it does not exist, or the cluster knows no such kind. */
  get(reference: ObjectReference): Promise<KubernetesObject | undefined>;

  /** All objects that the query means; none of a kind that the cluster does not know. */
  list(query: ObjectQuery): Promise<KubernetesObject[]>;

  /**
   * Server-side apply under {@link FIELD_MANAGER}: what it names becomes so,
   * and what it named before and does not name now goes. Fields of other
   * managers stay; a field that it names is taken over.
   *
   * @returns the object as it then stands, or would stand with `dryRun`
   */
  apply(
    object: KubernetesObject,
    options?: { dryRun?: boolean },
  ): Promise<KubernetesObject>;

  /** Deletes an object and what belongs to it; one that is gone is no error. Does not wait until it is gone. */
  delete(reference: ObjectReference): Promise<void>;

  /** The same connection under further rules. */
  scoped(scope: KubernetesScope): KubernetesCluster;
}

/** What opened the connection also closes it. */
export interface KubernetesConnection extends KubernetesCluster {
  /** Closes its sockets. Calls under way fail. */
  close(): void;
}
