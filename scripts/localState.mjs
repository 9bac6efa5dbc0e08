import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

/**
 * Reads a key that this checkout made for itself, making it at the first start.
 * The file comes into being complete and readable for its owner alone.
 *
 * @param {string} file
 * @returns {Promise<string>} 32 random bytes in base64
 */
export async function ensureKey(file) {
  const read = () => fs.readFile(file, 'utf8').then(text => text.trim());
  try {
    return await read();
  } catch (error) {
    if (error.code !== 'ENOENT') {
      throw error;
    }
  }
  await fs.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  await fs.writeFile(draft, `${randomBytes(32).toString('base64')}\n`, {
    mode: 0o600,
  });
  try {
    // A link, unlike a rename, does not replace the key that another start has made meanwhile.
    await fs.link(draft, file);
  } catch (error) {
    if (error.code !== 'EEXIST') {
      throw error;
    }
  } finally {
    await fs.rm(draft);
  }
  return read();
}

/**
 * Makes the folders and keys of the local portal.
 *
 * @param {string} folder `.local` of the checkout
 * @returns {Promise<NodeJS.ProcessEnv>} what app-config.yaml expects in the environment
 */
export async function ensureLocalState(folder) {
  // The database holds the keys that sign tokens: nobody else reads any of this.
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of ['database', 'sandbox', 'logs']) {
    await fs.mkdir(path.join(folder, name), { recursive: true });
  }
  return {
    HETZNER_INFRA_SEALING_KEY: await ensureKey(
      path.join(folder, 'secrets', 'sealing-key'),
    ),
    SANDBOX_S3_SECRET_KEY: await ensureKey(
      path.join(folder, 'secrets', 'object-storage-key'),
    ),
  };
}
