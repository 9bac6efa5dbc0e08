type Entry = () => void;

/** First come, first served within a share; the shares take turns. */
export class FairQueue {
  readonly #shares = new Map<object, Entry[]>();

  get size(): number {
    return this.#shares.size;
  }

  add(share: object, entry: Entry): void {
    const entries = this.#shares.get(share);
    if (entries) {
      entries.push(entry);
    } else {
      this.#shares.set(share, [entry]);
    }
  }

  next(): Entry | undefined {
    const first = this.#shares.entries().next().value;
    if (!first) {
      return undefined;
    }
    const [share, entries] = first;
    const entry = entries.shift();
    // To the back of the line, or out of it.
    this.#shares.delete(share);
    if (entries.length > 0) {
      this.#shares.set(share, entries);
    }
    return entry;
  }

  remove(share: object, entry: Entry): void {
    const left = (this.#shares.get(share) ?? []).filter(e => e !== entry);
    if (left.length > 0) {
      this.#shares.set(share, left);
    } else {
      this.#shares.delete(share);
    }
  }
}
