import type {
  KubernetesClient,
  KubernetesObject,
  NodeObject,
} from '../kubernetes';
import type { CloudServer, Surroundings } from '../Surroundings';
import { pause } from '../wait';
import { cloudChange } from './cloudController';
import type { Components } from './Components';
import { startKwok } from './kwok';
import { registerMetricsServer, startMetricsServer } from './metricsServer';
import { KWOK_LABEL } from './node';
import { KWOK_PORT } from './ports';
import type { ServerFiles } from './serverFiles';

const ROUND_MS = 1_000;

/** A control plane whose API answers. */
export interface ControlPlane {
  surroundings: Surroundings;
  files: ServerFiles;
  components: Components;
  /** May do everything. */
  client: KubernetesClient;
  kubeconfig: string;
  say: (message: string) => void;
}

/** A machine on which k3s runs as a node. */
export interface NodeMachine {
  surroundings: Surroundings;
  /** Name or address of the server that it joined; its own for a control plane. */
  joined: string;
}

const nodePath = (name: string) => `/api/v1/nodes/${encodeURIComponent(name)}`;

/**
 * What belongs to a cluster and to none of its machines: KWOK, which plays the
 * kubelets, metrics-server and the cloud controller. They run with the first
 * control plane that runs, and with the next one when it is lost.
 */
export class Cluster {
  readonly #controlPlanes: ControlPlane[] = [];
  readonly #nodes = new Map<string, NodeMachine>();
  readonly #closing = new AbortController();
  #leading: { controlPlane: ControlPlane; isRegistered: boolean } | undefined;
  readonly #work: Promise<void>;

  constructor() {
    this.#work = this.#run();
  }

  /** Where KWOK listens on this machine; undefined while it does not run. */
  get kwok(): { host: string; port: number } | undefined {
    const address = this.#leading?.controlPlane.surroundings.address;
    return address ? { host: address, port: KWOK_PORT } : undefined;
  }

  get isEmpty(): boolean {
    return this.#controlPlanes.length === 0 && this.#nodes.size === 0;
  }

  addControlPlane(controlPlane: ControlPlane): void {
    this.#controlPlanes.push(controlPlane);
  }

  removeControlPlane(controlPlane: ControlPlane): void {
    const at = this.#controlPlanes.indexOf(controlPlane);
    if (at >= 0) this.#controlPlanes.splice(at, 1);
    // Its programs have ended with it.
    if (this.#leading?.controlPlane === controlPlane) this.#leading = undefined;
  }

  addNode(name: string, machine: NodeMachine): void {
    this.#nodes.set(name, machine);
  }

  removeNode(name: string, machine: NodeMachine): void {
    if (this.#nodes.get(name) === machine) this.#nodes.delete(name);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#work;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const [controlPlane] = this.#controlPlanes;
      if (controlPlane) {
        try {
          await this.#lead(controlPlane);
          await this.#round(controlPlane);
        } catch (error) {
          if (this.#controlPlanes.includes(controlPlane)) {
            controlPlane.say(`the cluster's care: ${(error as Error).message}`);
          }
        }
      }
      await pause(ROUND_MS, signal).catch(() => {});
    }
  }

  async #lead(controlPlane: ControlPlane): Promise<void> {
    const { surroundings, files, kubeconfig, components, client } =
      controlPlane;
    const { address } = surroundings;
    if (this.#leading?.controlPlane !== controlPlane) {
      await startKwok(files, address, kubeconfig, components);
      await startMetricsServer(files, address, kubeconfig, components);
      this.#leading = { controlPlane, isRegistered: false };
    }
    if (this.#leading.isRegistered) return;
    await registerMetricsServer(files, address, client);
    this.#leading.isRegistered = true;
  }

  async #round({ client }: ControlPlane): Promise<void> {
    const nodes = await client.list<NodeObject>('/api/v1/nodes');
    const servers = await this.#serversOf(client);
    for (const node of nodes) {
      const { name, labels = {} } = node.metadata;
      const isKept = labels[KWOK_LABEL] === 'fake';
      if (isKept !== this.#isHeard(name)) {
        await client.patch(nodePath(name), {
          metadata: { labels: { [KWOK_LABEL]: isKept ? null : 'fake' } },
        });
      }
      const change = servers && cloudChange(node, servers);
      if (change?.do === 'delete') {
        await client.send('DELETE', nodePath(name));
      } else if (change) {
        if (change.status) {
          await client.patch(`${nodePath(name)}/status`, change.status);
        }
        await client.patch(nodePath(name), change.node);
      }
    }
  }

  /** True while a node's kubelet runs and reaches the API. */
  #isHeard(name: string): boolean {
    const machine = this.#nodes.get(name);
    return (
      machine !== undefined &&
      this.#controlPlanes.some(({ surroundings }) => {
        if (surroundings.serverId === machine.surroundings.serverId)
          return true;
        // The first contact is by the address that it was told, later ones
        // by those that the control planes tell.
        return [machine.joined, ...surroundings.privateAddresses()].some(
          address => machine.surroundings.route(address) !== undefined,
        );
      })
    );
  }

  /**
   * What the cloud controller sees: it works once the Secret `hcloud` holds a
   * token of the project. Source: hcloud-cloud-controller-manager, docs, quickstart.
   */
  async #serversOf(
    client: KubernetesClient,
  ): Promise<CloudServer[] | undefined> {
    const secret = await client.find<
      KubernetesObject & { data?: Record<string, string> }
    >('/api/v1/namespaces/kube-system/secrets/hcloud');
    const token = Buffer.from(secret?.data?.token ?? '', 'base64').toString();
    const [controlPlane] = this.#controlPlanes;
    return token && controlPlane
      ? controlPlane.surroundings.servers(token)
      : undefined;
  }
}

/** The clusters of a sandbox, by the hash of their server CA. */
export class Clusters {
  readonly #clusters = new Map<string, Cluster>();

  /** The cluster of a CA; it comes to be when it is first asked for. */
  of(caHash: string): Cluster {
    let cluster = this.#clusters.get(caHash);
    if (!cluster) {
      cluster = new Cluster();
      this.#clusters.set(caHash, cluster);
    }
    return cluster;
  }

  /** Forgets a cluster of which nothing runs any more. */
  async release(caHash: string): Promise<void> {
    const cluster = this.#clusters.get(caHash);
    if (!cluster?.isEmpty) return;
    this.#clusters.delete(caHash);
    await cluster.close();
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.#clusters.values()].map(cluster => cluster.close()),
    );
  }
}
