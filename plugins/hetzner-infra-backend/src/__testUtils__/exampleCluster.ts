import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../bootstrap/userData';

const FIXTURES = join(__dirname, '../bootstrap/__fixtures__');

/** A cluster whose keys and passwords are published with the tests. */
export const EXAMPLE_CLUSTER: Cluster = {
  identity: JSON.parse(
    readFileSync(join(FIXTURES, 'cluster-identity.json'), 'utf8'),
  ),
  release: {
    version: 'v1.36.3+k3s1',
    sha256: {
      amd64: '2f98a9f8fe5782479ee2d54e70a1b10a7f6fd4cae8d38ed3098452dc6eed76b5',
      arm64: 'c9a209103f480f163b7c6a56f00862b4481927b284dc29a3716bb70d886691a8',
    },
    releases: 'https://github.com/k3s-io/k3s/releases/download',
  },
  nodes: '10.0.1.0/24',
  controlPlanes: ['10.0.1.254', '10.0.1.253', '10.0.1.252'],
};

/** A file beside the example cluster, which a run with UPDATE_FIXTURES=1 writes anew. */
export function fixture(name: string, made: string): string {
  const file = join(FIXTURES, name);
  if (process.env.UPDATE_FIXTURES) writeFileSync(file, made);
  return readFileSync(file, 'utf8');
}
