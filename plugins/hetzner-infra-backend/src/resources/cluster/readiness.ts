import {
  phrase,
  type Phrase,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Sign } from '../../bootstrap/addons/Addon';
import type { KubernetesObject } from '../../clouds/kubernetes';
import { because } from './because';

/** A condition as Kubernetes writes it (Kubernetes API conventions, "Typical status properties"). */
interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

/** Name of an object as people read it: `kube-system/traefik`. */
export const nameOf = ({
  metadata: { namespace, name },
}: Pick<KubernetesObject, 'metadata'>) =>
  namespace ? `${namespace}/${name}` : name;

/** The condition of this type, if the object has one. */
export function conditionOf(
  { status }: KubernetesObject,
  type: string,
): Condition | undefined {
  const { conditions = [] } = (status ?? {}) as { conditions?: Condition[] };
  return conditions.find(condition => condition.type === type);
}

/** Why a condition does not hold, in the words of whoever set it. */
export const reasonOf = (condition: Condition | undefined) =>
  condition?.message || condition?.reason || '';

interface Replicas {
  wanted: number;
  /** Of the newest version. */
  updated: number;
  available: number;
}

/** How many pods a workload wants and has; a daemon set counts its nodes. */
function replicasOf({ kind, spec, status }: KubernetesObject): Replicas {
  const counts = (status ?? {}) as Record<string, number | undefined>;
  if (kind === 'DaemonSet') {
    return {
      wanted: counts.desiredNumberScheduled ?? 0,
      updated: counts.updatedNumberScheduled ?? 0,
      available: counts.numberAvailable ?? 0,
    };
  }
  return {
    wanted: (spec as { replicas?: number } | undefined)?.replicas ?? 1,
    updated: counts.updatedReplicas ?? 0,
    available: counts.availableReplicas ?? 0,
  };
}

function lackOfReplicas(object: KubernetesObject): Phrase | undefined {
  const { kind, metadata } = object;
  const name = nameOf(object);
  const { observedGeneration = 0 } = (object.status ?? {}) as {
    observedGeneration?: number;
  };
  if (observedGeneration < (metadata.generation ?? 0)) {
    return phrase(
      'cluster-not-seen',
      { object: kind, name },
      `${kind} ${name} was not looked at by its controller yet.`,
    );
  }
  const { wanted, updated, available } = replicasOf(object);
  const has = Math.min(updated, available);
  return has < wanted
    ? phrase(
        'cluster-unavailable',
        { object: kind, name, available: has, wanted },
        `${kind} ${name} has ${has} of ${wanted} pods available.`,
      )
    : undefined;
}

/**
 * What is missing for an add-on to work, by one of its signs; nothing when the
 * sign is there. A daemon set that no node takes is complete.
 */
export function lackOf(
  sign: Sign,
  object: KubernetesObject | undefined,
): Phrase | undefined {
  const { kind } = sign;
  const name = nameOf(sign);
  if (!object) {
    return phrase(
      'cluster-missing',
      { object: kind, name },
      `${kind} ${name} is not there.`,
    );
  }
  if (sign.when === 'available') return lackOfReplicas(object);
  if (sign.when === 'exists') return undefined;
  const ready = conditionOf(object, 'Ready');
  if (ready?.status === 'True') return undefined;
  return because(
    'cluster-not-ready',
    { object: kind, name },
    `${kind} ${name} is not ready`,
    reasonOf(ready),
  );
}

/** What is missing for a server to be a node that takes pods; nothing when it is one. */
export function lackOfNode(
  name: string,
  node: KubernetesObject | undefined,
): Phrase | undefined {
  if (!node) {
    return phrase(
      'node-missing',
      { name },
      `Server ${name} did not join the cluster.`,
    );
  }
  const ready = conditionOf(node, 'Ready');
  if (ready?.status !== 'True') {
    return because(
      'node-not-ready',
      { name },
      `Node ${name} is not ready`,
      reasonOf(ready),
    );
  }
  const { providerID } = (node.spec ?? {}) as { providerID?: string };
  return providerID
    ? undefined
    : phrase(
        'node-without-id',
        { name },
        `Node ${name} has no provider id: the cloud controller manager did not take it up.`,
      );
}
