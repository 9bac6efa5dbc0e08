import type { Difference } from './differences';
import type { ResourceNode } from './graph';
import { phrase } from './phrase';
import type { Change, Plan } from './plan';

/** Whether a server waits for the ones before it: putting it right takes it away for a while. */
function isRolled({ kind, change, differences }: Change): boolean {
  return (
    kind === 'server' &&
    (change === 'update' || change === 'replace') &&
    differences.some(({ field }) => field === 'serverType')
  );
}

const isWorker = (change: Change) =>
  change.kind === 'server' &&
  (change.node ? change.node.desired.role : change.actual!.state.role) ===
    'worker';

/**
 * The differences of a server as they are put right. A worker keeps nothing, so
 * one of another type takes its place; a control plane keeps the cluster's
 * database on its disk and its private address, so it changes in place.
 */
export function withSuccessor(
  node: ResourceNode,
  differences: Difference[],
  hasRoom: boolean,
): Difference[] {
  if (node.kind !== 'server') return differences;
  if (node.desired.role !== 'worker' || !hasRoom) return differences;
  return differences.map(difference =>
    difference.field === 'serverType' && difference.remedy === 'update'
      ? {
          ...difference,
          remedy: 'replace',
          interrupts: phrase(
            'moves-to-successor',
            {},
            'What runs on it moves to other servers once its successor is there.',
          ),
        }
      : difference,
  );
}

/** Lets each server that changes its type wait for the one before it, so that the others carry the load. */
export function oneAtATime(kept: Plan): Plan {
  let before: string | undefined;
  return kept.map(change => {
    if (!isRolled(change)) return change;
    const needs = before ? [...change.needs, before] : change.needs;
    before = change.key;
    return { ...change, needs } as Change;
  });
}

const needing = (change: Change, needs: string[]): Change => ({
  ...change,
  needs: [...new Set([...change.needs, ...needs])],
});

/** How a removal is named among the needs of a plan; see `changeId`. */
const removalId = ({ key, actual }: Change) =>
  `remove ${key} ${actual?.providerId}`;

/**
 * Puts changes and removals in order. Workers go after their successors, the
 * other new servers and the load balancer that sends them traffic are there. Where the project has
 * no room for both, they go first and new ones take their places. The elder of
 * two generations, which a crash may leave, always goes first.
 */
export function newBeforeOld(
  kept: Plan,
  removals: Plan,
  hasRoom: boolean,
): Plan {
  const successors = new Set(kept.map(({ key }) => key));
  const isElder = (change: Change) =>
    change.kind === 'server' && successors.has(change.key);
  const elders = removals.filter(isElder);
  const rest = removals.filter(change => !isElder(change));
  const isNew = ({ kind, change }: Change) =>
    kind === 'server' && (change === 'create' || change === 'replace');
  const after = (change: Change, needs: Plan) =>
    needing(change, needs.map(removalId));

  if (hasRoom) {
    const first = kept
      .filter(
        change =>
          isNew(change) ||
          (change.kind === 'load-balancer' && change.change === 'update'),
      )
      .map(({ key }) => key);
    return [
      ...elders,
      ...kept.map(change =>
        isRolled(change) ? after(change, elders) : change,
      ),
      ...rest.map(change =>
        isWorker(change) ? needing(change, first) : change,
      ),
    ];
  }
  const going = rest.filter(isWorker);
  return [
    ...elders,
    ...going,
    ...kept.map(change =>
      isNew(change) ? after(change, [...elders, ...going]) : change,
    ),
    ...rest.filter(change => !going.includes(change)),
  ];
}
