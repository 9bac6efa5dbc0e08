import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A key that seals stored secrets. */
export type SealingKey = {
  /** Part of every sealed value, so that the key can be found again. */
  id: string;
  /** 32 random bytes. */
  secret: Buffer;
};

/** Where a sealed value is stored. It opens there and nowhere else. */
export type Place = {
  table: 'connections' | 'environment_secrets';
  /** Primary key of the row. */
  row: string;
  /** Which secret of the row. */
  name: string;
};

const FORM = 'v1';
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12; // What NIST SP 800-38D, 5.2.1.1, recommends for GCM.
const TAG_BYTES = 16;

/** A stored secret could not be opened. The message names the place and the key's id, never a value. */
export class SealingError extends Error {
  readonly name = 'SealingError';
}

/**
 * Seals secrets for the database: AES-256-GCM with a random nonce per value. The
 * place is authenticated with the value, so a row that was copied over another
 * does not open. The first key seals unless another one is named; all of them open.
 *
 * A sealed value is `v1.<key id>.<nonce>.<ciphertext and tag>`, base64url.
 */
export class Sealer {
  /** Ids of the keys, in their order. */
  readonly keyIds: readonly [string, ...string[]];
  readonly #keys: Map<string, Buffer>;
  #current: string;

  /** @param keys - at least one */
  constructor(keys: readonly [SealingKey, ...SealingKey[]]) {
    this.#current = keys[0].id;
    this.keyIds = keys.map(({ id }) => id) as [string, ...string[]];
    this.#keys = new Map(keys.map(key => [key.id, key.secret]));
  }

  /** Seals with this key from now on: the others may not know the first one yet. */
  sealWith(id: string): void {
    if (!this.#keys.has(id)) throw new TypeError(`There is no key ${id}`);
    this.#current = id;
  }

  seal(text: string, place: Place): string {
    const id = this.#current;
    const secret = this.#keys.get(id)!;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, secret, nonce, {
      authTagLength: TAG_BYTES,
    });
    cipher.setAAD(associated(id, place));
    const sealed = Buffer.concat([
      cipher.update(text, 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return [
      FORM,
      id,
      nonce.toString('base64url'),
      sealed.toString('base64url'),
    ].join('.');
  }

  /** @throws SealingError */
  open(sealed: string, place: Place): string {
    const [form, id, nonce, body, ...rest] = sealed.split('.');
    if (form !== FORM || !id || !nonce || !body || rest.length > 0) {
      throw new SealingError(`${where(place)} does not hold a sealed value.`);
    }
    const secret = this.#keys.get(id);
    if (!secret) {
      throw new SealingError(
        `${where(
          place,
        )} is sealed with the key ${id}, which is missing in hetznerInfra.sealing.keys. Add it again, behind the first.`,
      );
    }
    try {
      const bytes = Buffer.from(body, 'base64url');
      const end = bytes.length - TAG_BYTES;
      const decipher = createDecipheriv(
        CIPHER,
        secret,
        Buffer.from(nonce, 'base64url'),
        { authTagLength: TAG_BYTES },
      );
      decipher.setAAD(associated(id, place));
      decipher.setAuthTag(bytes.subarray(end));
      return Buffer.concat([
        decipher.update(bytes.subarray(0, end)),
        decipher.final(),
      ]).toString('utf8');
    } catch {
      throw new SealingError(
        `${where(
          place,
        )} does not open with the key ${id}: either the key in hetznerInfra.sealing.keys is not the one it was sealed with, or the row was changed.`,
      );
    }
  }

  /** Whether it has the key that a value was sealed with, as far as the id tells. */
  knows(sealed: string): boolean {
    return this.#keys.has(keyIdIn(sealed));
  }
}

/** The id of the key that a value was sealed with; empty for what is no sealed value. */
export function keyIdIn(sealed: string): string {
  const [form, id = ''] = sealed.split('.');
  return form === FORM ? id : '';
}

/** How every value begins that a key sealed. */
export function sealedWith(keyId: string): string {
  return `${FORM}.${keyId}.`;
}

function associated(keyId: string, place: Place): Buffer {
  return Buffer.from(
    JSON.stringify([FORM, keyId, place.table, place.row, place.name]),
  );
}

function where(place: Place): string {
  return `The secret ${place.name} of ${place.row} in the table ${place.table}`;
}
