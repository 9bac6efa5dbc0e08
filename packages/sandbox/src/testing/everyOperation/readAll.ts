import type { SandboxUnderTest } from '../sandboxUnderTest';

/**
 * Reads all that can be read of a kind of resource and of the actions on it.
 *
 * @param plural - the resource in paths, such as `servers`
 * @param action - the id of an action on the resource; without it only the resource is read
 */
export async function readAll(
  { ok }: SandboxUnderTest,
  plural: string,
  id: number,
  action?: number,
): Promise<void> {
  await ok(`GET /${plural}?page=1&per_page=50&sort=id:desc`);
  await ok(`GET /${plural}/${id}`);
  if (action === undefined) return;
  await ok(`GET /${plural}/actions?sort=started:desc&status=success`);
  await ok(`GET /${plural}/actions/${action}`);
  await ok(`GET /${plural}/${id}/actions?sort=command`);
  await ok(`GET /${plural}/${id}/actions/${action}`);
}
