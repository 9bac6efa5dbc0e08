import { EventEmitter } from 'node:events';

const WORK = 'work';
const WRITTEN = 'written';
const MAX_LISTENERS = 0; // One per open stream: a leak warning would only be noise.

/**
 * Wakes listeners of this process after a commit. A signal says "look again"
 * and nothing else: the tables decide, a lost signal costs latency only.
 */
export class OperationSignals {
  readonly #emitter = new EventEmitter().setMaxListeners(MAX_LISTENERS);

  /** Something may be claimable or was cancelled: for the runner. Returns the way to stop listening. */
  onWork(listener: (operationId: string) => void): () => void {
    return this.#on(WORK, listener);
  }

  /** An operation has new events: for its streams. Returns the way to stop listening. */
  onEvents(operationId: string, listener: () => void): () => void {
    return this.#on(`events:${operationId}`, listener);
  }

  /** Something of any operation was committed: for who tells others of it. Returns the way to stop listening. */
  onWritten(listener: (operationId: string) => void): () => void {
    return this.#on(WRITTEN, listener);
  }

  /** Called by the store after a submit, a cancel or a postponement. */
  work(operationId: string): void {
    this.#emitter.emit(WORK, operationId);
  }

  /** Called by the store after events of an operation were committed. */
  events(operationId: string): void {
    this.#emitter.emit(`events:${operationId}`);
    this.#emitter.emit(WRITTEN, operationId);
  }

  #on(name: string, listener: (operationId: string) => void): () => void {
    this.#emitter.on(name, listener);
    return () => {
      this.#emitter.off(name, listener);
    };
  }
}
