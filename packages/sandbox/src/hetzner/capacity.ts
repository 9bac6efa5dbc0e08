import { z } from 'zod';
import { deprecationOf, Settings } from '../settings';

/** How many servers of a type a location still has room for; `*` stands for every one. */
export const capacityLimit = z.strictObject({
  serverType: z.string().min(1),
  location: z.string().min(1),
  /** Servers that can still be had; what is deleted does not come back. */
  left: z.int().min(0).default(0),
  /** Seconds of the cloud from being sold out to being had again without limit. */
  recoversAfterSeconds: z.number().positive().nullable().default(null),
});

/** A limit as it is kept. */
export const storedCapacityLimit = capacityLimit.extend({
  /** Epoch milliseconds when nothing was left any more. */
  soldOutAt: z.number().nullable(),
});

/** A limit as it is kept. */
export type CapacityLimit = z.infer<typeof storedCapacityLimit>;

/** Why a server of a type can or cannot be had in a location. */
export type Availability = 'available' | 'sold out' | 'disabled' | 'retired';

/** Begins to keep a limit that was asked for at an instant (epoch milliseconds). */
export const limitCapacity = (
  limit: z.infer<typeof capacityLimit>,
  now: number,
): CapacityLimit => ({ ...limit, soldOutAt: limit.left === 0 ? now : null });

const isAbout = (
  limit: { serverType: string; location: string },
  serverType: string,
  location: string,
) =>
  (limit.serverType === '*' || limit.serverType === serverType) &&
  (limit.location === '*' || limit.location === location);

/** True when enough time has passed since a limit was reached. */
export function hasRecovered(
  { soldOutAt, recoversAfterSeconds }: CapacityLimit,
  now: number,
  speed: number,
): boolean {
  return (
    soldOutAt !== null &&
    recoversAfterSeconds !== null &&
    ((now - soldOutAt) / 1000) * speed >= recoversAfterSeconds
  );
}

/** Whether a server of a type can be had in a location at an instant (epoch milliseconds). */
export function availability(
  settings: Settings,
  limits: readonly CapacityLimit[],
  serverType: string,
  location: string,
  now: number,
): Availability {
  const ends = deprecationOf(settings, serverType, location)?.unavailableAfter;
  if (ends !== undefined && Date.parse(ends) <= now) return 'retired';
  const reached = [
    ...settings.unavailable,
    ...limits.filter(
      limit => limit.left === 0 && !hasRecovered(limit, now, settings.speed),
    ),
  ].filter(limit => isAbout(limit, serverType, location));
  if (reached.length === 0) return 'available';
  return reached.some(limit => limit.serverType === '*')
    ? 'disabled'
    : 'sold out';
}

/** The limits after a server was created; those that have recovered are gone. */
export function takeCapacity(
  limits: readonly CapacityLimit[],
  serverType: string,
  location: string,
  now: number,
  speed: number,
): CapacityLimit[] {
  return limits
    .filter(limit => !hasRecovered(limit, now, speed))
    .map(limit => {
      if (!isAbout(limit, serverType, location)) return limit;
      const left = Math.max(0, limit.left - 1);
      return {
        ...limit,
        left,
        soldOutAt: limit.soldOutAt ?? (left === 0 ? now : null),
      };
    });
}
