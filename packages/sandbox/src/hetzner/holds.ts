import { z } from 'zod';
import type { NumberedCall } from './callNumbers';
import { matchesRequest, requestMatch } from './faults/requestMatch';

/** A request that is to be stopped on its way until somebody lets it go on. */
export const holdWish = z.strictObject({
  match: requestMatch.default({}),
  /** Which one, counted from now among those that match. */
  nth: z.int().min(1).default(1),
  /** Before it takes effect, or after that and before its answer. */
  when: z.enum(['before', 'after']),
});

/** How a request goes on: as if nothing was, or with its connection lost. */
export type Release = 'continue' | 'drop';

/** A hold as the control API shows it. */
export interface HoldView extends z.infer<typeof holdWish> {
  id: number;
  /** `waiting` for its request, `held`, `released`. */
  state: 'waiting' | 'held' | 'released';
  /** The request, once it is there. */
  call: NumberedCall | null;
  /** True when who sent the request has gone. */
  clientGone: boolean;
  /** After the effect: the status that the operation had; null before. */
  effectStatus: number | null;
}

interface Hold extends HoldView {
  /** Requests that match and are still to come until it is the one. */
  left: number;
  release: (how: Release) => void;
  released: Promise<Release>;
}

/** Requests to be held, and those that are. */
export class Holds {
  private readonly holds = new Map<number, Hold>();
  private readonly listeners = new Set<() => void>();
  private nextId = 1;

  add(wish: z.infer<typeof holdWish>): HoldView {
    let release: Hold['release'] = () => {};
    const released = new Promise<Release>(resolve => {
      release = resolve;
    });
    const hold: Hold = {
      ...wish,
      id: this.nextId,
      state: 'waiting',
      call: null,
      clientGone: false,
      effectStatus: null,
      left: wish.nth,
      release,
      released,
    };
    this.nextId += 1;
    this.holds.set(hold.id, hold);
    return view(hold);
  }

  list(): HoldView[] {
    return [...this.holds.values()].map(view);
  }

  find(id: number): HoldView | undefined {
    const hold = this.holds.get(id);
    return hold && view(hold);
  }

  /**
   * The hold once it is not waiting any more, or as it is when `signal` says
   * that enough time has passed; undefined when there is none of this id.
   */
  async untilHeld(
    id: number,
    signal: AbortSignal,
  ): Promise<HoldView | undefined> {
    while (this.holds.get(id)?.state === 'waiting' && !signal.aborted) {
      await new Promise<void>(resolve => {
        const wake = () => {
          this.listeners.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.listeners.add(wake);
        signal.addEventListener('abort', wake);
      });
    }
    return this.find(id);
  }

  /** Lets a request go on, or takes back a hold that waits for one. */
  release(id: number, how: Release): HoldView | undefined {
    const hold = this.holds.get(id);
    if (!hold) return undefined;
    hold.state = 'released';
    hold.release(how);
    this.tell();
    return view(hold);
  }

  /** Forgets a hold; its request loses its connection. */
  remove(id: number): boolean {
    const known = this.release(id, 'drop') !== undefined;
    this.holds.delete(id);
    return known;
  }

  /** Forgets every hold. */
  clear(): void {
    for (const id of [...this.holds.keys()]) this.remove(id);
  }

  /** The hold that is for a request; each one counts it. */
  claim(call: NumberedCall): HeldRequest | undefined {
    let claimed: Hold | undefined;
    for (const hold of this.holds.values()) {
      const counts =
        hold.state === 'waiting' &&
        hold.call === null &&
        matchesRequest(hold.match, call);
      if (!counts) continue;
      hold.left -= 1;
      if (hold.left > 0 || claimed) continue;
      hold.call = call;
      claimed = hold;
    }
    const hold = claimed;
    return (
      hold && {
        id: hold.id,
        stop: async (when, client, effectStatus) => {
          if (hold.when !== when) return 'continue';
          hold.effectStatus = effectStatus;
          if (hold.state === 'waiting') hold.state = 'held';
          const leave = () => {
            hold.clientGone = true;
          };
          if (client.destroyed) leave();
          client.once('close', leave);
          this.tell();
          const how = await hold.released;
          client.off('close', leave);
          return how;
        },
      }
    );
  }

  private tell(): void {
    for (const wake of [...this.listeners]) wake();
  }
}

/** What a request's connection tells. */
export interface Client {
  destroyed: boolean;
  once(event: 'close', listener: () => void): unknown;
  off(event: 'close', listener: () => void): unknown;
}

/** A request that a hold is for. */
export interface HeldRequest {
  id: number;
  /** To be called before and after the effect; resolves when the request may go on. */
  stop(
    when: 'before' | 'after',
    client: Client,
    effectStatus: number | null,
  ): Promise<Release>;
}

function view({ left, release, released, ...shown }: Hold): HoldView {
  return shown;
}
