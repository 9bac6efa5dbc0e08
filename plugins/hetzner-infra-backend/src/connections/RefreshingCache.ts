import type { LoggerService } from '@backstage/backend-plugin-api';

type Entry<T> = {
  value?: T;
  /** Milliseconds since 1970. */
  loadedAt: number;
  loading?: Promise<T>;
};

/**
 * Keeps what is slow or costly to load. A fresh value is answered from memory; a
 * stale one too, while it is loaded again in the background; without a value, or
 * with one that is too old, callers wait, all for the same load.
 *
 * Keys are held weakly: when a key goes, so does its value.
 */
export class RefreshingCache<Key extends object, T> {
  readonly #entries = new WeakMap<Key, Entry<T>>();

  constructor(
    private readonly options: {
      freshMs: number;
      /** For how long beyond `freshMs` a value is still answered. */
      staleMs: number;
      now: () => Date;
      logger: LoggerService;
      /** For the log, when a refresh fails in the background. */
      what: string;
    },
  ) {}

  /**
   * @param staleMs - how stale this caller takes it; as the cache says unless given
   * @throws whatever `load` throws, when there is no value to answer with
   */
  async get(
    key: Key,
    load: () => Promise<T>,
    staleMs: number = this.options.staleMs,
  ): Promise<T> {
    const { freshMs, now } = this.options;
    const entry = this.#entries.get(key) ?? { loadedAt: 0 };
    this.#entries.set(key, entry);
    const age = now().getTime() - entry.loadedAt;
    if (entry.value !== undefined && age < freshMs) {
      return entry.value;
    }
    entry.loading ??= this.#load(entry, load);
    if (entry.value !== undefined && age < freshMs + staleMs) {
      entry.loading.catch(error =>
        this.options.logger.warn(
          `${this.options.what} could not be refreshed; the last one stays in use`,
          error,
        ),
      );
      return entry.value;
    }
    return entry.loading;
  }

  async #load(entry: Entry<T>, load: () => Promise<T>): Promise<T> {
    try {
      const value = await load();
      entry.value = value;
      entry.loadedAt = this.options.now().getTime();
      return value;
    } finally {
      entry.loading = undefined;
    }
  }
}
