import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { SealingKey } from './Sealer';

const SECTION = 'hetznerInfra.sealing.keys';
const KEY_BYTES = 32;
const ID_PATTERN = /^[a-z0-9-]{1,32}$/;

/**
 * Reads the sealing keys of the configuration.
 *
 * @throws InputError that says which key is wrong and how to make one; never a key
 */
export function readSealingKeys(config: Config): [SealingKey, ...SealingKey[]] {
  const entries = config.getOptionalConfigArray(SECTION) ?? [];
  if (entries.length === 0) {
    throw new InputError(
      `${SECTION} is missing. It seals the credentials in the database. Make a key with "openssl rand -base64 32", keep it outside the database, and configure it as [{ id: k1, secret: … }].`,
    );
  }
  const seen = new Set<string>();
  const keys = entries.map((entry, index): SealingKey => {
    const id = entry.getOptionalString('id') ?? '';
    if (!ID_PATTERN.test(id)) {
      throw new InputError(
        `${SECTION}[${index}].id is not 1 to 32 lower-case letters, digits or hyphens.`,
      );
    }
    if (seen.has(id)) {
      throw new InputError(`${SECTION} has two keys with the id ${id}.`);
    }
    seen.add(id);
    return { id, secret: readSecret(entry, id) };
  });
  return keys as [SealingKey, ...SealingKey[]];
}

function readSecret(entry: Config, id: string): Buffer {
  const text = entry.getOptionalString('secret')?.trim();
  if (!text) {
    throw new InputError(
      `The secret of the key ${id} in ${SECTION} is missing. Is the environment variable or file that it comes from set?`,
    );
  }
  const secret = Buffer.from(text, 'base64');
  // Node skips what is not base64: only what encodes to the same text was all of it.
  if (secret.length !== KEY_BYTES || secret.toString('base64') !== text) {
    throw new InputError(
      `The secret of the key ${id} in ${SECTION} is not ${KEY_BYTES} bytes in base64. Make one with "openssl rand -base64 ${KEY_BYTES}".`,
    );
  }
  return secret;
}
