import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/** A person has a handful of pages open, a pipeline follows some dozens of operations. */
const STREAMS_PER_CALLER = 50;

/** A 429: the caller has to end something first. */
export class TooManyStreamsError extends Error {
  readonly name = 'TooManyStreamsError';
  readonly statusCode = 429;

  constructor() {
    super(
      `You follow ${STREAMS_PER_CALLER} operations at once already. Close one of their pages or streams first.`,
    );
  }
}

/** The open streams of this replica: one caller must not take all its sockets. */
export class EventStreams {
  readonly #open = new Map<string, number>();

  /** @param onOpened - told when a stream begins; what it returns is told when it ends */
  constructor(private readonly onOpened: () => () => void = () => () => {}) {}

  /**
   * Counts a stream as open while `run` runs.
   *
   * @throws TooManyStreamsError
   */
  async within(
    credentials: BackstageCredentials,
    run: () => Promise<void>,
  ): Promise<void> {
    const caller = callerOf(credentials);
    const open = this.#open.get(caller) ?? 0;
    if (open >= STREAMS_PER_CALLER) {
      throw new TooManyStreamsError();
    }
    this.#open.set(caller, open + 1);
    const closed = this.onOpened();
    try {
      await run();
    } finally {
      closed();
      const left = this.#open.get(caller)! - 1;
      if (left === 0) {
        this.#open.delete(caller);
      } else {
        this.#open.set(caller, left);
      }
    }
  }
}

function callerOf({ principal }: BackstageCredentials): string {
  const { userEntityRef, subject } = principal as {
    userEntityRef?: string;
    subject?: string;
  };
  return userEntityRef ?? subject ?? 'unknown';
}
