import type {
  KubernetesCluster,
  KubernetesObject,
} from '../../clouds/kubernetes';
import { clusterAutoscaler } from '../../bootstrap/addons/clusterAutoscaler';
import { KUBE_SYSTEM } from '../../bootstrap/addons/objects';

const isBalanced = ({ spec }: KubernetesObject) =>
  (spec as { type?: string } | undefined)?.type === 'LoadBalancer';

/**
 * Stops what buys things at the provider, so that a removal is not overtaken:
 * the autoscaler goes, and so do Services of type LoadBalancer, whose load
 * balancers the cloud controller manager then deletes. Claims stay: their volumes
 * are for the removal to keep or delete. May be called again.
 *
 * @returns how many Services still have a load balancer
 * @throws CloudError
 */
export async function stopMakers(cluster: KubernetesCluster): Promise<number> {
  // Its chart would bring it back.
  for (const [apiVersion, kind] of [
    ['helm.cattle.io/v1', 'HelmChart'],
    ['apps/v1', 'Deployment'],
  ]) {
    await cluster.delete({
      apiVersion,
      kind,
      metadata: { name: clusterAutoscaler.name, namespace: KUBE_SYSTEM },
    });
  }
  const services = await cluster.list({ apiVersion: 'v1', kind: 'Service' });
  const balanced = services.filter(isBalanced);
  for (const service of balanced) await cluster.delete(service);
  return balanced.length;
}
