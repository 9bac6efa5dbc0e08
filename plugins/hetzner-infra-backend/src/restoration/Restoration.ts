import { ConflictError } from '@backstage/errors';
import { verbatim } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Knex } from 'knex';
import type { Operation } from '../operations/operation';
import type { OperationStore } from '../operations/OperationStore';
import { stopUnfinished } from '../operations/store/stopUnfinished';
import { readRestoration, restorationSentence } from './readRestoration';

/**
 * Holds back what would be done from an older database. It knows nothing of what
 * came after the backup: an operation that was unfinished then would apply an old
 * revision, and remove what came with the newer one.
 */
export class Restoration {
  constructor(
    private readonly options: {
      knex: Knex;
      operations: Pick<OperationStore, 'wake'>;
      now: () => Date;
    },
  ) {}

  /** What is held and why; nothing when the database was not restored, or that was confirmed. */
  async heldReason(): Promise<string | undefined> {
    const restoration = await readRestoration(this.options.knex);
    return restoration && restorationSentence(restoration);
  }

  /** @throws ConflictError while a restored database waits to be confirmed */
  async refuseWhileHeld(): Promise<void> {
    const reason = await this.heldReason();
    if (reason) throw new ConflictError(reason);
  }

  /**
   * Lets the portal work on the restored database. Operations that were
   * unfinished in the backup end, and nothing of theirs is done: whoever still
   * wants one tries it again.
   *
   * @returns the operations that were ended
   * @throws ConflictError when there is nothing to confirm
   */
  async confirm(): Promise<Operation[]> {
    const { knex, operations, now } = this.options;
    const stopped = await knex.transaction(async tx => {
      const restoration = await readRestoration(tx);
      // Of two that confirm at once, the second deletes nothing.
      const deleted = restoration ? await tx('restorations').delete() : 0;
      if (!restoration || deleted === 0) {
        throw new ConflictError(
          'There is nothing to confirm: the database was not restored, or somebody has confirmed it.',
        );
      }
      const message = `The operation was unfinished when the backup of ${restoration.madeAt.toISOString()} was made, which was restored since. It was ended, and nothing was changed at the provider. Compare the environment with its document, then try again if it is still wanted.`;
      return stopUnfinished(
        tx,
        {
          createdUntil: restoration.restoredAt,
          error: {
            code: 'database_restored',
            message,
            phrases: [verbatim(message)],
          },
        },
        now(),
      );
    });
    for (const { id } of stopped) operations.wake(id);
    return stopped;
  }
}
