import type { Phrase } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type {
  KubernetesCluster,
  KubernetesObject,
} from '../../clouds/kubernetes';
import { diagnose } from './diagnosis';
import { lackOfNode } from './readiness';
import { waitUntilReady, type Waiting } from './waitUntilReady';

const NODE = { apiVersion: 'v1', kind: 'Node' };

/** Every node of a cluster, by its name, which is its server's. */
export async function nodesByName(
  cluster: KubernetesCluster,
): Promise<Map<string, KubernetesObject>> {
  const nodes = await cluster.list(NODE);
  return new Map(nodes.map(node => [node.metadata.name, node]));
}

/**
 * Waits until these servers are nodes that are ready and have their provider
 * ids: one list for all of them at each look.
 *
 * @throws NotReadyInTimeError, CloudError
 */
export async function waitForNodes(
  cluster: KubernetesCluster,
  servers: readonly string[],
  waiting: Waiting,
): Promise<void> {
  await waitUntilReady(
    'nodes',
    async () => {
      const nodes = await nodesByName(cluster);
      return servers
        .map(name => lackOfNode(name, nodes.get(name)))
        .filter((lack): lack is Phrase => lack !== undefined);
    },
    async lacks => {
      const events = await cluster.list({
        apiVersion: 'v1',
        kind: 'Event',
        fieldSelector: 'involvedObject.kind=Node',
      });
      const ours = events.filter(({ involvedObject }) =>
        servers.includes((involvedObject as { name: string }).name),
      );
      return diagnose(lacks, { pods: [], charts: [], events: ours });
    },
    waiting,
  );
}
