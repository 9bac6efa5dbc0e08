import type {
  ActualResource,
  ResourceGraph,
  ResourceNode,
  ResourceStates,
} from '../graph';
import { effective, type Plan } from '../plan';
import { resourceName } from '../ownership';

let nextId = 1;

/** What a node looks like once it exists exactly as wanted. */
export function actualOf(
  environment: string,
  node: ResourceNode,
  rest: Partial<ActualResource> = {},
): ActualResource {
  nextId += 1;
  return {
    kind: node.kind,
    key: node.key,
    providerId: nextId,
    name: resourceName(environment, node.kind, node.key, 1),
    generation: 1,
    state: node.desired as ResourceStates[typeof node.kind],
    busy: false,
    owned: true,
    createdAt: '2026-11-23T06:00:00.000Z',
    labels: {},
    details: {},
    deleteProtected: false,
    ...rest,
  } as ActualResource;
}

/** Does a plan on paper: what exists afterwards. */
export function applied(
  graph: ResourceGraph,
  actual: ActualResource[],
  changes: Plan,
): ActualResource[] {
  const gone = new Set(
    effective(changes)
      .filter(({ change }) => change === 'remove' || change === 'replace')
      .map(change => change.actual!.providerId),
  );
  const made = effective(changes).filter(({ change }) =>
    ['create', 'replace'].includes(change),
  );
  const changed = new Map(
    effective(changes)
      .filter(({ change }) => change === 'update')
      .map(change => [change.actual!.providerId, change.node!]),
  );
  return [
    ...actual
      .filter(({ providerId }) => !gone.has(providerId))
      .map(resource => {
        const node = changed.get(resource.providerId);
        return node
          ? actualOf(graph.environment, node, {
              providerId: resource.providerId,
              generation: resource.generation,
            } as Partial<ActualResource>)
          : resource;
      }),
    ...made.map(change =>
      actualOf(graph.environment, change.node!, {
        generation: (change.actual?.generation ?? 0) + 1,
      }),
    ),
  ];
}
