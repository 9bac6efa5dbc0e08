import {
  changeId,
  effective,
  phrase,
  type ActualResource,
  type Change,
  type Phrase,
  type Plan,
  type ProviderId,
  type ResourceKind,
  type ResourceNode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { sleep } from '../clouds/clock';
import type { HetznerCloud } from '../clouds/hetzner';
import type { EnvironmentBuckets } from '../resources/EnvironmentBuckets';
import type {
  ChangeContext,
  KnownResources,
  ResourceDriver,
} from '../resources/ResourceDriver';
import type { DesiredState } from './DesiredStates';
import { execute } from './execute';
import { failureKind, operationError } from './failure';
import {
  AimChangedError,
  stepName,
  type Hold,
  type PlannedStep,
  type Step,
} from './operation';
import { StepProgress } from './StepProgress';
import type { Patience, ReconcileDependencies, StepReport, Work } from './work';

/** No pause before another attempt is longer. */
const PAUSE_CAP_SECONDS = 30;

/** What one round of the loop works with. */
export type Round = {
  desired: DesiredState;
  cloud: HetznerCloud;
  buckets: EnvironmentBuckets;
  /** Names of buckets that may go with the data in them. */
  withData: readonly string[];
  changes: Plan;
  actual: ActualResource[];
};

/** A driver could not make its change. What else fails in a round is no failure of the change. */
export class ChangeFailedError extends Error {
  readonly name = 'ChangeFailedError';

  constructor(
    readonly change: Change,
    readonly reason: unknown,
    /** How often the change was tried in this run. */
    readonly attempts: number,
  ) {
    super(`${change.title} failed`);
  }

  /** Whether trying again is pointless, by its kind or because it was tried often enough. */
  isLasting(patience: Patience): boolean {
    const kind = failureKind(this.reason);
    return (
      kind === 'lasting' ||
      (kind === 'passing' && this.attempts >= patience.attemptsPerStep)
    );
  }
}

/** Attempts that failed in this run, by the title of the change. */
export type FailedAttempts = Map<string, number>;

/** The logical name of what a change is about, as in `Work.begun`. */
export function resourceName({ kind, key }: Pick<Change, 'kind' | 'key'>) {
  return `${kind} ${key}`;
}

/** The name of a step in its operation: a removal beside a successor of the same key names its generation. */
function stepKey(change: Change, changes: Plan): string {
  const successor = changes.some(
    other => other !== change && other.key === change.key,
  );
  return successor && change.change === 'remove'
    ? `${change.key}-g${change.actual!.generation}`
    : change.key;
}

function plannedStep(change: Change, changes: Plan): PlannedStep {
  return {
    key: stepKey(change, changes),
    kind: change.kind,
    change: change.change,
    title: change.title,
    subject: change.subject,
    needs: changes
      .filter(other => change.needs.includes(changeId(other)))
      .map(other =>
        stepName({ key: stepKey(other, changes), change: other.change }),
      ),
  };
}

/** What exists by key, kept up to date while changes are made. */
class Known implements KnownResources {
  readonly #ids = new Map<string, ProviderId>();

  constructor(changes: Plan) {
    for (const { node, actual } of changes) {
      if (node && actual) this.set(actual, actual.providerId);
    }
  }

  set({ kind, key }: Pick<Change, 'kind' | 'key'>, providerId: ProviderId) {
    this.#ids.set(resourceName({ kind, key }), providerId);
  }

  idOf<K extends ResourceKind>(kind: K, key: string): ProviderId<K> {
    const found = this.#ids.get(resourceName({ kind, key }));
    if (found === undefined) throw new Error(`There is no ${kind} ${key} yet`);
    // What was kept under a kind is of that kind.
    return found as ProviderId<K>;
  }
}

/** Generation of the resource that a create or replacement makes. */
function nextGeneration(change: Change, actual: ActualResource[]): number {
  return (
    1 +
    Math.max(
      0,
      ...actual
        .filter(({ kind, key }) => kind === change.kind && key === change.key)
        .map(({ generation }) => generation),
    )
  );
}

/** Makes one change with its driver. Returns the id of what it created. */
async function make(
  change: Change,
  driver: ResourceDriver,
  context: ChangeContext,
): Promise<ProviderId | undefined> {
  const node = change.node as ResourceNode;
  switch (change.change) {
    case 'create':
    case 'replace': {
      const { providerId } = await driver.create(node, context);
      // A server goes with its step, so that the next one can take its turn. Another predecessor
      // may be in use still; it has no place in the plan any more and goes in the next round.
      if (change.change === 'replace' && change.kind === 'server') {
        await driver.remove(change.actual as ActualResource, context);
      }
      return providerId;
    }
    case 'update':
      await driver.update(
        node,
        change.actual as ActualResource,
        change.differences,
        context,
      );
      return undefined;
    case 'remove':
      await driver.remove(change.actual as ActualResource, context);
      return undefined;
    default:
      return undefined;
  }
}

/**
 * Makes all changes of a round.
 *
 * @throws AimChangedError, LeaseLostError
 * @throws ChangeFailedError, a lasting one before a passing one
 * @throws Error of the database
 */
export async function performRound(
  round: Round,
  hold: Hold,
  work: Work,
  failedAttempts: FailedAttempts,
  dependencies: ReconcileDependencies,
): Promise<void> {
  const { store, clock, patience } = dependencies;
  const todo = effective(round.changes);
  const now = () => new Date(clock.now());
  const known = new Known(round.changes);
  const planned = todo.map(change => plannedStep(change, todo));
  const steps = await store.planned(hold, planned, now());
  const stepOf = (change: Change): Step => {
    const { key } = planned[todo.indexOf(change)];
    const step = steps.find(
      candidate => candidate.key === key && candidate.change === change.change,
    );
    if (!step) throw new Error(`No step for ${change.title}`);
    return step;
  };
  const progress = new StepProgress(store, hold, clock);
  const signal = AbortSignal.any([work.signal, work.aimSignal()]);

  const makeWithDriver = async (change: Change, step: Step) => {
    const begunAt = clock.now();
    const tell = (outcome: StepReport['outcome']) =>
      dependencies.reports?.stepEnded({
        kind: change.kind,
        verb: step.change,
        outcome,
        seconds: (clock.now() - begunAt) / 1000,
      });
    try {
      const made = await make(change, dependencies.driver(change.kind), {
        cloud: round.cloud.scoped({
          onCall: report => progress.call(step.id, report),
          onAction: action => progress.action(step.id, action),
        }),
        buckets: round.buckets.scoped({
          onCall: report => progress.call(step.id, report),
        }),
        withData: round.withData,
        owner: round.desired.owner,
        operationId: work.operation.id,
        generation: nextGeneration(change, round.actual),
        known,
        material: round.desired.material,
        signal,
        onProgress: percent => progress.report(step.id, percent),
        log: said => progress.log(stepNote(change, said), step.id),
      });
      tell('succeeded');
      return made;
    } catch (reason) {
      if (failureKind(reason) === 'interrupted') {
        tell('interrupted');
        throw reason;
      }
      tell('failed');
      const attempts = (failedAttempts.get(change.title) ?? 0) + 1;
      failedAttempts.set(change.title, attempts);
      await progress.flush();
      await store.stepFailed(
        hold,
        step.id,
        operationError(reason, { change }),
        now(),
      );
      throw new ChangeFailedError(change, reason, attempts);
    }
  };

  const failures = await execute(round.changes, async change => {
    const step = stepOf(change);
    await pauseBefore(
      failedAttempts.get(change.title) ?? 0,
      signal,
      dependencies,
    );
    await store.stepStarted(hold, step.id, now());
    work.begun.add(resourceName(change));
    if (change.actual) progress.resource(step.id, change.actual.providerId);
    const made = await makeWithDriver(change, step);
    if (made !== undefined) {
      known.set(change, made);
      progress.resource(step.id, made);
    }
    await progress.flush();
    await store.stepFinished(hold, step.id, now());
    work.begun.delete(resourceName(change));
  });
  await progress.flush();

  const errors = failures.map(({ error }) => error);
  const first =
    errors.find(error => error instanceof AimChangedError) ??
    errors.find(error => !(error instanceof ChangeFailedError)) ??
    errors.find(error => (error as ChangeFailedError).isLasting(patience)) ??
    errors[0];
  if (first) throw first;
}

/** What a driver noted, after the title of its change. */
function stepNote(
  { title, change, kind, subject }: Change,
  { code, params, text }: Phrase,
): Phrase {
  return phrase(
    'step-note',
    { ...params, change, kind, name: subject.name, note: code, noted: text },
    `${title}: ${text}`,
  );
}

/** The pause before another attempt at a change that failed, so that a busy provider is left alone. */
async function pauseBefore(
  failed: number,
  signal: AbortSignal,
  { clock, patience }: ReconcileDependencies,
) {
  if (failed === 0) return;
  const seconds = patience.basePauseSeconds * 2 ** (failed - 1);
  await sleep(clock, Math.min(PAUSE_CAP_SECONDS, seconds), signal);
}
