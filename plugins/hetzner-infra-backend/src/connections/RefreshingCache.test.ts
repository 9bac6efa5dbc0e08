import { mockServices } from '@backstage/backend-test-utils';
import { RefreshingCache } from './RefreshingCache';

describe('RefreshingCache', () => {
  const logger = mockServices.logger.mock();
  const key = {};
  let seconds: number;
  let cache: RefreshingCache<object, string>;

  beforeEach(() => {
    seconds = 0;
    cache = new RefreshingCache({
      freshMs: 10_000,
      staleMs: 20_000,
      now: () => new Date(1_000_000 + seconds * 1000),
      logger,
      what: 'The catalogue',
    });
  });

  const loader = () => {
    const answers: Array<{
      resolve: (value: string) => void;
      reject: (error: Error) => void;
    }> = [];
    const load = jest.fn(
      () =>
        new Promise<string>((resolve, reject) => {
          answers.push({ resolve, reject });
        }),
    );
    return { load, answers };
  };

  it('loads once for all who ask at the same time, and again when it is old', async () => {
    const { load, answers } = loader();
    const both = [cache.get(key, load), cache.get(key, load)];
    answers[0].resolve('one');
    expect(await Promise.all(both)).toEqual(['one', 'one']);
    seconds = 9;
    expect(await cache.get(key, load)).toBe('one');
    expect(load).toHaveBeenCalledTimes(1);
    seconds = 31;
    const later = cache.get(key, load);
    answers[1].resolve('two');
    expect(await later).toBe('two');
  });

  it('answers with the stale value while it loads the next', async () => {
    const { load, answers } = loader();
    const first = cache.get(key, load);
    answers[0].resolve('one');
    await first;
    seconds = 15;
    expect(await cache.get(key, load)).toBe('one');
    expect(await cache.get(key, load)).toBe('one');
    expect(load).toHaveBeenCalledTimes(2);
    answers[1].resolve('two');
    await new Promise(setImmediate);
    expect(await cache.get(key, load)).toBe('two');
  });

  it('keeps the stale value when a refresh fails, and says so', async () => {
    const { load, answers } = loader();
    const first = cache.get(key, load);
    answers[0].resolve('one');
    await first;
    seconds = 15;
    await cache.get(key, load);
    answers[1].reject(new Error('away'));
    await new Promise(setImmediate);
    expect(await cache.get(key, load)).toBe('one');
    expect(load).toHaveBeenCalledTimes(3);
    expect(logger.warn).toHaveBeenCalledWith(
      'The catalogue could not be refreshed; the last one stays in use',
      expect.any(Error),
    );
  });

  it('remembers no failure', async () => {
    const { load, answers } = loader();
    const first = cache.get(key, load);
    answers[0].reject(new Error('away'));
    await expect(first).rejects.toThrow('away');
    const second = cache.get(key, load);
    answers[1].resolve('one');
    expect(await second).toBe('one');
  });

  it('keeps keys apart', async () => {
    expect(await cache.get(key, async () => 'one')).toBe('one');
    expect(await cache.get({}, async () => 'two')).toBe('two');
  });
});
