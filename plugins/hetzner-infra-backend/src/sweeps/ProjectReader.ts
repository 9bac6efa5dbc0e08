import {
  OWNERSHIP_LABELS,
  type Catalogue,
  type Money,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerCodes, isCode, type HetznerCloud } from '../clouds/hetzner';
import {
  ORPHAN_KINDS,
  rulesOf,
  type OrphanKind,
  type OrphanKindRules,
} from './orphanKinds';
import type { FoundResource } from './orphan';

/** A resource with what its provider says about it beyond whose it is. */
export type ProjectResource = FoundResource & {
  isProtected: boolean;
  /** Why it cannot be removed yet, in words. */
  obstacle?: string;
  /** Net; absent for what costs nothing or has no price any more. */
  monthly?: Money;
};

/** What of a project may be this portal's. */
export type ProjectLook = {
  resources: ProjectResource[];
  /** Environment ids by the id of networks that carry the installation's labels. */
  networks: Map<number, string>;
};

type Item = Parameters<OrphanKindRules['isProtected']>[0];

/** Reads of one project what may be this portal's, and nothing else. */
export class ProjectReader {
  constructor(
    private readonly options: {
      cloud: HetznerCloud;
      installation: string;
      catalogue: Catalogue;
    },
  ) {}

  /** Everything with the installation's label, and what clusters made. @throws CloudError */
  async look(): Promise<ProjectLook> {
    const items = new Map(
      await Promise.all(
        ORPHAN_KINDS.map(
          async kind => [kind, await this.#itemsOf(kind)] as const,
        ),
      ),
    );
    const serverNetworks = await this.#networksOfServers(
      items.get('server')!,
      items.get('volume')!,
    );
    return {
      networks: this.#ownNetworks(items.get('network')!),
      resources: ORPHAN_KINDS.flatMap(kind =>
        items
          .get(kind)!
          .map(item => this.#describe(kind, item, serverNetworks)),
      ),
    };
  }

  /** One resource as it is now; undefined when it is gone. @throws CloudError */
  async read(
    kind: OrphanKind,
    id: number,
  ): Promise<
    { resource: ProjectResource; networks: ProjectLook['networks'] } | undefined
  > {
    const item = await this.#one(kind, id);
    if (!item) return undefined;
    const serverNetworks = await this.#networksOfServers(
      [],
      kind === 'volume' ? [item] : [],
    );
    const resource = this.#describe(kind, item, serverNetworks);
    const networks = await Promise.all(
      resource.networks.map(network => this.#one('network', network)),
    );
    return {
      resource,
      networks: this.#ownNetworks(networks.flatMap(found => found ?? [])),
    };
  }

  async #one(kind: OrphanKind, id: number): Promise<Item | undefined> {
    try {
      return await rulesOf(kind).read(this.options.cloud, id);
    } catch (error) {
      if (isCode(error, hetznerCodes.notFound)) return undefined;
      throw error;
    }
  }

  async #itemsOf(kind: OrphanKind): Promise<Item[]> {
    const { cloud, installation } = this.options;
    const { path, clusterSelector } = rulesOf(kind);
    const selectors = [
      `${OWNERSHIP_LABELS.installation}=${installation}`,
      ...(clusterSelector ? [clusterSelector] : []),
    ];
    const lists = await Promise.all(
      selectors.map(selector =>
        cloud.listAll(path, { label_selector: selector }),
      ),
    );
    // The servers of an autoscaler carry both.
    const byId = new Map(
      (lists.flat() as Item[]).map(item => [item.id, item] as const),
    );
    return [...byId.values()];
  }

  /** A volume is where its server is, and that may be a server without any label of ours. */
  async #networksOfServers(
    servers: readonly Item[],
    volumes: readonly Item[],
  ): Promise<Map<number, number[]>> {
    const known = new Map(servers.map(server => [server.id, server]));
    const needed = new Set(volumes.flatMap(attachedServer));
    const others = await Promise.all(
      [...needed]
        .filter(id => !known.has(id))
        .map(id => this.#one('server', id)),
    );
    return new Map(
      [...known.values(), ...others.flatMap(found => found ?? [])].map(
        server => [server.id, rulesOf('server').networks!(server)],
      ),
    );
  }

  #ownNetworks(networks: readonly Item[]): Map<number, string> {
    const { installation } = this.options;
    return new Map(
      networks.flatMap(({ id, labels = {} }) => {
        const environmentId = labels[OWNERSHIP_LABELS.environmentId];
        return labels[OWNERSHIP_LABELS.installation] === installation &&
          environmentId !== undefined
          ? [[id, environmentId] as const]
          : [];
      }),
    );
  }

  #describe(
    kind: OrphanKind,
    item: Item,
    serverNetworks: ReadonlyMap<number, number[]>,
  ): ProjectResource {
    const rules = rulesOf(kind);
    const obstacle = rules.obstacle?.(item);
    const monthly = this.#monthly(rules, item);
    return {
      kind,
      providerId: item.id,
      name: item.name,
      labels: item.labels ?? {},
      createdAt: item.created,
      networks:
        kind === 'volume'
          ? attachedServer(item).flatMap(id => serverNetworks.get(id) ?? [])
          : rules.networks?.(item) ?? [],
      isProtected: rules.isProtected(item),
      ...(obstacle && { obstacle }),
      ...(monthly && { monthly }),
    };
  }

  #monthly(rules: OrphanKindRules, item: Item): Money | undefined {
    try {
      const price = rules.monthly?.(item, this.options.catalogue);
      return price !== undefined && Number(price) > 0 ? price : undefined;
    } catch {
      // The only error is the catalogue's lack of a price.
      return undefined;
    }
  }
}

function attachedServer(volume: object): number[] {
  const { server } = volume as { server: number | null };
  return server === null ? [] : [server];
}
