/** A call that is under way or was just now, and who asked meanwhile. */
interface Turn {
  over: Promise<void>;
  next?: Promise<void>;
  isWanted: boolean;
}

/**
 * Makes a call wait for the one before it of the same key, so that an older answer never comes
 * after a newer one. However often it is asked for meanwhile, one more call follows and answers all
 * of them.
 *
 * @param pauseMilliseconds - between the beginnings of two calls of a key, at least
 */
export class Turns<Key> {
  readonly #turns = new Map<Key, Turn>();

  constructor(private readonly pauseMilliseconds = 0) {}

  /** Ends like the call that answers it, when the next may come. */
  ask(key: Key, call: () => Promise<void>): Promise<void> {
    const turn = this.#turns.get(key);
    if (!turn) return this.#begin(key, call);
    turn.isWanted = true;
    const follow = async () => {
      if (turn.isWanted) await this.#begin(key, call);
    };
    turn.next ??= turn.over.then(follow, follow);
    return turn.next;
  }

  /** Forgets who asked while a call of the key was under way. */
  cancel(key: Key): void {
    const turn = this.#turns.get(key);
    if (turn) turn.isWanted = false;
  }

  #begin(key: Key, call: () => Promise<void>): Promise<void> {
    const over = this.#paused(call()).finally(() => this.#turns.delete(key));
    this.#turns.set(key, { over, isWanted: false });
    return over;
  }

  #paused(answer: Promise<void>): Promise<void> {
    if (this.pauseMilliseconds === 0) return answer;
    const pause = new Promise<void>(resolve => {
      setTimeout(resolve, this.pauseMilliseconds);
    });
    return Promise.allSettled([answer, pause]).then(() => answer);
  }
}

/** One call at a time, without a pause. */
export function oneAtATime(call: () => Promise<void>): () => Promise<void> {
  const turns = new Turns<'call'>();
  return () => turns.ask('call', call);
}
