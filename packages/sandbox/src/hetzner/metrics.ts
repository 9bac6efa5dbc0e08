import { z } from 'zod';
import { invalidField } from './reference';
import { timestamp } from './requestFields';

/** Source: Hetzner Cloud API, `GET /servers/{id}/metrics`. */
const DEFAULT_SAMPLES = 200;
const MAX_SAMPLES = 500;
const KEPT_DAYS = 30;

const DAY_SECONDS = 86_400;

/** Query of metrics: one type or several, repeated or parted by commas. */
export const metricsQuery = <Type extends string>(types: readonly Type[]) =>
  z.object({
    type: z
      .union([z.string(), z.array(z.string())])
      .transform(value => [value].flat().flatMap(text => text.split(',')))
      .pipe(z.array(z.enum(types)).min(1)),
    start: z.iso.datetime({ offset: true }),
    end: z.iso.datetime({ offset: true }),
    step: z.coerce.number().positive().optional(),
  });

/** Metrics as the API answers them. */
export const metricsAnswer = z.object({
  metrics: z.object({
    start: z.string(),
    end: z.string(),
    step: z.number(),
    time_series: z.record(
      z.string(),
      z.object({ values: z.array(z.tuple([z.number(), z.string()])) }),
    ),
  }),
});

/** What to measure, in epoch seconds. */
interface Period {
  since: number;
  until: number;
  step: number;
}

/**
 * The samples that a query asks for: 200 unless it says, 500 at most.
 *
 * @throws ApiError 422 when the period ends before it begins
 */
export function samplePeriod(query: {
  start: string;
  end: string;
  step?: number;
}): Period {
  const since = Date.parse(query.start) / 1000;
  const until = Date.parse(query.end) / 1000;
  if (until <= since) throw invalidField('end', 'must be after start');
  const length = until - since;
  return {
    since,
    until,
    step: Math.max(
      query.step ?? length / DEFAULT_SAMPLES,
      length / MAX_SAMPLES,
      1,
    ),
  };
}

/**
 * Samples of series over a period, as far as there are any: from when the
 * resource was made until now (both epoch milliseconds), 30 days back.
 *
 * @param value - of a series at an instant (epoch seconds)
 */
export function sampled(
  { since, until, step }: Period,
  { created, now }: { created: number; now: number },
  series: readonly string[],
  value: (name: string, at: number) => number,
): z.infer<typeof metricsAnswer> {
  const first = Math.max(created / 1000, now / 1000 - KEPT_DAYS * DAY_SECONDS);
  const last = Math.min(until, now / 1000);
  const count = Math.floor((until - since) / step);
  const instants = Array.from(
    { length: count },
    (_, index) => since + index * step,
  ).filter(at => at >= first && at <= last);
  return {
    metrics: {
      start: timestamp(since * 1000),
      end: timestamp(until * 1000),
      step,
      time_series: Object.fromEntries(
        series.map(name => [
          name,
          {
            values: instants.map((at): [number, string] => [
              at,
              String(value(name, at)),
            ]),
          },
        ]),
      ),
    },
  };
}
