import Big from 'big.js';
import { sum, type Money } from './money';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long something that costs existed at one price. Times are epoch milliseconds. */
export interface PricedLifetime {
  /** The price line that it belongs to, such as `pool-web`. */
  line: string;
  /** The line in words, such as `Workers of the pool web, cx43`. */
  description: string;
  /** Of the server or load balancer; absent for what has none. */
  type?: string;
  /** What it is at the provider, such as `server 4711`; a change of its price begins another lifetime of the same. */
  resource: string;
  /** Net price of an hour. */
  hourly: Money;
  /** Net price that a calendar month never exceeds. */
  monthlyCap: Money;
  currency: string;
  /** Where the price comes from, with its date. */
  source: string;
  startedAt: number;
  /** Absent while it exists. */
  endedAt?: number;
}

/** What one price line cost in a month. */
export interface LineCost {
  key: string;
  description: string;
  /** Of its servers or load balancer, the latest that it had. */
  type?: string;
  currency: string;
  source: string;
  /** Until now; the sum of its days. */
  total: Money;
  /** At the end of the month, when everything that exists stays. */
  forecast: Money;
  /** UTC days as YYYY-MM-DD on which it cost something. */
  days: { day: string; amount: Money }[];
}

/** What an environment cost in a month. Amounts are exact: whoever shows them rounds them. */
export interface MonthCost {
  lines: LineCost[];
  /** One entry per currency; they are never added. */
  totals: { currency: string; total: Money; forecast: Money }[];
}

/** When a calendar month (YYYY-MM, UTC) begins and ends, in epoch milliseconds. */
export function monthBounds(month: string): { start: number; end: number } {
  const [year, number] = month.split('-').map(Number);
  return {
    start: Date.UTC(year, number - 1, 1),
    end: Date.UTC(year, number, 1),
  };
}

/**
 * What recorded lifetimes cost in a calendar month (YYYY-MM), by line and UTC
 * day, and what the whole month will cost. Pure.
 *
 * Every hour that was begun counts in full, on the day on which it began, until
 * the month's price is reached (docs.hetzner.com, Billing System at Hetzner:
 * Basic billing principle).
 *
 * @param until - epoch milliseconds up to which what still exists is counted
 */
export function monthCost(
  lifetimes: readonly PricedLifetime[],
  { month, until }: { month: string; until: number },
): MonthCost {
  const bounds = monthBounds(month);
  const lines = groupBy(
    lifetimes,
    ({ line, currency }) => `${currency} ${line}`,
  )
    .map(of => lineCost(of, bounds, until))
    .filter(({ forecast }) => Number(forecast) > 0)
    .sort(
      (a, b) => Big(b.forecast).cmp(a.forecast) || a.key.localeCompare(b.key),
    );
  return {
    lines,
    totals: groupBy(lines, ({ currency }) => currency).map(of => ({
      currency: of[0].currency,
      total: sum(of.map(({ total }) => total)),
      forecast: sum(of.map(({ forecast }) => forecast)),
    })),
  };
}

type Bounds = { start: number; end: number };

function lineCost(
  lifetimes: PricedLifetime[],
  bounds: Bounds,
  until: number,
): LineCost {
  const latest = lifetimes.reduce((a, b) =>
    b.startedAt > a.startedAt ? b : a,
  );
  const days = lineDays(lifetimes, bounds, until);
  const whole = lineDays(lifetimes, bounds, Math.max(until, bounds.end));
  return {
    key: latest.line,
    description: latest.description,
    ...(latest.type !== undefined && { type: latest.type }),
    currency: latest.currency,
    source: latest.source,
    total: sum([...days.values()]),
    forecast: sum([...whole.values()]),
    days: [...days]
      .sort(([a], [b]) => a - b)
      .map(([day, amount]) => ({
        day: new Date(day).toISOString().slice(0, 10),
        amount,
      })),
  };
}

/** Amounts of all resources of a line by the first millisecond of the day. */
function lineDays(
  lifetimes: PricedLifetime[],
  bounds: Bounds,
  until: number,
): Map<number, Money> {
  const days = new Map<number, Money>();
  for (const of of groupBy(lifetimes, ({ resource }) => resource)) {
    for (const [day, amount] of resourceDays(of, bounds, until)) {
      days.set(day, sum([days.get(day) ?? '0', amount]));
    }
  }
  return days;
}

/** What one resource cost on each day: its hours, until its month's price is reached. */
function resourceDays(
  lifetimes: PricedLifetime[],
  { start, end }: Bounds,
  until: number,
): [day: number, amount: Money][] {
  const days: [number, Money][] = [];
  let spent = Big(0);
  let firstHour = 0;
  let endedBefore: number | undefined;
  for (const lifetime of [...lifetimes].sort(
    (a, b) => a.startedAt - b.startedAt,
  )) {
    // Hours are counted from when the thing came; a new price does not begin an hour.
    if (lifetime.startedAt !== endedBefore) firstHour = lifetime.startedAt;
    endedBefore = lifetime.endedAt;
    const from = Math.max(start, lifetime.startedAt);
    const to = Math.min(end, lifetime.endedAt ?? until);
    for (let day = startOfDay(from); day < to; day += DAY_MS) {
      const hours =
        hoursBefore(Math.min(to, day + DAY_MS), firstHour) -
        hoursBefore(Math.max(from, day), firstHour);
      const left = Big(lifetime.monthlyCap).minus(spent);
      const full = Big(lifetime.hourly).times(hours);
      const amount = full.gt(left) ? left : full;
      if (amount.gt(0)) {
        spent = spent.plus(amount);
        days.push([day, amount.toFixed()]);
      }
    }
  }
  return days;
}

/** How many hours begin at or after the first one and before an instant. */
function hoursBefore(instant: number, firstHour: number): number {
  return Math.ceil((instant - firstHour) / HOUR_MS);
}

function startOfDay(instant: number): number {
  return Math.floor(instant / DAY_MS) * DAY_MS;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
}
