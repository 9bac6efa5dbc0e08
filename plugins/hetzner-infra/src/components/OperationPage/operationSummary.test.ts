import type {
  Operation,
  OperationStep,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { sampleOperation, sampleStep } from '../../__testUtils__/samples';
import {
  begunSteps,
  progressOf,
  purposeOf,
  type OperationPurpose,
} from './operationSummary';

const step = (change: Partial<OperationStep>) => sampleStep(change);

describe('purposeOf', () => {
  it.each<[OperationPurpose, Partial<Operation>]>([
    ['remove', { goal: 'remove', revision: 3 }],
    ['change', { revision: 2 }],
    ['create', { revision: 1, steps: [] }],
    ['create', { revision: 1, steps: [step({ kind: 'network' })] }],
    [
      'reconcile',
      { revision: 1, steps: [step({ kind: 'firewall', change: 'update' })] },
    ],
  ])('is %s for %p', (purpose, change) => {
    expect(purposeOf(sampleOperation(change))).toBe(purpose);
  });
});

describe('progressOf', () => {
  it.each<[string, Partial<Operation>, object]>([
    [
      'nothing before the plan is made',
      { steps: [] },
      { done: 0, total: 0, percent: 0 },
    ],
    [
      'steps alike, a running one by its own progress',
      {
        steps: [
          step({ state: 'succeeded' }),
          step({ state: 'skipped' }),
          step({ state: 'running', progress: 50 }),
          step({ state: 'failed' }),
        ],
      },
      { done: 2, total: 4, percent: 62.5 },
    ],
    [
      'a running step that tells no progress as not begun',
      { steps: [step({ state: 'running' })] },
      { done: 0, total: 1, percent: 0 },
    ],
    [
      'all of it when it succeeded, even without a step',
      { state: 'succeeded', steps: [] },
      { done: 0, total: 0, percent: 100 },
    ],
  ])('counts %s', (_title, change, expected) => {
    expect(progressOf(sampleOperation(change))).toEqual(expected);
  });
});

describe('begunSteps', () => {
  it('names what a cancel has to undo', () => {
    const steps = [
      step({ key: 'done', state: 'succeeded' }),
      step({ key: 'under-way', state: 'running' }),
      step({ key: 'waiting', state: 'waiting' }),
      step({ key: 'skipped', state: 'skipped' }),
      step({ key: 'kept', state: 'succeeded', change: 'keep' }),
    ];
    expect(begunSteps({ steps }).map(({ key }) => key)).toEqual([
      'done',
      'under-way',
    ]);
  });
});
