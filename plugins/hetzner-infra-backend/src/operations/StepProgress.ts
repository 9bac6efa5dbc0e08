import type { Clock } from '../clouds/clock';
import type { Hold } from './operation';
import type { OperationStore } from './OperationStore';

/** How often percentages and sentences are written: a person sees no more, and each writing is a transaction. */
const WRITE_EVERY_MS = 1000;

/**
 * Gathers what drivers tell while they work and writes it in batches, so that
 * a poll of thirty actions is one transaction.
 */
export class StepProgress {
  readonly #percents = new Map<string, number>();
  readonly #lines: string[] = [];
  #cancelTimer: (() => void) | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: Pick<OperationStore, 'stepProgress' | 'log'>,
    private readonly hold: Hold,
    private readonly clock: Clock,
  ) {}

  /** Percentage of a step that is done. */
  report(stepId: string, percent: number) {
    this.#percents.set(stepId, Math.round(percent));
    this.#schedule();
  }

  /** A sentence for the operation's history. */
  log(line: string) {
    this.#lines.push(line);
    this.#schedule();
  }

  /** Writes what was gathered. A lost lease shows at the next write that matters, so it is no failure here. */
  flush(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#writing = this.#writing.then(() => this.#write()).catch(() => {});
    return this.#writing;
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
    this.#percents.clear();
    if (progress.length > 0) {
      await this.store.stepProgress(this.hold, progress, now);
    }
    for (const line of lines) await this.store.log(this.hold, line, now);
  }
}
