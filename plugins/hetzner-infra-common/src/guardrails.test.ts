import fc from 'fast-check';
import {
  approvalNeed,
  breaches,
  guardrailOf,
  newBreaches,
  type Guardrail,
} from './guardrails';
import type { ServerTypeChoices } from './serverTypes';
import { anyEnvironment } from './testing/anyEnvironment';
import { environmentDocument } from './testing/environment';

const choices = (types: Record<string, string>): ServerTypeChoices =>
  Object.fromEntries(
    Object.entries(types).map(([group, chosen]) => [
      group,
      { asked: [chosen], location: 'fsn1', chosen, reason: null },
    ]),
  );

const document = environmentDocument();
const chosen = choices({ 'control-plane': 'cx23', web: 'cx43' });

describe('breaches', () => {
  it.each<[string, Partial<Guardrail>, string, RegExp]>([
    [
      'location',
      { locations: ['nbg1'] },
      'spec.location',
      /may use nbg1, not fsn1/,
    ],
    [
      'type of a control plane',
      { serverTypes: ['cx43'] },
      'spec.controlPlane.serverType',
      /not cx23/,
    ],
    [
      'type of a pool',
      { serverTypes: ['cx23'] },
      'spec.pools.0.serverType',
      /not cx43/,
    ],
    [
      'load balancer',
      { loadBalancerTypes: ['lb21'] },
      'spec.loadBalancer.type',
      /not lb11/,
    ],
    [
      'size of a pool',
      { maxServersPerPool: 7 },
      'spec.pools.0.max',
      /at most 7 servers; web would have 8/,
    ],
    [
      'size of all',
      { maxServers: 8 },
      'spec.pools.0.max',
      /at most 8 servers; with all pools full this one would have 9/,
    ],
  ])('names the %s', (_, rule, path, message) => {
    expect(
      breaches(document, chosen, { group: document.metadata.owner, ...rule }),
    ).toEqual([
      expect.objectContaining({
        path,
        code: expect.any(String),
        message: expect.stringMatching(message),
      }),
    ]);
  });

  it('of a rule without limits are none, whatever the document', () => {
    fc.assert(
      fc.property(anyEnvironment, environment => {
        expect(breaches(environment, {}, { group: '*' })).toEqual([]);
      }),
    );
  });

  it('of a rule that is made of the document are none', () => {
    fc.assert(
      fc.property(anyEnvironment, environment => {
        const { spec } = environment;
        const most = Math.max(...spec.pools.map(({ max }) => max));
        expect(
          breaches(
            environment,
            {},
            {
              group: '*',
              locations: [spec.location],
              loadBalancerTypes: [spec.loadBalancer.type],
              maxServersPerPool: most,
              maxServers:
                spec.controlPlane.count +
                spec.pools.reduce((sum, { max }) => sum + max, 0),
            },
          ),
        ).toEqual([]);
      }),
    );
  });

  it('that were there before do not count', () => {
    const problem = { path: 'spec.location', message: 'No.' };
    const other = { path: 'spec.pools', message: 'Too many.' };
    expect(newBreaches([problem], [problem, other])).toEqual([other]);
  });
});

describe('guardrailOf', () => {
  const own = { group: 'group:default/a' };
  const rest = { group: '*' };
  it.each([
    ['its own before that for all', [rest, own], 'group:default/a', own],
    ['that for all others', [own, rest], 'group:default/b', rest],
    ['none', [own], 'group:default/b', undefined],
  ])('is %s', (_, rules, owner, expected) => {
    expect(guardrailOf(rules, owner)).toBe(expected);
  });
});

describe('approvalNeed', () => {
  const rule: Guardrail = {
    group: '*',
    budget: {
      monthly: '100',
      currency: 'EUR',
      approvers: 'group:default/finance',
    },
  };
  const eur = (monthly: string) => [
    { currency: 'EUR', monthly, monthlyMax: monthly },
  ];

  it.each([
    ['within', '40', ['60'], undefined, undefined],
    ['beyond by a cent', '40.01', ['60'], undefined, '100.01'],
    ['beyond, but not dearer than before', '60', ['60'], '60', undefined],
    ['beyond, and dearer', '60.01', ['60'], '60', '120.01'],
    ['alone beyond', '100.01', [], undefined, '100.01'],
  ])('%s', (_, wanted, others, before, total) => {
    expect(
      approvalNeed(
        rule,
        eur(wanted),
        others.map(eur),
        (before && eur(before)) || [],
      )?.total,
    ).toBe(total);
  });

  it('counts only the currency of the budget', () => {
    const usd = [{ currency: 'USD', monthly: '999', monthlyMax: '999' }];
    expect(approvalNeed(rule, usd, [usd])).toBeUndefined();
    expect(approvalNeed(undefined, eur('999'), [])).toBeUndefined();
  });

  it('never asks for less, and asks whenever it asked for less', () => {
    const cents = fc.integer({ min: 0, max: 20_000 });
    const money = (amount: number) => eur((amount / 100).toFixed(2));
    fc.assert(
      fc.property(cents, cents, cents, (price, more, other) => {
        const lower = approvalNeed(rule, money(price), [money(other)]);
        const higher = approvalNeed(rule, money(price + more), [money(other)]);
        expect(lower !== undefined && higher === undefined).toBe(false);
        expect(
          approvalNeed(rule, money(price), [money(other)], money(price)),
        ).toBe(undefined);
      }),
    );
  });
});
