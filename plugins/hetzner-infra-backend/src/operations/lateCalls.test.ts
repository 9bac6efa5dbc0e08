import {
  ownershipLabels,
  type ActualResource,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { InstantClock } from '../__testUtils__/InstantClock';
import { firewall } from '../__testUtils__/nodes';
import { noBuckets } from '../resources';
import { clearLateCalls } from './lateCalls';
import type { Aim, Operation } from './operation';
import { OperationConflictError } from './OperationConflictError';
import type { ReconcileDependencies } from './work';

const owner = {
  installation: 'portal000001',
  environmentId: 'env000000001',
  environment: 'shop',
};

const lost = {
  id: 'lost',
  environmentId: owner.environmentId,
  initiator: 'user:default/jo',
} as Operation;

const inState = (state: Operation['state']) =>
  ({ id: 'other', state } as Operation);

/** A firewall that stands, made by an operation. */
const madeBy = (operationId: string, key = 'firewall-workers') =>
  ({
    kind: 'firewall',
    key,
    providerId: 7,
    name: `shop-${key}`,
    generation: 1,
    owned: true,
    busy: false,
    createdAt: '2026-11-23T08:00:00Z',
    details: {},
    deleteProtected: false,
    labels: ownershipLabels(owner, { key, generation: 1, operationId }),
    state: firewall().desired,
  } as ActualResource);

/** The firewall that is wanted, with rules that nobody asks for. */
const changed = {
  ...madeBy('before', 'firewall-workers'),
  state: { rules: [] },
} as ActualResource;

function look(
  given: {
    rest?: { aim: Aim; revision: number };
    actual?: ActualResource[];
    current?: Operation[];
    conflict?: boolean;
    begun?: string[];
    signal?: AbortSignal;
  } = {},
) {
  const {
    rest,
    actual = [madeBy('lost')],
    current = [],
    conflict = false,
    begun = [],
    signal = new AbortController().signal,
  } = given;
  const submitted: unknown[] = [];
  const observed: unknown[] = [];
  const cloud = { scoped: () => cloud };
  const isApply = rest?.aim.kind === 'apply';
  const dependencies = {
    store: {
      async current() {
        const now = current.shift();
        return new Map(now ? [[owner.environmentId, now]] : []);
      },
      async submit(submission: unknown) {
        if (conflict) throw new OperationConflictError('busy', 'other');
        submitted.push(submission);
        return { operation: inState('queued'), repeated: false };
      },
    },
    desiredStates: {
      atRest: async () => rest,
      read: async () => ({
        graph: {
          environment: 'shop',
          nodes: isApply ? [firewall(undefined, 'firewall-workers')] : [],
        },
        cloud,
        buckets: noBuckets,
        owner,
      }),
    },
    observe: async (context: unknown) => {
      observed.push(context);
      return actual;
    },
    clock: new InstantClock(),
  } as unknown as ReconcileDependencies;
  return {
    submitted,
    observed,
    result: clearLateCalls(
      { operation: lost, begun: new Set(begun) },
      signal,
      dependencies,
    ),
  };
}

const removed = { aim: { kind: 'remove' as const }, revision: 3 };
const ready = { aim: { kind: 'apply' as const, revision: 3 }, revision: 3 };

describe('clearLateCalls', () => {
  it('removes what the operation made in an environment that is removed', async () => {
    const { submitted, result } = look({ rest: removed });
    expect(await result).toMatchObject({ id: 'other' });
    expect(submitted).toEqual([
      {
        environmentId: owner.environmentId,
        goal: 'remove',
        revision: 3,
        initiator: 'user:default/jo',
        options: {},
      },
    ]);
  });

  it('puts right an environment that has something that nobody asks for', async () => {
    const { submitted, result } = look({
      rest: ready,
      actual: [madeBy('before'), madeBy('lost', 'firewall-batch')],
    });
    await result;
    expect(submitted).toEqual([
      expect.objectContaining({
        goal: 'apply',
        revision: 3,
        previousRevision: 3,
        options: { purpose: 'reconcile' },
      }),
    ]);
  });

  it('puts right what differs of a resource that it was changing', async () => {
    const { submitted, result } = look({
      rest: ready,
      actual: [changed],
      begun: ['firewall firewall-workers'],
    });
    await result;
    expect(submitted).toEqual([
      expect.objectContaining({
        goal: 'apply',
        revision: 3,
        options: { purpose: 'reconcile' },
      }),
    ]);
  });

  it.each([
    ['what differs of anything else', { rest: ready, actual: [changed] }],
    [
      'what it was changing and is as it shall be',
      {
        rest: ready,
        actual: [madeBy('lost')],
        begun: ['firewall firewall-workers'],
      },
    ],
    ['what is wanted', { rest: ready, actual: [madeBy('lost')] }],
    ['what another operation made', { rest: removed, actual: [madeBy('x')] }],
    ['an environment whose last operation failed', {}],
    ['what another operation sees now', { rest: removed, conflict: true }],
  ])('leaves %s', async (_, given) => {
    const { submitted, result } = look(given);
    expect(await result).toBeUndefined();
    expect(submitted).toEqual([]);
  });

  it('looks when nothing works on the environment any more', async () => {
    const current = [inState('running'), inState('running'), inState('failed')];
    const { observed, result } = look({ rest: removed, current });
    expect(await result).toBeDefined();
    expect(current).toEqual([]);
    expect(observed).toHaveLength(1);
  });

  it('ends with the process', async () => {
    const { observed, result } = look({
      rest: removed,
      current: [inState('running')],
      signal: AbortSignal.abort(),
    });
    expect(await result).toBeUndefined();
    expect(observed).toEqual([]);
  });
});
