/** Somebody who waits. */
export interface Ticket {
  admit(): void;
}

/** First come, first served within a share; the shares take turns. */
export class FairQueue {
  readonly #shares = new Map<object, Ticket[]>();

  get size(): number {
    return this.#shares.size;
  }

  add(share: object, ticket: Ticket): void {
    const tickets = this.#shares.get(share);
    if (tickets) {
      tickets.push(ticket);
    } else {
      this.#shares.set(share, [ticket]);
    }
  }

  next(): Ticket | undefined {
    const first = this.#shares.entries().next().value;
    if (!first) {
      return undefined;
    }
    const [share, tickets] = first;
    const ticket = tickets.shift();
    // To the back of the line, or out of it.
    this.#shares.delete(share);
    if (tickets.length > 0) {
      this.#shares.set(share, tickets);
    }
    return ticket;
  }

  remove(share: object, ticket: Ticket): void {
    const left = (this.#shares.get(share) ?? []).filter(
      other => other !== ticket,
    );
    if (left.length > 0) {
      this.#shares.set(share, left);
    } else {
      this.#shares.delete(share);
    }
  }
}
