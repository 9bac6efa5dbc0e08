import {
  deviationOf,
  differences,
  EXISTENCE,
  type Difference,
} from './differences';
import {
  KIND_NEEDS,
  RESOURCE_KINDS,
  type ActualResource,
  type ResourceGraph,
  type ResourceKind,
  type ResourceNode,
} from './graph';
import { inEnglish, phrase } from './phrase';
import { newBeforeOld, oneAtATime, withSuccessor } from './rolling';
import type {
  ChangeSubject,
  ChangeType,
  Deviation,
} from './schema/openapi/generated/models';
import { changeSubject, describeChange } from './words';

/** One change of a plan. `needs` are keys of other changes that must be done before it. */
export type Change<K extends ResourceKind = ResourceKind> = {
  [Kind in K]: {
    kind: Kind;
    key: string;
    change: ChangeType;
    /** The change as a sentence, such as `Create server web-1 (cx43)`. */
    title: string;
    /** What stands in the title. */
    subject: ChangeSubject;
    /** Why, in words. */
    reason: string;
    /** What it interrupts, in words; null when nothing. */
    interrupts: string | null;
    needs: string[];
    /** Absent for a removal. */
    node?: ResourceNode<Kind>;
    /** Absent for a creation. */
    actual?: ActualResource<Kind>;
    differences: Difference[];
  };
}[K];

/** What a plan may count on. */
export interface PlanOptions {
  /** Names of buckets that may go with the data in them. Others stay while there is data in them. */
  withData?: readonly string[];
  /**
   * Whether the project has room for servers beside the ones they replace. Without
   * it a server changes its type in place, and what goes makes room first.
   */
  hasRoom?: boolean;
}

/** Ordered changes: whoever does them one by one in this order never waits for a later one. */
export type Plan = Change[];

const rank = (kind: ResourceKind) => RESOURCE_KINDS.indexOf(kind);

/** Kinds first, then names with numbers in their natural order, so that web-2 comes before web-10. */
export function inOrderOfCreation(
  a: { kind: ResourceKind; key: string },
  b: { kind: ResourceKind; key: string },
): number {
  return (
    rank(a.kind) - rank(b.kind) ||
    a.key.localeCompare(b.key, 'en', { numeric: true })
  );
}

function changeTypeFor(found: Difference[], busy: boolean): ChangeType {
  if (found.some(({ remedy }) => remedy === 'replace')) return 'replace';
  if (busy || found.some(({ remedy }) => remedy === 'update')) return 'update';
  return 'keep';
}

function reasonFor(found: Difference[], busy: boolean): string {
  if (found.length > 0) {
    return `${found.map(({ words }) => words).join('; ')}.`;
  }
  return busy ? 'The provider still works on it.' : 'It is as it should be.';
}

function titled(
  environment: string,
  change: ChangeType,
  resource: ResourceNode | ActualResource,
): Pick<Change, 'title' | 'subject'> {
  const subject = changeSubject(environment, change, resource);
  return { subject, title: describeChange(change, resource.kind, subject) };
}

function changeFor(
  environment: string,
  node: ResourceNode,
  actual: ActualResource | undefined,
  hasRoom: boolean,
): Change {
  const base = { kind: node.kind, key: node.key, node, needs: node.needs };
  if (!actual) {
    return {
      ...base,
      change: 'create',
      reason: 'It does not exist yet.',
      interrupts: null,
      differences: [],
      ...titled(environment, 'create', node),
    } as Change;
  }
  const found = withSuccessor(
    node,
    actual.owned ? differences(node, actual as never) : [],
    hasRoom,
  );
  const change = changeTypeFor(found, actual.busy);
  const acted = found.filter(({ remedy }) => remedy !== 'report');
  return {
    ...base,
    actual,
    change,
    differences: found,
    interrupts:
      inEnglish(
        acted.flatMap(({ interrupts }) => (interrupts ? [interrupts] : [])),
      ) || null,
    reason: reasonFor(found, actual.busy),
    ...titled(environment, change, { ...node, name: actual.name }),
  } as Change;
}

function removalInterrupts(actual: ActualResource) {
  return actual.kind === 'server' && actual.state.role === 'worker'
    ? phrase('moves-away', {}, 'What runs on it moves to other servers.')
    : undefined;
}

/** What is only kept for the data in it stays until somebody asks for it by name. */
function isRetained(
  actual: ActualResource,
  withData: readonly string[],
): boolean {
  return (
    actual.kind === 'bucket' &&
    actual.state.retained &&
    !withData.includes(actual.name)
  );
}

function retentionOf(environment: string, actual: ActualResource): Change {
  return {
    ...removalOf(environment, actual),
    change: 'keep',
    reason: 'It is kept for the data in it until somebody releases it.',
    ...titled(environment, 'keep', actual),
  } as Change;
}

function removalOf(environment: string, actual: ActualResource): Change {
  return {
    kind: actual.kind,
    key: actual.key,
    change: 'remove',
    reason: 'The environment does not ask for it.',
    interrupts: removalInterrupts(actual)?.text ?? null,
    needs: [],
    actual,
    differences: [],
    ...titled(environment, 'remove', actual),
  } as Change;
}

/**
 * What must be done so that what exists becomes what is wanted. Pure. Only
 * what is owned is ever removed. Of two resources with one key the elder
 * generation goes. Servers that change their type do so one at a time.
 */
export function plan(
  graph: ResourceGraph,
  actual: ActualResource[],
  { hasRoom = true, withData = [] }: PlanOptions = {},
): Plan {
  const wanted = new Map(graph.nodes.map(node => [node.key, node]));
  const found = new Map<string, ActualResource>();
  const surplus: ActualResource[] = [];
  for (const resource of actual) {
    const other = found.get(resource.key);
    const node = wanted.get(resource.key);
    if (!node || node.kind !== resource.kind) {
      if (resource.owned) surplus.push(resource);
    } else if (!other || isPreferred(resource, other)) {
      found.set(resource.key, resource);
      if (other?.owned) surplus.push(other);
    } else if (resource.owned) {
      surplus.push(resource);
    }
  }
  const kept = [...graph.nodes]
    .sort(inOrderOfCreation)
    .map(node =>
      changeFor(graph.environment, node, found.get(node.key), hasRoom),
    );
  const removals = surplus
    .sort((a, b) => inOrderOfCreation(b, a))
    .map(resource =>
      isRetained(resource, withData)
        ? retentionOf(graph.environment, resource)
        : removalOf(graph.environment, resource),
    );
  return newBeforeOld(
    oneAtATime(kept),
    withRemovalNeeds(removals, kept),
    hasRoom,
  );
}

/** Of two resources for one key the younger generation is the one to keep; of one generation the elder, which others may know already. */
export function isPreferred(
  resource: Pick<ActualResource, 'generation' | 'providerId'>,
  other: Pick<ActualResource, 'generation' | 'providerId'>,
): boolean {
  return resource.generation !== other.generation
    ? resource.generation > other.generation
    : order(resource.providerId, other.providerId) < 0;
}

function order(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a).localeCompare(String(b), 'en');
}

/** A resource goes after everything that may need its kind, and after the changes that stop using it. */
function withRemovalNeeds(removals: Change[], kept: Change[]): Change[] {
  const needsKind = (dependent: ResourceKind, kind: ResourceKind) =>
    KIND_NEEDS[dependent].includes(kind);
  return removals.map(removal => ({
    ...removal,
    needs: [
      ...removals
        .filter(other => needsKind(other.kind, removal.kind))
        .map(changeId),
      ...kept
        .filter(
          other =>
            (other.change === 'update' || other.change === 'replace') &&
            needsKind(other.kind, removal.kind),
        )
        .map(changeId),
    ],
  })) as Change[];
}

/** What tells changes apart: a key can be replaced and an elder generation of it removed in one plan. */
export function changeId(
  change: Pick<Change, 'key' | 'change'> & {
    actual?: { providerId: number | string };
  },
): string {
  return change.change === 'remove'
    ? `remove ${change.key} ${change.actual?.providerId}`
    : change.key;
}

/** Why a change is planned, field by field. What only waits for the provider deviates in nothing. */
export function deviationsOf(change: Plan[number]): Deviation[] {
  switch (change.change) {
    case 'create':
      return [{ field: EXISTENCE, remedy: 'create' }];
    case 'remove': {
      const interrupts = removalInterrupts(change.actual!);
      return [
        {
          field: EXISTENCE,
          remedy: 'remove',
          ...(interrupts && { interrupts }),
        },
      ];
    }
    default:
      return change.differences.map(deviationOf);
  }
}

/** The changes of a plan that do something. */
export function effective(changes: Plan): Plan {
  return changes.filter(({ change }) => change !== 'keep');
}
