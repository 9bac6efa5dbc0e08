import Big from 'big.js';
import fc from 'fast-check';
import { monthBounds, monthCost, type PricedLifetime } from './cost';
import { sum } from './money';

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(text);

const server = (change: Partial<PricedLifetime> = {}): PricedLifetime => ({
  line: 'pool-web',
  description: 'Workers of the pool web, cx43',
  type: 'cx43',
  resource: 'server 1',
  hourly: '0.0248',
  monthlyCap: '15.49',
  currency: 'EUR',
  source: 'price list',
  startedAt: at('2026-11-10T22:30:00Z'),
  ...change,
});

const november = (lifetimes: PricedLifetime[], until = '2026-12-01T00:00Z') =>
  monthCost(lifetimes, { month: '2026-11', until: at(until) });

describe('monthCost', () => {
  it('counts every hour that was begun on the day on which it began', () => {
    const { lines, totals } = november([
      server({ endedAt: at('2026-11-11T01:31:00Z') }),
    ]);
    expect(lines[0].days).toEqual([
      { day: '2026-11-10', amount: '0.0496' },
      { day: '2026-11-11', amount: '0.0496' },
    ]);
    expect(totals).toEqual([
      { currency: 'EUR', total: '0.0992', forecast: '0.0992' },
    ]);
  });

  it('charges a full hour for a minute', () => {
    const { totals } = november([
      server({ endedAt: at('2026-11-10T22:31:00Z') }),
    ]);
    expect(totals[0].total).toBe('0.0248');
  });

  it('stops at the price of the month, and begins anew with the next', () => {
    const whole = server({ startedAt: at('2026-10-15T00:00Z') });
    const { lines } = november([whole]);
    expect(lines[0].total).toBe('15.49');
    expect(lines[0].days.at(-1)!.day).toBe('2026-11-27');
    expect(
      monthCost([whole], { month: '2026-12', until: at('2026-12-01T05:00Z') })
        .lines[0].total,
    ).toBe('0.124');
  });

  it('caps each resource by itself and adds them up by line', () => {
    const { lines } = november([
      server({ startedAt: at('2026-10-15T00:00Z') }),
      server({ startedAt: at('2026-10-15T00:00Z'), resource: 'server 2' }),
    ]);
    expect(lines).toHaveLength(1);
    expect(lines[0].total).toBe('30.98');
  });

  it('foresees that what exists stays, and that what is gone stays away', () => {
    const { lines, totals } = november(
      [
        server({ startedAt: at('2026-11-01T00:00Z') }),
        server({
          resource: 'server 2',
          startedAt: at('2026-11-01T00:00Z'),
          endedAt: at('2026-11-02T00:00Z'),
        }),
      ],
      '2026-11-03T00:00Z',
    );
    expect(totals[0].total).toBe(sum(Array(72).fill('0.0248')));
    expect(lines[0].forecast).toBe(Big('15.49').plus('0.5952').toString());
  });

  it('does not begin an hour anew when a price changes within it', () => {
    const changed = at('2026-11-10T22:45:00Z');
    const { lines } = november([
      server({ endedAt: changed }),
      server({
        description: 'Workers of the pool web, cx53',
        type: 'cx53',
        hourly: '0.05',
        monthlyCap: '30',
        startedAt: changed,
        endedAt: at('2026-11-11T00:00Z'),
      }),
    ]);
    expect(lines[0].total).toBe('0.0748');
    expect(lines[0].description).toBe('Workers of the pool web, cx53');
    expect(lines[0].type).toBe('cx53');
  });

  it('never adds currencies, and leaves out what costs nothing in the month', () => {
    const { lines, totals } = november([
      server({ endedAt: at('2026-11-10T23:00Z') }),
      server({ currency: 'USD', endedAt: at('2026-11-10T23:00Z') }),
      server({ line: 'later', startedAt: at('2026-12-02T00:00Z') }),
      server({
        line: 'before',
        startedAt: at('2026-10-02T00:00Z'),
        endedAt: at('2026-10-03T00:00Z'),
      }),
    ]);
    expect(lines.map(({ key }) => key)).toEqual(['pool-web', 'pool-web']);
    expect(totals.map(({ currency }) => currency).sort()).toEqual([
      'EUR',
      'USD',
    ]);
  });

  const money = fc.integer({ min: 0, max: 99_999 }).map(n => `${n / 10_000}`);
  const lifetime = fc
    .record({
      line: fc.constantFrom('pool-web', 'load-balancer'),
      resource: fc.constantFrom('a', 'b', 'c'),
      // A thing has one lifetime at a time: each begins at or after the end of the one before it.
      gaps: fc.array(
        fc.record({
          pause: fc.constantFrom(0, 0, 1_234_567, 90 * HOUR),
          length: fc.integer({ min: 1, max: 900 * HOUR }),
          hourly: money,
          monthlyCap: money,
        }),
        { minLength: 1, maxLength: 4 },
      ),
      startedAt: fc.integer({
        min: at('2026-10-01T00:00Z'),
        max: at('2026-12-05T00:00Z'),
      }),
      isOpen: fc.boolean(),
    })
    .map(({ line, resource, gaps, startedAt, isOpen }) => {
      let next = startedAt;
      return gaps.map(({ pause, length, hourly, monthlyCap }, index) => {
        const begin = next + pause;
        next = begin + length;
        return server({
          line,
          resource,
          hourly,
          monthlyCap,
          startedAt: begin,
          endedAt: isOpen && index === gaps.length - 1 ? undefined : next,
        });
      });
    });
  const lifetimes = fc
    .uniqueArray(lifetime, {
      selector: ([{ line, resource }]) => `${line} ${resource}`,
      maxLength: 6,
    })
    .map(all => all.flat());
  const instant = fc.integer({
    min: at('2026-10-20T00:00Z'),
    max: at('2026-12-20T00:00Z'),
  });

  it('has days that sum to the total, all of them in the month', () => {
    fc.assert(
      fc.property(lifetimes, instant, (all, until) => {
        const { lines, totals } = monthCost(all, { month: '2026-11', until });
        for (const { days, total, currency } of lines) {
          expect(sum(days.map(({ amount }) => amount))).toBe(total);
          expect(days.every(({ day }) => day.startsWith('2026-11-'))).toBe(
            true,
          );
          expect(new Set(days.map(({ day }) => day)).size).toBe(days.length);
          expect(currency).toBe('EUR');
        }
        expect(totals.map(({ total }) => total)).toEqual(
          lines.length > 0 ? [sum(lines.map(({ total }) => total))] : [],
        );
      }),
    );
  });

  it('never exceeds the highest price of the month of each resource', () => {
    fc.assert(
      fc.property(lifetimes, instant, (all, until) => {
        const caps = new Map<string, number>();
        for (const { line, resource, monthlyCap } of all) {
          const key = `${line} ${resource}`;
          caps.set(key, Math.max(caps.get(key) ?? 0, Number(monthlyCap)));
        }
        for (const { key, total, forecast } of monthCost(all, {
          month: '2026-11',
          until,
        }).lines) {
          const cap = [...caps]
            .filter(([of]) => of.startsWith(`${key} `))
            .reduce((sumOf, [, amount]) => sumOf.plus(amount), Big(0));
          expect(Big(forecast).lte(cap)).toBe(true);
          expect(Big(total).lte(forecast)).toBe(true);
        }
      }),
    );
  });

  it('only grows with time, up to what was foreseen', () => {
    fc.assert(
      fc.property(
        lifetimes,
        instant,
        fc.nat(40 * 24 * HOUR),
        (all, a, more) => {
          const options = { month: '2026-11' };
          const earlier = monthCost(all, { ...options, until: a });
          const later = monthCost(all, { ...options, until: a + more });
          const end = monthCost(all, {
            ...options,
            until: Math.max(a, monthBounds('2026-11').end),
          });
          const total = (of: typeof later) => Big(of.totals[0]?.total ?? 0);
          expect(total(earlier).lte(total(later))).toBe(true);
          expect(total(end).toString()).toBe(
            Big(earlier.totals[0]?.forecast ?? 0).toString(),
          );
        },
      ),
    );
  });
});

it('knows where a month begins and ends, also at the end of a year', () => {
  expect(monthBounds('2026-12')).toEqual({
    start: at('2026-12-01T00:00Z'),
    end: at('2027-01-01T00:00Z'),
  });
});
