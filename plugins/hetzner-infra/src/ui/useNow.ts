import { useEffect, useState } from 'react';

/** The current time in milliseconds since 1970, anew after each interval; stands still while the interval is undefined. */
export function useNow(intervalMilliseconds: number | undefined): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (intervalMilliseconds === undefined) return undefined;
    const timer = setInterval(() => setNow(Date.now()), intervalMilliseconds);
    return () => clearInterval(timer);
  }, [intervalMilliseconds]);
  return now;
}
