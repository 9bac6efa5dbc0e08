import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { coverage, coveragePage } from '../src/hetzner/coverage';
import { operations } from '../src/hetzner/operations';

// Run from the package, as its script does.
const file = path.resolve('../../docs/sandbox-coverage.md');
const supported = new Set<string>(operations.map(({ route }) => route));
writeFileSync(file, coveragePage(coverage(supported)));
