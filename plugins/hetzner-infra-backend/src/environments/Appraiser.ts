import {
  blueprint,
  changesInPlace,
  hasRoomFor,
  plan,
  quote,
  type ActualResource,
  type Blueprint,
  type EnvironmentDocument,
  type Plan,
  type Quote,
  type ResourceNode,
  type ServerTypeChoices,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { HetznerAccount } from '../connections/connection';
import type { ProviderFacts } from '../connections/ProviderFacts';
import { InvalidInputError } from '../InvalidInputError';
import { connectionWarnings, refuseConnection } from './refusals';
import type { EnvironmentSettings } from './settings';

/** What a document amounts to today, with this provider. */
export type Appraisal = {
  blueprint: Blueprint;
  plan: Plan;
  quote: Quote;
  /** Whether the project has no room for servers beside the ones they replace. */
  inPlace: boolean;
  /** The provider's. */
  currency: string;
};

/** Draws, plans and prices documents with what the provider tells. Changes nothing. */
export class Appraiser {
  constructor(
    private readonly options: {
      facts: Pick<ProviderFacts, 'catalogue' | 'usage'>;
      settings: EnvironmentSettings;
    },
  ) {}

  /**
   * @param standing - for a change: how to look at what exists, given what is
   *   wanted, and which choices were made
   * @param forOrder - for what is about to be ordered: by what is in stock now
   * @throws InvalidInputError when it cannot be built, with every reason
   * @throws BlockedError when a refused token cannot even read what there is to buy
   * @throws CloudError
   */
  async appraise(
    environment: EnvironmentDocument,
    connection: HetznerAccount,
    standing: {
      look: (wanted: readonly ResourceNode[]) => Promise<ActualResource[]>;
      choices: ServerTypeChoices;
    } = { look: async () => [], choices: {} },
    { forOrder = false }: { forOrder?: boolean } = {},
  ): Promise<Appraisal> {
    const { facts, settings } = this.options;
    const [catalogue, used] = await Promise.all([
      facts.catalogue(connection.name, { forOrder }),
      facts.usage(connection.name),
    ]).catch(error => {
      refuseConnection(connection, error);
      throw error;
    });
    const drawn = blueprint(environment, {
      catalogue,
      egressCidrs: settings.egressCidrs,
      recordedChoices: standing.choices,
    });
    if (drawn.problems.length > 0) {
      throw new InvalidInputError(
        `${
          environment.metadata.name
        } cannot be built like this. ${drawn.problems
          .map(({ message }) => message)
          .join(' ')}`,
        drawn.problems,
      );
    }
    const actual = await standing.look(drawn.graph.nodes);
    const quota = { used, limits: connection.limits ?? {} };
    const servers = actual.filter(({ kind }) => kind === 'server');
    const roomy = plan(drawn.graph, actual);
    const hasRoom = hasRoomFor(roomy, {
      ...quota,
      // What was counted half a minute ago may lack what this environment has now.
      used: { ...used, servers: Math.max(used.servers ?? 0, servers.length) },
    });
    const changes = hasRoom ? roomy : plan(drawn.graph, actual, { hasRoom });
    const obstacles = changesInPlace(environment, changes, catalogue);
    if (obstacles.length > 0) {
      throw new InvalidInputError(
        obstacles.map(({ message }) => message).join(' '),
        obstacles,
      );
    }
    const priced = quote({
      environment,
      blueprint: drawn,
      plan: changes,
      catalogue,
      priceBook: settings.priceBook,
      quota,
    });
    return {
      blueprint: drawn,
      plan: changes,
      inPlace: !hasRoom,
      quote: {
        ...priced,
        warnings: [...connectionWarnings(connection), ...priced.warnings],
      },
      currency: catalogue.currency,
    };
  }
}
