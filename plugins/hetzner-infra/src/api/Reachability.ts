/**
 * Whether the portal's backend answers, as far as those know who ask it. What is shown stays while
 * it does not; a page says then that it is from before.
 */
export class Reachability {
  static readonly #instances = new WeakMap<object, Reachability>();

  /** The one for a client of the backend. */
  static of(api: object): Reachability {
    const known = this.#instances.get(api) ?? new Reachability();
    this.#instances.set(api, known);
    return known;
  }

  readonly #listeners = new Set<() => void>();
  #answeredAt: number | undefined;
  #lostSince: number | undefined;

  /** When the last answer came, in milliseconds since 1970; undefined while answers come. */
  lostSince = (): number | undefined => this.#lostSince;

  /** Tells when `lostSince` is another. Returns what ends it. */
  onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** An answer came, good or bad. */
  answered(): void {
    this.#answeredAt = Date.now();
    this.#set(undefined);
  }

  /** No answer came to somebody who shows an earlier one. */
  unanswered(): void {
    this.#set(this.#lostSince ?? this.#answeredAt ?? Date.now());
  }

  #set(lostSince: number | undefined): void {
    if (this.#lostSince === lostSince) return;
    this.#lostSince = lostSince;
    this.#listeners.forEach(listener => listener());
  }
}
