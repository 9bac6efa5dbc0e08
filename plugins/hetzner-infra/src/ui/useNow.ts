import { useEffect, useState } from 'react';

/** The current time in milliseconds since 1970, anew after each interval; stands still while the interval is undefined or nobody sees the page. */
export function useNow(intervalMilliseconds: number | undefined): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (intervalMilliseconds === undefined) return undefined;
    const tick = () => {
      if (!document.hidden) setNow(Date.now());
    };
    const timer = setInterval(tick, intervalMilliseconds);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [intervalMilliseconds]);
  return now;
}
