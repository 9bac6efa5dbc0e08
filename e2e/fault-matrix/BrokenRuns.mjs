/** So many runs in turn that could not be carried through: not the faults are to blame. */
const IN_TURN = 4;

/** Nothing can be said of faults while the engine does not work without any. */
export class EngineBrokenError extends Error {}

/**
 * Counts runs that could not be carried through. Each call of an operation is
 * tried until there are no more, and an engine that does not work never says so.
 */
export class BrokenRuns {
  #inTurn = 0;

  /**
   * @param {{ broken?: boolean, flaws: { words: string }[] }} run
   * @throws EngineBrokenError at the last of several in turn
   */
  add({ broken = false, flaws }) {
    this.#inTurn = broken ? this.#inTurn + 1 : 0;
    if (this.#inTurn < IN_TURN) return;
    throw new EngineBrokenError(
      `${IN_TURN} runs in turn could not be carried through, so the engine is broken, or the sandbox. The rest was not tried. The last: ${flaws[0].words}`,
    );
  }
}
