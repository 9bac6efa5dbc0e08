import { phrase } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Clock } from '../clouds/clock';
import type { Hold } from './operation';
import type { OperationStore } from './OperationStore';

/** A shorter wait for the provider's limit is nothing that a person would notice. */
const WORTH_TELLING_MS = 10_000;

/**
 * Tells the history of an operation that the provider's rate limit holds it back,
 * once until the time that was told is over, however many calls and rounds come.
 */
export class Slowness {
  #toldUntil = -Infinity;

  constructor(
    private readonly store: Pick<OperationStore, 'log'>,
    private readonly clock: Clock,
  ) {}

  /** @param until - see `CallScope.onSlow` */
  tell(hold: Hold, until: Date): void {
    const now = this.clock.now();
    const isShort = until.getTime() - now < WORTH_TELLING_MS;
    if (isShort || now < this.#toldUntil) return;
    this.#toldUntil = until.getTime();
    const time = until.toISOString();
    const said = phrase(
      'rate-limited',
      { until: time },
      `The requests that the provider allows in an hour are used up. This goes on slowly, one request at a time, until about ${time}.`,
    );
    // A lost lease shows at the next write that matters, so it is no failure here.
    void this.store
      .log(hold, said.text, new Date(now), { phrase: said })
      .catch(() => {});
  }
}
