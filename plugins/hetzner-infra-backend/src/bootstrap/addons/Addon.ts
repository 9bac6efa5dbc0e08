import type {
  EnvironmentDocument,
  Owner,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type {
  KubernetesObject,
  ObjectReference,
} from '../../clouds/kubernetes';

/** What opens the environment's bucket. */
export interface BucketAccess {
  /** Host of the S3 API, without a scheme. */
  host: string;
  region: string;
  bucket: string;
  accessKey: string;
  secretKey: string;
}

/** What add-ons are made from beside their pinned versions. */
export interface AddonContext {
  environment: EnvironmentDocument;
  owner: Owner;
  /** Server type of each pool, as it was chosen. */
  serverTypes: Readonly<Record<string, string>>;
  /** Token of the Hetzner project that belongs to the cluster's own components. */
  hetznerToken: string;
  /** Id or name of the key that servers are created with. */
  sshKey: string;
  /** Private address of the load balancer. */
  loadBalancerAddress: string;
  /** User data of a worker of this pool; it opens no more than a worker's place. */
  workerUserData(pool: string): string;
  /** Password of Grafana's administrator. */
  grafanaPassword: string;
  /** Where Alertmanager sends alerts; nowhere when absent. */
  alertWebhook?: string;
  /** Whom Let's Encrypt writes to; nobody when absent. */
  acmeEmail?: string;
  /** Absent while the environment has no bucket. */
  bucket?: BucketAccess;
}

/** By what is seen that a part of an add-on works. */
export type ReadyWhen =
  /** Its replicas are available, of the newest generation. */
  | 'available'
  /** Its condition `Ready` is true. */
  | 'ready'
  /** It is there. */
  | 'exists';

/** An object by which is seen that an add-on works. */
export interface Sign extends ObjectReference {
  when: ReadyWhen;
}

/**
 * What is installed into every cluster, as data. Files of this folder hold one
 * each: what is applied in which order, what has to be there before, and how it
 * is seen that it works.
 */
export interface Addon {
  /** Key of its node in the graph. */
  name: string;
  /** The chart's version or the image's. */
  version: string;
  /** Add-ons that must work before. */
  needs: readonly string[];
  /** Whether the document asks for it. */
  isWanted(environment: EnvironmentDocument): boolean;
  /** In the order in which they are applied. */
  objects(context: AddonContext): KubernetesObject[];
  signs(context: Pick<AddonContext, 'environment'>): Sign[];
}
