import fc from 'fast-check';
import { callKey, CallNumbers, NumberedCall } from '../callNumbers';
import { aspectOf } from './effect';
import { injectionFor } from './injection';
import { appliesTo, effectOf, faultKinds } from './kinds';
import { faultPlan, plannedFault } from './plan';
import { fault } from './rule';

const routes = [
  ['GET', '/servers'],
  ['POST', '/servers'],
  ['DELETE', '/servers/{id}'],
  ['POST', '/servers/{id}/actions/change_type'],
  ['POST', '/load_balancers/{id}/actions/add_target'],
  ['GET', '/actions'],
] as const;

/** The requests of a run, numbered in the order in which they come. */
function numbered(order: { route: number; name: string }[]): NumberedCall[] {
  const numbers = new CallNumbers();
  return order.map(({ route, name }) => {
    const [method, template] = routes[route];
    return numbers.number({
      project: 'p',
      method,
      path: template,
      template,
      operation: null,
      key: callKey(method, template, name),
    });
  });
}

const plan = (given: object) =>
  faultPlan.parse({ id: 'p', seed: 1, rate: 0.5, ...given });

const requests = fc.array(
  fc.record({
    route: fc.nat({ max: routes.length - 1 }),
    name: fc.constantFrom('a', 'b', 'c'),
  }),
  { maxLength: 60 },
);

describe('a plan of random faults', () => {
  it('hits the same requests in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        requests,
        fc.infiniteStream(fc.nat()),
        (seed, order, draws) => {
          const faults = (calls: NumberedCall[]) =>
            calls
              .map(call =>
                [call.key, call.nth, plannedFault(plan({ seed }), call)].join(),
              )
              .sort();
          const overtaken = [...order].sort(
            () => ((draws.next().value as number) % 3) - 1,
          );
          expect(faults(numbered(overtaken))).toEqual(faults(numbered(order)));
        },
      ),
    );
  });

  it('hits the share that it is told, with every kind that fits', () => {
    const count = 20_000;
    const order = Array.from({ length: count }, (_, index) => ({
      route: index % routes.length,
      name: `n${index % 7}`,
    }));
    const met = numbered(order).map(call =>
      plannedFault(plan({ rate: 0.05 }), call),
    );
    const hit = met.filter(Boolean);
    expect(hit.length / count).toBeCloseTo(0.05, 2);
    expect(new Set(hit)).toEqual(new Set(faultKinds));
  });

  it('is another one for another seed', () => {
    const calls = numbered(
      Array.from({ length: 100 }, () => ({ route: 0, name: 'a' })),
    );
    const met = (seed: number) =>
      calls.map(call => plannedFault(plan({ seed }), call));
    expect(met(1)).not.toEqual(met(2));
  });

  it('hits only requests that its kinds and its match are for', () => {
    fc.assert(
      fc.property(fc.integer(), requests, (seed, order) => {
        for (const call of numbered(order)) {
          const kind = plannedFault(
            plan({
              seed,
              rate: 1,
              kinds: ['locked', 'stale-list'],
              match: { write: true },
            }),
            call,
          );
          expect(kind === undefined || appliesTo(kind, call)).toBe(true);
          const isPossible =
            call.key.startsWith('POST /servers') ||
            call.key.startsWith('DELETE /servers');
          expect(kind !== undefined).toBe(isPossible);
        }
      }),
    );
  });

  it('leaves a request to a rule that changes the same', () => {
    const [, create] = numbered([
      { route: 0, name: '' },
      { route: 1, name: 'a' },
    ]);
    const rule = fault.parse({ id: 'r', effect: 'locked' });
    const always = (kind: string) => plan({ id: kind, rate: 1, kinds: [kind] });
    const { injection } = injectionFor(
      [rule],
      [always('drop-after'), always('action-hang')],
      create,
    );
    expect(injection).toMatchObject({
      drop: null,
      error: { status: 423 },
      action: { hangSeconds: 3600 },
    });
    expect(injection.faults.map(({ id }) => id)).toEqual(['r', 'action-hang']);
  });
});

describe('a kind of fault', () => {
  it.each(faultKinds)('%s changes one thing', kind => {
    expect(['answer', 'action', 'list']).toContain(aspectOf(effectOf(kind)));
  });
});
