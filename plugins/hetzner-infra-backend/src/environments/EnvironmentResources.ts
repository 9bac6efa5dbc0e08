import {
  blueprint,
  deviationsOf,
  environmentSchema,
  EXISTENCE,
  plan,
  priceOf,
  plannedName,
  type ActualResource,
  type Catalogue,
  type Change,
  type EnvironmentDocument,
  type Plan,
  type PriceBook,
  type Resource,
  type ResourceGraph,
  type ResourceKind,
  type ServerTypeChoices,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Bootstraps } from '../bootstrap/Bootstraps';
import { userDataOf, withUserData } from '../bootstrap/graphUserData';
import type { ConnectionRegistry } from '../connections/ConnectionRegistry';
import type { ProviderFacts } from '../connections/ProviderFacts';
import type { OperationStore } from '../operations/OperationStore';
import type { EnvironmentObserver } from './EnvironmentObserver';
import type { StoredEnvironment } from './EnvironmentStore';
import type { EnvironmentSettings } from './settings';

/** What exists of environments, beside what is wanted. */
export class EnvironmentResources {
  constructor(
    private readonly options: {
      observer: EnvironmentObserver;
      facts: Pick<ProviderFacts, 'catalogue'>;
      registry: Pick<ConnectionRegistry, 'find'>;
      operations: Pick<OperationStore, 'current'>;
      settings: EnvironmentSettings;
      bootstraps: Pick<Bootstraps, 'made'>;
    },
  ) {}

  /**
   * Without drift and without what is missing for a document that was written
   * for another version of the portal: nobody can tell what it wants.
   *
   * @throws CloudError
   */
  async list(
    environment: StoredEnvironment,
  ): Promise<{ items: Resource[]; observedAt: string }> {
    const { observer, facts, registry, operations, settings } = this.options;
    const current = await operations.current([environment.id]);
    const [catalogue, connection] = await Promise.all([
      facts.catalogue(environment.connection),
      registry.find(environment.connection),
    ]);
    const document = environmentSchema.safeParse(environment.document);
    const graph = document.success
      ? await this.#graph(environment, document.data, catalogue)
      : undefined;
    const { resources, observedAt } = await observer.look(
      environment,
      current.get(environment.id),
      graph?.nodes ?? [],
    );
    const changes = graph ? plan(graph, resources) : [];
    return {
      observedAt: observedAt.toISOString(),
      items: [
        ...resources.map(resource =>
          shownResource(resource, {
            changes,
            catalogue,
            priceBook: settings.priceBook,
            projectId: connection?.consoleProjectId,
          }),
        ),
        ...(isAtRest(environment)
          ? changes.flatMap(change => missingResource(environment.name, change))
          : []),
      ],
    };
  }

  async #graph(
    environment: StoredEnvironment,
    document: EnvironmentDocument,
    catalogue: Catalogue,
  ): Promise<ResourceGraph> {
    const { settings, bootstraps } = this.options;
    const { graph } = blueprint(document, {
      catalogue,
      egressCidrs: settings.egressCidrs,
      recordedChoices: environment.choices as ServerTypeChoices,
    });
    const bootstrap = await bootstraps.made(environment.id);
    return bootstrap
      ? withUserData(graph, userDataOf(document, graph, bootstrap))
      : graph;
  }
}

/** Whether nothing is being made or removed, so that what does not exist is missing. */
function isAtRest({ state }: StoredEnvironment): boolean {
  return state === 'ready' || state === 'failed';
}

/** What is wanted and does not exist, in the words of the API. */
function missingResource(
  environment: string,
  { change, kind, key, node }: Change,
): Resource[] {
  return change === 'create' && node
    ? [
        {
          key,
          kind,
          name: plannedName(environment, node),
          state: 'missing',
          drift: ['It does not exist.'],
          deviations: [{ field: EXISTENCE, remedy: 'create' as const }],
          labels: {},
        },
      ]
    : [];
}

/** A resource in the words of the API. Its drift is what a plan would say about it. */
export function shownResource(
  resource: ActualResource,
  context: {
    changes: Plan;
    catalogue: Catalogue;
    priceBook: PriceBook;
    projectId?: string;
  },
): Resource {
  const { kind, key, name, providerId, labels, details, targets, createdAt } =
    resource;
  const change = context.changes.find(
    ({ actual }) => actual?.kind === kind && actual.providerId === providerId,
  );
  const consoleUrl = consoleAddress(kind, providerId, context.projectId);
  return {
    key,
    kind,
    name,
    providerId: String(providerId),
    state: resource.busy ? 'busy' : stateOf(resource),
    details,
    ...(targets && { targets }),
    labels,
    drift: change ? driftOf(change) : [],
    deviations: change ? deviationsOf(change) : [],
    createdAt,
    ...(consoleUrl && { consoleUrl }),
    ...priceTag(resource, context),
  };
}

function stateOf(resource: ActualResource): string {
  if (!resource.owned) {
    return 'not ours';
  }
  if (resource.kind === 'bucket' && resource.state.retained) return 'retained';
  return resource.kind === 'server'
    ? resource.details.Status ?? resource.state.power
    : 'in place';
}

function driftOf(change: Plan[number]): string[] {
  return change.change === 'remove'
    ? [change.reason]
    : change.differences.map(({ words }) => words);
}

/** Nothing for what the catalogue does not price any more. */
function priceTag(
  resource: ActualResource,
  { catalogue, priceBook }: { catalogue: Catalogue; priceBook: PriceBook },
): Pick<Resource, 'monthly' | 'currency'> {
  try {
    const { monthly } = priceOf(resource, catalogue, priceBook);
    return Number(monthly) > 0 ? { monthly, currency: catalogue.currency } : {};
  } catch {
    return {};
  }
}

/** Pages of Hetzner's console whose addresses are known for certain. */
const consolePages: Partial<
  Record<ResourceKind, (id: number | string) => string>
> = {
  server: id => `servers/${id}/overview`,
  firewall: id => `firewalls/${id}/rules`,
};

/** The page of a resource in Hetzner's console; nothing where its address is not known. */
export function consoleAddress(
  kind: ResourceKind,
  providerId: number | string,
  projectId: string | undefined,
): string | undefined {
  const page = consolePages[kind];
  return page && projectId
    ? `https://console.hetzner.com/projects/${projectId}/${page(providerId)}`
    : undefined;
}
