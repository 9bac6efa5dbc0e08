import type { SandboxUnderTest } from '../sandboxUnderTest';

/** Reads all that the provider offers, and what it took away. */
export async function walkCatalogue({
  api,
  ok,
}: SandboxUnderTest): Promise<void> {
  for (const plural of [
    'locations',
    'images',
    'isos',
    'server_types',
    'load_balancer_types',
  ]) {
    const list = await ok(`GET /${plural}?per_page=50`);
    for (const { id } of list[plural]) await ok(`GET /${plural}/${id}`);
  }
  await ok('GET /isos?architecture=arm&include_architecture_wildcard=true');
  await ok('GET /pricing');
  for (const path of ['/datacenters', '/datacenters/1']) {
    const { status } = await api(`GET ${path}`);
    if (status !== 410) throw new Error(`${path} answered ${status}, not 410`);
  }
}
