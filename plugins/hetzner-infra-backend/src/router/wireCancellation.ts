import {
  documentChanges,
  type NotCancellableCode,
  type OperationCancellation,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { EnvironmentStore } from '../environments/EnvironmentStore';
import type { Operation } from '../operations/operation';
import type { OperationStore } from '../operations/OperationStore';
import type { Cancellation } from '../operations/transitions';
import { stepsBegun, stepsThatStand } from '../operations/undoneSteps';
import { wireStep } from './wire';

type Stores = {
  operations: Pick<OperationStore, 'previewCancel' | 'steps' | 'list'>;
  environmentStore: Pick<EnvironmentStore, 'revision'>;
};

/** Operations of one environment that are looked at for what stands; one that never stood has few. */
const LOOKED_AT = 100;

/** What a cancel of an operation would do now, as the API shows it. */
export async function wireCancellation(
  operation: Operation,
  { operations, environmentStore }: Stores,
): Promise<OperationCancellation> {
  const decision = await operations.previewCancel(operation.id);
  const effect = effectOf(decision, operation);
  const nothing = { undoes: [], changes: [] };
  switch (effect.kind) {
    case 'none':
      return {
        possible: false,
        reason: effect.reason,
        reasonCode: effect.code,
        effect: 'none',
        ...nothing,
      };
    case 'remove': {
      const { items } = await operations.list({
        environmentId: operation.environmentId,
        limit: LOOKED_AT,
      });
      const oldestFirst = items.map(({ id }) => id).reverse();
      const steps = await operations.steps(oldestFirst);
      const standing = stepsThatStand(
        oldestFirst.flatMap(id => steps.get(id) ?? []),
      );
      return {
        possible: true,
        effect: 'remove',
        undoes: standing.map(step => wireStep(step)),
        changes: [],
      };
    }
    case 'return': {
      const { revision } = effect;
      const documentOf = async (number: number) =>
        (await environmentStore.revision(operation.environmentId, number))
          ?.document;
      const steps = await operations.steps([operation.id]);
      return {
        possible: true,
        effect: 'return',
        revision,
        undoes: stepsBegun(steps.get(operation.id) ?? []).map(step =>
          wireStep(step),
        ),
        changes: documentChanges(
          await documentOf(operation.revision),
          await documentOf(revision),
        ),
      };
    }
    default:
      return { possible: true, effect: effect.kind, ...nothing };
  }
}

type Effect =
  | { kind: 'none'; code: NotCancellableCode; reason: string }
  | { kind: 'return'; revision: number }
  | { kind: 'discard' | 'remove' | 'stop' };

/** Why a cancel would change nothing. */
const CODE_OF_STATE: Partial<Record<Operation['state'], NotCancellableCode>> = {
  running: 'being-undone',
  cancelling: 'is-cancelling',
};

function effectOf(decision: Cancellation, operation: Operation): Effect {
  switch (decision.kind) {
    case 'unchanged':
      return {
        kind: 'none',
        code: CODE_OF_STATE[operation.state] ?? 'is-cancelled',
        reason:
          operation.state === 'running'
            ? 'It failed and is being undone already.'
            : `It is ${operation.state} already.`,
      };
    case 'refused':
      return {
        kind: 'none',
        code: decision.code,
        reason: `It cannot be cancelled: ${decision.reason}.`,
      };
    case 'cancelled':
      if (decision.backTo === undefined) return { kind: 'discard' };
      return backTo(decision.backTo, operation);
    default:
      return decision.aim.kind === 'apply'
        ? backTo(decision.aim.revision, operation)
        : { kind: decision.aim.kind };
  }
}

/** What goes back to where it is only stops. */
function backTo(revision: number, operation: Operation): Effect {
  return operation.goal === 'remove' || revision === operation.revision
    ? { kind: 'stop' }
    : { kind: 'return', revision };
}
