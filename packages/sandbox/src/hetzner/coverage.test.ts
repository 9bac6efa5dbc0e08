import { readFileSync } from 'node:fs';
import path from 'node:path';
import { apiDescription } from '../judge/description';
import { descriptionFile, needingDescription } from '../testing/description';
import { coverage, coveragePage } from './coverage';
import { operationNames } from './operationNames';
import { operations } from './operations';

const rows = coverage(new Set<string>(operations.map(({ route }) => route)));

// Only tests read this, and they run from the source.
// eslint-disable-next-line no-restricted-syntax
const root = path.resolve(__dirname, '..', '..', '..', '..');

describe('the coverage of the sandbox', () => {
  it('is written down (if not: yarn workspace sandbox coverage)', () => {
    const page = readFileSync(
      path.join(root, 'docs/sandbox-coverage.md'),
      'utf8',
    );
    expect(page).toBe(coveragePage(rows));
  });

  it('is everything but DNS zones', () => {
    const refused = rows.filter(({ state }) => state === '501');
    expect(refused.length).toBeGreaterThan(20);
    expect(
      refused
        .map(({ path: below }) => below)
        .filter(below => !/^\/zones(\/|$)/.test(below)),
    ).toEqual([]);
  });
});

const suite = descriptionFile ? describe : describe.skip;

suite(needingDescription('the names of operations'), () => {
  it('are those of the official description', () => {
    const { paths } = apiDescription.parse(
      JSON.parse(readFileSync(descriptionFile!, 'utf8')),
    );
    const described = Object.entries(paths).flatMap(([below, methods]) =>
      Object.entries(methods).map(([method, operation]) => [
        `${method.toUpperCase()} ${below}`,
        operation?.operationId,
      ]),
    );
    expect(described.length).toBeGreaterThan(180);
    expect(operationNames).toMatchObject(Object.fromEntries(described));
  });
});
