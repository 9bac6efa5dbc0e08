import { NotFoundError } from '@backstage/errors';
import {
  blueprint,
  environmentSchema,
  type Catalogue,
  type Owner,
  type ResourceGraph,
  type ServerTypeChoices,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { HetznerCloud } from '../clouds/hetzner';
import type { EnvironmentStore, StoredEnvironment } from './EnvironmentStore';
import type { EnvironmentBuckets } from '../resources';
import type { Bootstraps } from '../bootstrap/Bootstraps';
import type { LastingMaterial } from '../bootstrap/environmentMaterial';
import {
  userDataOf,
  withUserData,
  type Bootstrap,
  type UserDataByKey,
} from '../bootstrap/graphUserData';
import { SealingError } from '../sealing/Sealer';
import {
  UnbuildableError,
  type DesiredState,
  type DesiredStates,
} from '../operations/DesiredStates';
import type { Aim } from '../operations/operation';

/** What the stored revisions are read with. */
export interface RevisionDesiredStatesOptions {
  installation: string;
  /** Addresses from which the portal reaches clusters, as CIDRs. */
  egressCidrs: string[];
  environments: Pick<EnvironmentStore, 'find' | 'revision'>;
  /** @throws NotFoundError when there is no connection of this name (any more), SealingError when its secret cannot be opened */
  cloud(connection: string): Promise<HetznerCloud>;
  buckets(environmentId: string): EnvironmentBuckets;
  /** May be some minutes old. @throws CloudError */
  catalogue(connection: string): Promise<Catalogue>;
  material(owner: Owner): LastingMaterial;
  bootstraps: Pick<Bootstraps, 'of'>;
}

/** Draws what an environment shall be from its stored revisions. */
export class RevisionDesiredStates implements DesiredStates {
  constructor(private readonly options: RevisionDesiredStatesOptions) {}

  async read(environmentId: string, aim: Aim): Promise<DesiredState> {
    const { installation, material } = this.options;
    const environment = await this.#environment(environmentId);
    const owner: Owner = {
      installation,
      environmentId,
      environment: environment.name,
    };
    const cloud = await this.#cloud(environment);
    const { graph, userData } =
      aim.kind === 'apply'
        ? await this.#drawn(environment, aim.revision, owner)
        : {
            graph: { environment: environment.name, nodes: [] },
            userData: new Map<string, string>(),
          };
    return {
      owner,
      cloud,
      buckets: this.options.buckets(environmentId),
      graph,
      material: {
        ...material(owner),
        async userData(key) {
          const text = userData.get(key);
          if (!text) throw new Error(`There is no server ${key} in the graph.`);
          return text;
        },
      },
    };
  }

  async atRest(environmentId: string) {
    const { state, revision } = await this.#environment(environmentId);
    switch (state) {
      case 'removed':
        return { aim: { kind: 'remove' as const }, revision };
      case 'ready':
        return { aim: { kind: 'apply' as const, revision }, revision };
      default:
        return undefined;
    }
  }

  async hasStood(environmentId: string): Promise<boolean> {
    const { appliedRevision } = await this.#environment(environmentId);
    return appliedRevision !== undefined;
  }

  /** A connection that was removed, or whose secret cannot be opened, does not come back by itself. */
  async #cloud({ name, connection }: StoredEnvironment): Promise<HetznerCloud> {
    try {
      return await this.options.cloud(connection);
    } catch (error) {
      if (error instanceof NotFoundError || error instanceof SealingError) {
        throw new UnbuildableError(
          `The connection ${connection} of ${name} cannot be used: ${error.message}. Add it again on the page Connections, or in the configuration, then retry.`,
        );
      }
      throw error;
    }
  }

  async #environment(id: string): Promise<StoredEnvironment> {
    const environment = await this.options.environments.find(id);
    if (!environment)
      throw new UnbuildableError(`There is no environment ${id}.`);
    return environment;
  }

  /** Keys that cannot be opened do not open by themselves. */
  async #bootstrap(owner: Owner): Promise<Bootstrap> {
    try {
      return await this.options.bootstraps.of(owner);
    } catch (error) {
      if (error instanceof SealingError) {
        throw new UnbuildableError(
          `The cluster keys of ${owner.environment} cannot be opened: ${error.message}`,
        );
      }
      throw error;
    }
  }

  async #drawn(
    environment: StoredEnvironment,
    revision: number,
    owner: Owner,
  ): Promise<{ graph: ResourceGraph; userData: UserDataByKey }> {
    const { environments, catalogue, egressCidrs } = this.options;
    const stored = await environments.revision(environment.id, revision);
    if (!stored) {
      throw new UnbuildableError(
        `${environment.name} has no revision ${revision}.`,
      );
    }
    const document = environmentSchema.safeParse(stored.document);
    if (!document.success) {
      throw new UnbuildableError(
        `Revision ${revision} of ${environment.name} was written for another version of the portal. Send the document again.`,
      );
    }
    const drawn = blueprint(document.data, {
      catalogue: await catalogue(environment.connection),
      egressCidrs,
      recordedChoices: stored.choices as ServerTypeChoices,
    });
    if (drawn.problems.length > 0) {
      throw new UnbuildableError(
        drawn.problems.map(({ message }) => message).join(' '),
      );
    }
    const userData = userDataOf(
      document.data,
      drawn.graph,
      await this.#bootstrap(owner),
    );
    return { graph: withUserData(drawn.graph, userData), userData };
  }
}
