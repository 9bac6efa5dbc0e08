import { createServer, connect, Server } from 'node:net';
import { once } from 'node:events';
import { KubernetesClient, KubernetesError, NodeObject } from '../kubernetes';
import type { Surroundings } from '../Surroundings';
import { requestCertificate } from './certificates';
import type { Cluster } from './Cluster';
import type { K3sConfig } from './config';
import type { JoinedServer } from './joining';
import { nodeNameOf, nodeObject, reregistration } from './node';
import { KUBELET_PORT } from './ports';

/**
 * Registers a machine as a node, with a certificate that the server issues for
 * it, as a kubelet does.
 *
 * @throws JoinRefusedError when the token is not accepted
 * @throws Error when the API does not answer, or refuses the node
 */
export async function registerNode(
  server: JoinedServer,
  config: K3sConfig,
  surroundings: Surroundings,
  version: string,
): Promise<void> {
  const name = nodeNameOf(config, surroundings);
  const { key, request } = await requestCertificate();
  const certificate = await server.call('client-kubelet.crt', {
    method: 'POST',
    headers: { 'k3s-node-name': name },
    body: request,
  });
  const client = new KubernetesClient({
    host: server.host,
    port: server.port,
    name: new URL(server.url).hostname,
    ca: server.ca,
    certificate,
    key,
  });
  const node = nodeObject(config, surroundings, version);
  try {
    await client.send('POST', '/api/v1/nodes', node);
  } catch (error) {
    if (!(error instanceof KubernetesError) || error.status !== 409)
      throw error;
    const path = `/api/v1/nodes/${name}`;
    await client.patch(path, reregistration(node));
    const { capacity, allocatable, nodeInfo } = node.status;
    await client.patch(`${path}/status`, {
      status: { capacity, allocatable, nodeInfo } satisfies Partial<
        NodeObject['status']
      >,
    });
  } finally {
    client.close();
  }
}

/**
 * Listens where the kubelet of a machine would, and leads to KWOK, which knows
 * by the request's path which node is meant.
 */
export async function listenAsKubelet(
  address: string,
  cluster: Cluster,
): Promise<{ close(): Promise<void> }> {
  const sockets = new Set<{ destroy(): void }>();
  const server: Server = createServer(incoming => {
    const kwok = cluster.kwok;
    if (!kwok) {
      incoming.destroy();
      return;
    }
    const outgoing = connect(kwok);
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  server.listen(KUBELET_PORT, address);
  await once(server, 'listening');
  return {
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
