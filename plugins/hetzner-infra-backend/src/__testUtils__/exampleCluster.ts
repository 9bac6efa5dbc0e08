import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PINNED_RELEASE } from '../bootstrap/readK3sRelease';
import type { Cluster } from '../bootstrap/userData';

const FIXTURES = join(__dirname, '../bootstrap/__fixtures__');

/** A cluster whose keys and passwords are published with the tests. */
export const EXAMPLE_CLUSTER: Cluster = {
  identity: JSON.parse(
    readFileSync(join(FIXTURES, 'cluster-identity.json'), 'utf8'),
  ),
  release: PINNED_RELEASE,
  nodes: '10.0.1.0/24',
  controlPlanes: ['10.0.1.254', '10.0.1.253', '10.0.1.252'],
};

/** A file beside the example cluster, which a run with UPDATE_FIXTURES=1 writes anew. */
export function fixture(name: string, made: string): string {
  const file = join(FIXTURES, name);
  if (process.env.UPDATE_FIXTURES) writeFileSync(file, made);
  return readFileSync(file, 'utf8');
}
