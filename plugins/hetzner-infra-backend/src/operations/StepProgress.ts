import type {
  Phrase,
  ProviderAction,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Clock } from '../clouds/clock';
import type { Action, CallReport } from '../clouds/hetzner';
import type { Hold, StepDetails } from './operation';
import type { OperationStore } from './OperationStore';

/** What was seen of the provider for one step since the last writing. */
type Seen = {
  providerId?: string;
  providerActions: Map<number, ProviderAction>;
  calls: Array<StepDetails['calls'][number]>;
};

/** How often percentages and sentences are written: a person sees no more, and each writing is a transaction. */
const WRITE_EVERY_MS = 1000;

/**
 * Gathers what drivers tell while they work and writes it in batches, so that
 * a poll of thirty actions is one transaction.
 */
export class StepProgress {
  readonly #percents = new Map<string, number>();
  readonly #lines: Array<{ line: Phrase; stepId?: string }> = [];
  readonly #seen = new Map<string, Seen>();
  #cancelTimer: (() => void) | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: Pick<
      OperationStore,
      'stepProgress' | 'stepDetails' | 'log'
    >,
    private readonly hold: Hold,
    private readonly clock: Clock,
  ) {}

  /** Percentage of a step that is done. */
  report(stepId: string, percent: number) {
    this.#percents.set(stepId, Math.round(percent));
    this.#schedule();
  }

  /** A sentence for the operation's history, about a step. */
  log(line: Phrase, stepId?: string) {
    this.#lines.push({ line, stepId });
    this.#schedule();
  }

  /** An action of the provider that a step started, or how it ended. */
  action(stepId: string, action: Action) {
    this.#seenOf(stepId).providerActions.set(action.id, {
      id: String(action.id),
      command: action.command,
      state: action.status,
      startedAt: action.started,
      ...(action.finished && { finishedAt: action.finished }),
    });
    this.#schedule();
  }

  /** A call of a step. What only read, and could, is not worth keeping. */
  call(stepId: string, report: CallReport) {
    const { method, pathTemplate, status, errorCode, correlationId, attempt } =
      report;
    if (method === 'GET' && !errorCode) return;
    this.#seenOf(stepId).calls.push({
      at: new Date(this.clock.now()).toISOString(),
      method,
      path: pathTemplate,
      attempt,
      ...(status !== undefined && { status }),
      ...(errorCode && { errorCode }),
      ...(correlationId && { correlationId }),
    });
    this.#schedule();
  }

  /** The id of a step's resource at the provider. */
  resource(stepId: string, providerId: number | string) {
    this.#seenOf(stepId).providerId = String(providerId);
    this.#schedule();
  }

  /** Writes what was gathered. A lost lease shows at the next write that matters, so it is no failure here. */
  flush(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#writing = this.#writing.then(() => this.#write()).catch(() => {});
    return this.#writing;
  }

  #seenOf(stepId: string): Seen {
    const known = this.#seen.get(stepId);
    if (known) return known;
    const seen: Seen = { providerActions: new Map(), calls: [] };
    this.#seen.set(stepId, seen);
    return seen;
  }

  #schedule() {
    this.#cancelTimer ??= this.clock.schedule(WRITE_EVERY_MS, () => {
      void this.flush();
    });
  }

  async #write() {
    const now = new Date(this.clock.now());
    const progress = [...this.#percents].map(([stepId, percent]) => ({
      stepId,
      progress: percent,
    }));
    const lines = this.#lines.splice(0);
    const details = new Map(
      [...this.#seen].map(([stepId, seen]) => [
        stepId,
        { ...seen, providerActions: [...seen.providerActions.values()] },
      ]),
    );
    this.#percents.clear();
    this.#seen.clear();
    // First, so that whoever is told of progress finds what caused it.
    if (details.size > 0) await this.store.stepDetails(this.hold, details);
    if (progress.length > 0) {
      await this.store.stepProgress(this.hold, progress, now);
    }
    for (const { line, stepId } of lines) {
      await this.store.log(this.hold, line.text, now, {
        stepId,
        phrase: line,
      });
    }
  }
}
