import type { ChangeType } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { expectedStepSeconds } from './expectedSteps';

const expected = (
  kind: string,
  change: ChangeType,
  past: Record<string, number[]> = {},
) => expectedStepSeconds({ kind, change }, new Map(Object.entries(past)));

describe('expectedStepSeconds', () => {
  it.each<[string, ChangeType, Record<string, number[]>, number]>([
    ['server', 'create', {}, 20],
    ['server', 'replace', {}, 20],
    ['something-new', 'create', {}, 5],
    ['server', 'create', { 'remove server': [3] }, 20],
    ['server', 'create', { 'create server': [31] }, 31],
    ['server', 'create', { 'create server': [12, 900, 14] }, 14],
    ['server', 'create', { 'create server': [12.4, 13.6] }, 14],
    ['ssh-key', 'create', { 'create ssh-key': [0.1, 0.2] }, 1],
  ])('of %s to %s with %j is %d s', (kind, change, past, seconds) => {
    expect(expected(kind, change, past)).toBe(seconds);
  });
});
