import { hetznerCodes, isCode, type Action } from '../clouds/hetzner';
import type { RemoveContext } from './ResourceDriver';

/**
 * Removes something and waits until it is gone. That it is gone already, at
 * whatever step, is what was wanted.
 *
 * @throws CloudError
 */
export async function untilGone(
  { cloud, signal, onProgress }: RemoveContext,
  remove: () => Promise<Action | undefined>,
): Promise<void> {
  try {
    await cloud.waitFor([await remove()], { signal, onProgress });
  } catch (error) {
    if (!isCode(error, hetznerCodes.notFound)) throw error;
  }
}
