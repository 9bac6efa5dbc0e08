import { ConflictError, InputError } from '@backstage/errors';
import {
  parseEnvironmentDocument,
  type Owner,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Knex } from 'knex';
import type { ConnectionRegistry } from '../connections/ConnectionRegistry';
import type { ConnectionStore } from '../connections/ConnectionStore';
import { admit, ownerOf } from '../environments/admit';
import type { Appraiser } from '../environments/Appraiser';
import type { Caller } from '../environments/Caller';
import type {
  EnvironmentStore,
  StoredDocument,
  StoredEnvironment,
} from '../environments/EnvironmentStore';
import type { EnvironmentSettings } from '../environments/settings';
import { InvalidInputError } from '../InvalidInputError';
import type { EnvironmentBuckets, observe } from '../resources';
import { adoptedDocument } from './adoptedDocument';
import { isAdoptable, type OrphanInventory } from './OrphanInventory';

type Dependencies = {
  knex: Knex;
  installation: string;
  inventory: Pick<OrphanInventory, 'read' | 'list' | 'forget'>;
  environments: Pick<EnvironmentStore, 'create' | 'find' | 'findByName'>;
  connections: Pick<ConnectionStore, 'hold'>;
  registry: Pick<ConnectionRegistry, 'find' | 'hetzner'>;
  appraiser: Appraiser;
  observe: typeof observe;
  buckets: (environmentId: string) => EnvironmentBuckets;
  settings: EnvironmentSettings;
  now: () => Date;
};

/** Makes environments again that the database does not know, from what stands. */
export class Adoptions {
  constructor(private readonly dependencies: Dependencies) {}

  /**
   * Stores an environment under the id that its resources carry, with a
   * document that describes them. Changes nothing at the provider.
   *
   * @throws NotFoundError, InputError, NotYoursError, ConflictError, CloudError
   */
  async adopt(
    id: string,
    { environment: name, owner }: { environment: string; owner: string },
    caller: Caller,
  ): Promise<StoredEnvironment> {
    const { inventory, environments, registry, now } = this.dependencies;
    const { judgement, connection: connectionName } = await inventory.read(id);
    if (!isAdoptable(judgement)) {
      throw new ConflictError(
        `It cannot be adopted. ${judgement.sentence} Remove it, or leave it.`,
      );
    }
    if (judgement.environment !== name) {
      throw new InputError(
        `Its labels say ${judgement.environment}, not ${name}. Nothing was adopted.`,
      );
    }
    if (await environments.findByName(name)) {
      throw new ConflictError(
        `Another environment named ${name} exists. Remove or finish that one first: two environments cannot have one name.`,
      );
    }
    const connection = await registry.find(connectionName);
    const adopted = await this.#describe(
      {
        installation: this.dependencies.installation,
        environmentId: judgement.environmentId!,
        environment: name,
      },
      { owner, connection: connectionName },
    );
    admit(adopted.document, caller, connection);
    const { blueprint, quote } = await this.dependencies.appraiser.appraise(
      adopted.document,
      connection,
      { look: async () => adopted.resources, choices: adopted.choices },
    );
    await this.dependencies.knex.transaction(async tx => {
      if (
        connection.origin === 'api' &&
        !(await this.dependencies.connections.hold(connection.name, tx))
      ) {
        throw new ConflictError(
          `The connection ${connection.name} was deleted meanwhile.`,
        );
      }
      await environments.create(
        {
          id: judgement.environmentId,
          name,
          connection: connection.name,
          location: adopted.document.spec.location,
          owner: ownerOf(adopted.document),
          document: adopted.document as unknown as StoredDocument,
          choices: blueprint.choices,
          monthly: quote.totals,
          by: caller.ref,
        },
        now(),
        tx,
      );
      // It stands: what differs from its description is drift, not a creation.
      await tx('environments')
        .where('id', judgement.environmentId)
        .update({ state: 'ready', applied_revision: 1 });
    });
    const { bucket } = adopted;
    if (bucket) {
      const own = this.dependencies.buckets(judgement.environmentId!);
      await own.claim(bucket.connection, bucket.name);
      await own.made(bucket.connection, bucket.name);
    }
    inventory.forget();
    return (await environments.find(judgement.environmentId!))!;
  }

  async #describe(
    owner: Owner,
    { owner: group, connection }: { owner: string; connection: string },
  ) {
    const {
      registry,
      observe: look,
      buckets,
      inventory,
      settings,
    } = this.dependencies;
    const cloud = await registry.hetzner(connection);
    const resources = await look({
      cloud: cloud.scoped({ priority: 'interactive' }),
      buckets: buckets(owner.environmentId),
      owner,
    });
    const { items } = await inventory.list({ fresh: true });
    const bucket = items.find(
      ({ kind, environmentId }) =>
        kind === 'bucket' && environmentId === owner.environmentId,
    );
    const { document, choices } = adoptedDocument(resources, {
      name: owner.environment,
      owner: group,
      connection,
      egressCidrs: settings.egressCidrs,
      ...(bucket && { bucket }),
    });
    const parsed = parseEnvironmentDocument(document);
    if ('problems' in parsed) {
      throw new InvalidInputError(
        `Too little is left of ${
          owner.environment
        } to tell what it was. ${parsed.problems
          .map(({ path, message }) => `${path}: ${message}`)
          .join(' ')} Remove what is left, and create it again.`,
        parsed.problems,
      );
    }
    return { document: parsed.environment, choices, resources, bucket };
  }
}
