import { readFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');

async function readYaml(...names) {
  const { parse } = await import('yaml');
  return parse(await readFile(path.join(root, ...names), 'utf8'));
}

/**
 * The environment that the benchmarks create, without its bucket: many are made of
 * it, a bucket's name is there once, and it is not on the critical path.
 */
export async function readExample() {
  const example = await readYaml('examples', 'xpeditis-prod.yaml');
  delete example.spec.connections.objectStorage;
  delete example.spec.data.objectStorage;
  return example;
}

/**
 * Settings of a backend whose configured projects may have as much as is wanted.
 *
 * @param {Record<string, number>} limits the others stay as they are configured
 */
export async function withLimits(limits) {
  const { hetznerInfra } = await readYaml('app-config.yaml');
  const projects = hetznerInfra.connections
    .filter(({ kind }) => kind === 'hetzner')
    .map(connection => ({
      ...connection,
      limits: { ...connection.limits, ...limits },
    }));
  return { APP_CONFIG_hetznerInfra_connections: JSON.stringify(projects) };
}

/**
 * Tells the sandbox how fast it is and what its projects may have.
 *
 * @param {string} sandbox where it answers
 * @param {{ speed: number, quotas: Record<string, number> }} settings
 */
export async function setUpCloud(sandbox, settings) {
  const response = await fetch(`${sandbox}/control/settings`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(settings),
  });
  if (!response.ok) {
    throw new Error(
      `The sandbox did not take its settings: ${await response.text()}`,
    );
  }
}
