import fc from 'fast-check';
import {
  approvalOutcome,
  waitsForApproval,
  type Approval,
  type ApprovalRequest,
} from './approval';
import type { Operation } from './operation';

const now = new Date('2026-11-23T08:00:00Z');
const approval: Approval = {
  group: 'group:default/finance',
  monthly: '60.00',
  currency: 'EUR',
  total: '120.00',
  budget: '100.00',
  expiresAt: '2026-11-26T08:00:00.000Z',
};
const operation = (change: object = {}): Operation =>
  ({
    state: 'awaiting-approval',
    initiator: 'user:default/bo',
    options: { approval },
    ...change,
  } as Operation);

const fay = { ref: 'user:default/fay', groups: ['group:default/finance'] };
const approve = (change: object = {}): ApprovalRequest => ({
  kind: 'approve',
  by: fay,
  seen: '60.00',
  current: '60.00',
  ...change,
});
const reject: ApprovalRequest = {
  kind: 'reject',
  by: fay,
  reason: 'Too dear.',
};
const later = new Date('2026-11-26T08:00:00Z');

describe('approvalOutcome', () => {
  it.each<[string, Operation, ApprovalRequest, Date, object]>([
    ['an approval', operation(), approve(), now, { kind: 'queued' }],
    [
      'a price that fell',
      operation(),
      approve({ current: '50' }),
      now,
      { kind: 'queued' },
    ],
    [
      'a price that rose',
      operation(),
      approve({ current: '60.01' }),
      now,
      { kind: 'repriced', approval: { ...approval, monthly: '60.01' } },
    ],
    [
      'a price that the approver did not see',
      operation(),
      approve({ seen: '55' }),
      now,
      { kind: 'refused', isForbidden: false },
    ],
    [
      'a rejection',
      operation(),
      reject,
      now,
      {
        kind: 'cancelled',
        error: {
          code: 'approval-rejected',
          message: 'user:default/fay rejected it: Too dear.',
        },
      },
    ],
    [
      'the initiator, though a member',
      operation({ initiator: fay.ref }),
      approve(),
      now,
      { kind: 'refused', isForbidden: true },
    ],
    [
      'no member',
      operation(),
      approve({ by: { ref: 'user:default/cy', groups: [] } }),
      now,
      { kind: 'refused', isForbidden: true },
    ],
    [
      'one that runs',
      operation({ state: 'running' }),
      approve(),
      now,
      { kind: 'refused', reason: 'it is running' },
    ],
    [
      'one that needs none',
      operation({ options: {} }),
      approve(),
      now,
      { kind: 'refused', reason: 'it needs no approval' },
    ],
    ['too late', operation(), approve(), later, { kind: 'refused' }],
    [
      'its time, over',
      operation(),
      { kind: 'expire' },
      later,
      { kind: 'cancelled', error: { code: 'approval-expired' } },
    ],
    [
      'its time, not over',
      operation(),
      { kind: 'expire' },
      now,
      { kind: 'unchanged' },
    ],
    [
      'the time of one that was cancelled',
      operation({ state: 'cancelled' }),
      { kind: 'expire' },
      later,
      { kind: 'unchanged' },
    ],
  ])('of %s', (_, of, request, at, expected) => {
    expect(approvalOutcome(of, request, at)).toMatchObject(expected);
  });

  it('lets nothing begin that nobody of the group approved at its price', () => {
    const refs = fc.constantFrom('user:default/fay', 'user:default/bo');
    const groups = fc.subarray(['group:default/finance', 'group:default/a']);
    const money = fc
      .integer({ min: 5900, max: 6100 })
      .map(cents => (cents / 100).toFixed(2));
    const states = fc.constantFrom<Operation['state']>(
      'awaiting-approval',
      'queued',
      'running',
      'cancelled',
    );
    fc.assert(
      fc.property(
        refs,
        groups,
        money,
        money,
        states,
        fc.boolean(),
        (ref, of, seen, current, state, isLate) => {
          const outcome = approvalOutcome(
            operation({ state }),
            { kind: 'approve', by: { ref, groups: of }, seen, current },
            isLate ? later : now,
          );
          const may =
            ref === 'user:default/fay' &&
            of.includes('group:default/finance') &&
            state === 'awaiting-approval' &&
            seen === '60.00' &&
            Number(current) <= 60 &&
            !isLate;
          expect(outcome.kind === 'queued').toBe(may);
          expect(
            outcome.kind === 'queued' &&
              waitsForApproval({ approval: outcome.approval }),
          ).toBe(false);
        },
      ),
    );
  });
});
