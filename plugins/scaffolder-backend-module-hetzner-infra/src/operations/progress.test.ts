import fc from 'fast-check';
import type { Operation } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { step } from '../__testUtils__/ApiServer';
import { durationText, heartbeatLine, progressLines } from './progress';

const operation = (
  state: Operation['state'],
  steps: Operation['steps'],
): Operation => ({
  id: 'o1',
  environment: 'shop',
  environmentId: 'e1',
  goal: 'apply',
  purpose: 'create',
  revision: 1,
  state,
  sentence: `It is ${state}.`,
  initiator: 'user:default/jane',
  createdAt: '2026-11-23T08:00:00Z',
  steps,
});

describe('durationText', () => {
  it.each([
    [-5, '0.0 s'],
    [340, '0.3 s'],
    [9_900, '9.9 s'],
    [12_400, '12 s'],
    [59_900, '1 min 0 s'],
    [125_000, '2 min 5 s'],
  ])('%d ms is %s', (milliseconds, text) => {
    expect(durationText(milliseconds)).toBe(text);
  });
});

describe('progressLines', () => {
  it('says what was seen for the first time', () => {
    expect(
      progressLines(
        undefined,
        operation('running', [
          step('a', 'waiting'),
          step('b', 'running'),
          step('c', 'skipped'),
        ]),
      ),
    ).toEqual([
      { text: 'It is running.' },
      { text: 'Started: Create b' },
      { text: 'Not needed: Create c' },
    ]);
  });

  it('says how long a step took and why one failed', () => {
    const times = {
      startedAt: '2026-11-23T08:00:00Z',
      finishedAt: '2026-11-23T08:01:05Z',
    };
    expect(
      progressLines(
        operation('running', [step('a', 'running'), step('b', 'running')]),
        operation('running', [
          step('a', 'succeeded', times),
          step('b', 'failed', {
            ...times,
            error: { code: 'server_error', message: 'The host is broken.' },
          }),
        ]),
      ),
    ).toEqual([
      { text: 'Done: Create a (1 min 5 s)' },
      {
        text: 'Failed: Create b (1 min 5 s). The host is broken.',
        failed: true,
      },
    ]);
  });

  it('says nothing about what has not changed', () => {
    const states = fc.constantFrom(
      ...(['waiting', 'running', 'succeeded', 'failed', 'skipped'] as const),
    );
    fc.assert(
      fc.property(fc.array(states), list => {
        const seen = operation(
          'running',
          list.map((state, index) => step(`s${index}`, state)),
        );
        expect(progressLines(seen, structuredClone(seen))).toEqual([]);
      }),
    );
  });

  it('says each end once, however often one looks', () => {
    const moments = fc.array(
      fc.constantFrom(...(['waiting', 'running', 'succeeded'] as const)),
      { minLength: 1, maxLength: 8 },
    );
    const order = ['waiting', 'running', 'succeeded'];
    fc.assert(
      fc.property(moments, seen => {
        const forward = [...seen].sort(
          (a, b) => order.indexOf(a) - order.indexOf(b),
        );
        const looks = forward.map(state =>
          operation('running', [step('a', state)]),
        );
        const lines = looks.flatMap((now, index) =>
          progressLines(looks[index - 1], now),
        );
        expect(
          lines.filter(line => line.text === 'Done: Create a'),
        ).toHaveLength(forward.includes('succeeded') ? 1 : 0);
      }),
    );
  });
});

describe('heartbeatLine', () => {
  it('tells how far it is and what runs', () => {
    expect(
      heartbeatLine(
        operation('running', [
          step('a', 'succeeded'),
          step('b', 'running', { progress: 40 }),
          step('c', 'running'),
          step('d', 'waiting'),
        ]),
        75_000,
      ),
    ).toBe(
      '1 min 15 s: It is running. 1 of 4 steps ended. Running: Create b, 40 %; Create c.',
    );
  });

  it('leaves out what runs when nothing does', () => {
    expect(heartbeatLine(operation('queued', []), 15_000)).toBe(
      '15 s: It is queued. 0 of 0 steps ended.',
    );
  });
});
