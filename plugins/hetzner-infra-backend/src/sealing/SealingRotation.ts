import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { agreedKey } from './agreedKey';
import { KeyringStore } from './KeyringStore';
import { refuseUnopenable } from './refuseUnopenable';
import { keyIdIn, SealingError, type Sealer } from './Sealer';
import { storedSecrets, type StoredSecret } from './storedSecrets';

/** How often a backend says which keys it knows, and looks what the others know. */
export const LOOK_SECONDS = 20;

/** Secrets that are sealed again in one transaction: few, so that nobody waits. */
const BATCH = 100;

/**
 * Changes the sealing key while backends run. Each tells the others which keys
 * it knows, and seals with the first one that all of them open. When all have
 * the same first key, what older keys sealed is sealed again with it, batch by
 * batch. A batch is whole or not at all, and who goes on begins with what is left.
 */
export class SealingRotation {
  readonly #keyrings: KeyringStore;
  /** What was said last, so that it is not said again. */
  #said = '';

  constructor(
    private readonly options: {
      knex: Knex;
      sealer: Sealer;
      /** Names this process. */
      replica: string;
      now: () => Date;
      logger: LoggerService;
    },
  ) {
    this.#keyrings = new KeyringStore(options.knex);
  }

  /**
   * Before anything is sealed or opened.
   *
   * @throws SealingError when a stored secret does not open
   */
  async start(): Promise<void> {
    await this.#agree();
    await refuseUnopenable(this.options.knex, this.options.sealer);
  }

  /** To be called every LOOK_SECONDS. */
  async look(): Promise<void> {
    const { knex, sealer, logger } = this.options;
    const [first] = sealer.keyIds;
    let resealed = 0;
    let waitsFor = await this.#agree();
    const left = new Map<string, number>();
    const batches = storedSecrets(knex, { batch: BATCH, except: first });
    for await (const batch of batches) {
      const { done, count } = waitsFor
        ? { done: new Set(), count: 0 }
        : await this.#reseal(batch);
      resealed += count;
      for (const secret of batch) {
        if (done.has(secret)) continue;
        const id = keyIdIn(secret.sealed);
        left.set(id, (left.get(id) ?? 0) + 1);
      }
      // Another backend may have started meanwhile.
      if (!waitsFor) waitsFor = await this.#agree();
    }
    if (resealed > 0) {
      logger.info(
        `Sealed ${resealed} stored secrets again with the key ${first}`,
      );
    }
    this.#say(left, waitsFor);
  }

  /** At the end of the process. */
  async stop(): Promise<void> {
    await this.#keyrings.leave(this.options.replica);
  }

  /** Chooses the key that seals. Returns whom the rest waits for, if for somebody. */
  async #agree(): Promise<string | undefined> {
    const { sealer, replica, now } = this.options;
    await this.#keyrings.announce(replica, sealer.keyIds, now());
    const others = await this.#keyrings.others(replica, now());
    const { sealsWith, isAgreed } = agreedKey(
      sealer.keyIds,
      others.map(({ keyIds }) => keyIds),
    );
    sealer.sealWith(sealsWith);
    if (isAgreed) return undefined;
    const [first] = sealer.keyIds;
    return others
      .filter(({ keyIds }) => keyIds[0] !== first)
      .map(({ replica: other, keyIds }) => `${other} (${keyIds.join(', ')})`)
      .join(', ');
  }

  /** Returns those of which nothing is left to do, and how many of them it sealed. */
  async #reseal(
    batch: readonly StoredSecret[],
  ): Promise<{ done: Set<StoredSecret>; count: number }> {
    const { knex, sealer, logger } = this.options;
    const done = new Set<StoredSecret>();
    let count = 0;
    await knex.transaction(async tx => {
      for (const secret of batch) {
        const { sealed, place, column, where } = secret;
        try {
          const text = sealer.open(sealed, place);
          count += await tx(place.table)
            // A newer value may be there, by another backend that does the same.
            .where({ ...where, [column]: sealed })
            .update({ [column]: sealer.seal(text, place) });
          done.add(secret);
        } catch (error) {
          if (!(error instanceof SealingError)) throw error;
          logger.error('A stored secret was not sealed again', error);
        }
      }
    });
    return { done, count };
  }

  /** Tells the operator whether older keys may go, once for each state of things. */
  #say(left: ReadonlyMap<string, number>, waitsFor: string | undefined) {
    const { sealer, logger } = this.options;
    const [first, ...older] = sealer.keyIds;
    const counts = [...left].map(([id, count]) => `${count} with ${id}`);
    let text: string;
    if (counts.length > 0) {
      text = `Stored secrets are sealed with older keys: ${counts.join(
        ', ',
      )}. ${
        waitsFor
          ? `They are sealed again with ${first} when all backends have it as their first key; another one is the first of ${waitsFor}`
          : `They are sealed again with ${first} soon`
      }`;
    } else if (older.length > 0) {
      text = `Nothing is sealed with ${older.join(
        ', ',
      )} any more; all stored secrets are sealed with ${first}. ${
        waitsFor
          ? `Leave them in hetznerInfra.sealing.keys until all backends have ${first} as their first key; another one is the first of ${waitsFor}`
          : `They can be taken out of hetznerInfra.sealing.keys, and are needed for older backups only`
      }`;
    } else {
      text = `All stored secrets are sealed with the key ${first}`;
    }
    if (text !== this.#said) logger.info(text);
    this.#said = text;
  }
}
