import { findProgram, ProgramMissingError } from './findProgram';
import type { Program } from './program';

/** What a person is told about one program. */
export interface ProgramView {
  name: string;
  version: string;
  state: 'waiting' | 'preparing' | 'ready' | 'missing';
  /** What is being done, or why it is missing, in a sentence. */
  reason?: string;
  /** Where it lies, once it is ready. */
  path?: string;
}

/** What a person is told about programs that belong together. */
export interface ProgramSetView {
  state: 'preparing' | 'ready' | 'missing';
  /** What all that need them wait for, in a sentence; absent when they are ready. */
  reason?: string;
  programs: ProgramView[];
}

/**
 * Programs that are of use only together, brought in the background one after
 * another. Whoever needs them waits for `ready`, and tells `view` meanwhile.
 */
export class ProgramSet {
  readonly #programs: ProgramView[];
  readonly #closing = new AbortController();
  readonly #work: Promise<void>;

  /**
   * @param title - what they are together, for sentences
   * @param report - told what takes time and what was passed over
   */
  constructor(
    private readonly title: string,
    programs: readonly Program[],
    private readonly report: (sentence: string) => void,
    private readonly env: NodeJS.ProcessEnv = process.env,
  ) {
    this.#programs = programs.map(({ name, version }) => ({
      name,
      version,
      state: 'waiting',
    }));
    this.#work = this.#bring(programs);
  }

  get view(): ProgramSetView {
    const programs = this.#programs.map(program => ({ ...program }));
    const missing = programs.find(({ state }) => state === 'missing');
    if (missing) {
      return { state: 'missing', reason: missing.reason, programs };
    }
    const ready = programs.filter(({ state }) => state === 'ready').length;
    if (ready === programs.length) return { state: 'ready', programs };
    const now = programs.find(({ state }) => state === 'preparing');
    return {
      state: 'preparing',
      reason: `${ready} of ${programs.length} programs of ${
        this.title
      } are there. ${now?.reason ?? ''}`.trim(),
      programs,
    };
  }

  /**
   * Resolves with the path of each program by its name.
   *
   * @throws ProgramMissingError
   */
  async ready(): Promise<Record<string, string>> {
    await this.#work;
    const { state, reason, programs } = this.view;
    if (state !== 'ready') {
      throw new ProgramMissingError(
        reason ?? `The search for the programs of ${this.title} was ended.`,
      );
    }
    return Object.fromEntries(programs.map(({ name, path }) => [name, path!]));
  }

  /** Ends the search. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#work;
  }

  async #bring(programs: readonly Program[]): Promise<void> {
    const { signal } = this.#closing;
    for (const [index, program] of programs.entries()) {
      if (signal.aborted) return;
      const set = (change: Partial<ProgramView>) =>
        Object.assign(this.#programs[index], change);
      set({ state: 'preparing', reason: `Looking for ${program.name}.` });
      try {
        const path = await findProgram(program, {
          env: this.env,
          signal,
          report: reason => {
            set({ reason });
            this.report(reason);
          },
        });
        set({ state: 'ready', reason: undefined, path });
      } catch (error) {
        const reason = (error as Error).message;
        set({ state: 'missing', reason });
        // One that is missing makes the others useless.
        if (!signal.aborted) {
          this.report(`${this.title} is not to be had. ${reason}`);
        }
        return;
      }
    }
  }
}
