import fc from 'fast-check';
import {
  backOffSeconds,
  isRepeatable,
  retryDelaySeconds,
  type FailedCall,
} from './retryPolicy';
import { hetznerCodes } from './errorCodes';
import { ownCodes } from '../ownCodes';

const limits = { attempts: 5, baseSeconds: 1, capSeconds: 6 };
const everyCode = [...Object.values(hetznerCodes), ...Object.values(ownCodes)];

const failedCall: fc.Arbitrary<FailedCall> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  code: fc.constantFrom(...everyCode),
  outcome: fc.constantFrom('refused' as const, 'unknown' as const),
  attempt: fc.integer({ min: 1, max: 10 }),
  retryOn: fc.option(fc.subarray(everyCode), { nil: undefined }),
});

describe('isRepeatable', () => {
  it.each`
    method      | code                         | outcome      | retryOn                | expected
    ${'GET'}    | ${'bad_gateway'}             | ${'unknown'} | ${undefined}           | ${true}
    ${'GET'}    | ${'unavailable'}             | ${'unknown'} | ${undefined}           | ${true}
    ${'GET'}    | ${'timeout'}                 | ${'unknown'} | ${undefined}           | ${true}
    ${'GET'}    | ${'timed_out'}               | ${'unknown'} | ${undefined}           | ${true}
    ${'GET'}    | ${'connection_lost'}         | ${'unknown'} | ${undefined}           | ${true}
    ${'GET'}    | ${'connection_failed'}       | ${'refused'} | ${undefined}           | ${true}
    ${'GET'}    | ${'rate_limit_exceeded'}     | ${'refused'} | ${undefined}           | ${true}
    ${'GET'}    | ${'not_found'}               | ${'refused'} | ${undefined}           | ${false}
    ${'GET'}    | ${'unauthorized'}            | ${'refused'} | ${undefined}           | ${false}
    ${'GET'}    | ${'server_error'}            | ${'unknown'} | ${undefined}           | ${true}
    ${'GET'}    | ${'tls_error'}               | ${'refused'} | ${undefined}           | ${false}
    ${'GET'}    | ${'aborted'}                 | ${'unknown'} | ${undefined}           | ${false}
    ${'POST'}   | ${'conflict'}                | ${'refused'} | ${undefined}           | ${true}
    ${'POST'}   | ${'locked'}                  | ${'refused'} | ${undefined}           | ${true}
    ${'POST'}   | ${'rate_limit_exceeded'}     | ${'refused'} | ${undefined}           | ${true}
    ${'POST'}   | ${'connection_failed'}       | ${'refused'} | ${undefined}           | ${true}
    ${'POST'}   | ${'resource_limit_exceeded'} | ${'refused'} | ${undefined}           | ${false}
    ${'POST'}   | ${'resource_unavailable'}    | ${'refused'} | ${undefined}           | ${false}
    ${'POST'}   | ${'bad_gateway'}             | ${'unknown'} | ${undefined}           | ${false}
    ${'POST'}   | ${'timed_out'}               | ${'unknown'} | ${undefined}           | ${false}
    ${'PUT'}    | ${'connection_lost'}         | ${'unknown'} | ${undefined}           | ${false}
    ${'DELETE'} | ${'timeout'}                 | ${'unknown'} | ${undefined}           | ${false}
    ${'DELETE'} | ${'resource_in_use'}         | ${'refused'} | ${undefined}           | ${false}
    ${'DELETE'} | ${'resource_in_use'}         | ${'refused'} | ${['resource_in_use']} | ${true}
    ${'DELETE'} | ${'locked'}                  | ${'refused'} | ${undefined}           | ${true}
  `(
    '$method after $code ($outcome), asked for $retryOn: $expected',
    ({ method, code, outcome, retryOn, expected }) => {
      expect(isRepeatable({ method, code, outcome, retryOn, attempt: 1 })).toBe(
        expected,
      );
    },
  );

  it('never repeats a write that may have happened, whatever was asked for', () => {
    fc.assert(
      fc.property(failedCall, call => {
        fc.pre(call.method !== 'GET' && call.outcome === 'unknown');
        expect(isRepeatable(call)).toBe(false);
      }),
    );
  });
});

describe('retryDelaySeconds', () => {
  it('gives no further try after the last one', () => {
    fc.assert(
      fc.property(failedCall, call => {
        fc.pre(call.attempt >= limits.attempts);
        expect(retryDelaySeconds(call, limits, () => 0.5)).toBeUndefined();
      }),
    );
  });

  it('waits for exactly those calls that may be repeated', () => {
    fc.assert(
      fc.property(failedCall, call => {
        fc.pre(call.attempt < limits.attempts);
        const delay = retryDelaySeconds(call, limits, () => 0.5);
        expect(delay !== undefined).toBe(isRepeatable(call));
      }),
    );
  });
});

describe('backOffSeconds', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 4],
    [4, 6],
    [9, 6],
  ])('after try %i waits up to %i s', (attempt, ceiling) => {
    expect(backOffSeconds(attempt, limits, () => 0)).toBe(0);
    expect(backOffSeconds(attempt, limits, () => 0.5)).toBe(ceiling / 2);
    expect(backOffSeconds(attempt, limits, () => 1)).toBe(ceiling);
  });
});
