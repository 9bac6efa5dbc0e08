import fc from 'fast-check';
import { RateBucket, rateRule, takeToken } from './rateLimit';

describe('the rate limit', () => {
  it('lets a burst of the whole limit pass, then one more each second', () => {
    const rule = rateRule(3600, 1);
    let bucket: RateBucket | undefined;
    const take = (now: number) => {
      const decision = takeToken(bucket, rule, now);
      bucket = decision.bucket;
      return decision;
    };
    for (let count = 0; count < 3600; count += 1)
      expect(take(0).allowed).toBe(true);
    expect(take(0)).toMatchObject({
      allowed: false,
      headers: { limit: 3600, remaining: 0, reset: 3600 },
    });
    expect(take(999).allowed).toBe(false);
    expect(take(1000).allowed).toBe(true);
    expect(take(1000).allowed).toBe(false);
    expect(take(3_601_000)).toMatchObject({
      allowed: true,
      headers: { remaining: 3599, reset: 3602 },
    });
  });

  it('never lets more pass than the bucket and its refill hold', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom(1, 5, 1000),
        fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 200 }),
        (limit, speed, pauses) => {
          const rule = rateRule(limit, speed);
          let bucket: RateBucket | undefined;
          let now = 0;
          let allowed = 0;
          for (const pause of pauses) {
            now += pause;
            const decision = takeToken(bucket, rule, now);
            bucket = decision.bucket;
            if (decision.allowed) allowed += 1;
            expect(decision.headers.remaining).toBeGreaterThanOrEqual(0);
            expect(decision.headers.remaining).toBeLessThanOrEqual(limit);
            expect(decision.headers.reset * 1000).toBeGreaterThanOrEqual(now);
            expect(allowed).toBeLessThanOrEqual(
              limit + (now / 1000) * rule.perSecond + 1e-6,
            );
          }
        },
      ),
    );
  });

  it('tells by the clock of the machine when it is full again', () => {
    const rule = rateRule(3600, 1);
    const decision = takeToken({ tokens: 1, at: 0 }, rule, 0, 5_000_000);
    expect(decision.headers.reset).toBe(5000 + 3600);
  });

  it('fills at the speed of the sandbox', () => {
    expect(rateRule(3600, 5)).toEqual({ limit: 3600, perSecond: 5 });
  });
});
