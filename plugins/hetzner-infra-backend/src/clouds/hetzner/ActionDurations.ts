import type { Action } from './apiTypes';

/** Durations of one command that are remembered. */
const REMEMBERED = 8;

/** Durations vary; this share of the shortest one is still too early to ask. */
const QUIET_SHARE = 0.9;

/** The provider tells times in whole seconds. */
const RESOLUTION_SECONDS = 1;

/**
 * Learns from the provider's own times how long its actions take, so that
 * nobody asks while none can have ended.
 */
export class ActionDurations {
  readonly #seconds = new Map<string, number[]>();

  /** @param typicalSeconds - what is assumed of a command while none was seen */
  constructor(
    private readonly typicalSeconds: Readonly<Record<string, number>> = {},
  ) {}

  /**
   * Takes note of an action that succeeded. One that waited for another counts
   * its waiting too, so give only what was started at once.
   */
  observe({ command, status, started, finished }: Action): void {
    if (status !== 'success' || !finished) {
      return;
    }
    const seconds = (Date.parse(finished) - Date.parse(started)) / 1000;
    if (Number.isNaN(seconds)) {
      return;
    }
    this.#seconds.set(
      command,
      [seconds, ...(this.#seconds.get(command) ?? [])].slice(0, REMEMBERED),
    );
  }

  /** Seconds from its start in which an action of this command is not expected to end; 0 when nothing is known of it. */
  quietSeconds(command: string): number {
    const known = this.#seconds.get(command);
    return known
      ? Math.max(0, QUIET_SHARE * Math.min(...known) - RESOLUTION_SECONDS)
      : QUIET_SHARE * (this.typicalSeconds[command] ?? 0);
  }
}
