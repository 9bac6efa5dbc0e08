import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

const configuration = (name: string) =>
  parse(readFileSync(resolve(__dirname, '../../..', name), 'utf8'));

describe('the configuration for production', () => {
  it('recovers the tasks of a backend that ended, as the local one does', () => {
    const { scaffolder } = configuration('app-config.production.yaml');
    expect(scaffolder.taskRecovery).toEqual({ enabled: true });
    expect(scaffolder).toEqual(configuration('app-config.yaml').scaffolder);
  });
});
