import type { NumberedCall } from '../callNumbers';
import { matchesPath, requestMatch, matchesRequest } from './requestMatch';
import { Fault, fault, faultList, takeFaults } from './rule';

const one = (given: object) =>
  fault.parse({ id: 'a', effect: 'drop-before', ...given });

const call = (given: Partial<NumberedCall> = {}): NumberedCall => ({
  project: 'p',
  method: 'GET',
  path: '/servers',
  template: '/servers',
  operation: 'list_servers',
  key: 'GET /servers',
  number: 1,
  write: null,
  nth: 1,
  ...given,
});

const ids = (faults: readonly Fault[], given: Partial<NumberedCall> = {}) =>
  takeFaults(faults, call(given)).hits.map(({ id }) => id);

describe('faults', () => {
  it.each([
    ['/servers', '/servers', true],
    ['/servers', '/servers/1', false],
    ['/servers/*', '/servers/1', true],
    ['/servers/*', '/servers/1/actions', false],
    ['/servers/**', '/servers/1/actions', true],
    ['/*/42', '/networks/42', true],
    ['/servers.', '/serversX', false],
    ['^/servers/\\d+$', '/servers/42', true],
    ['^/servers/\\d+$', '/servers/x', false],
    ['^/(servers|networks)', '/networks/1', true],
  ])('the pattern %p means %p: %p', (pattern, path, expected) => {
    expect(matchesPath(pattern, path)).toBe(expected);
  });

  it.each([
    [{}, true],
    [{ project: 'p' }, true],
    [{ project: 'q' }, false],
    [{ method: 'get' }, true],
    [{ operation: 'list_servers' }, true],
    [{ operation: 'get_server' }, false],
    [{ key: 'GET /servers' }, true],
    [{ key: 'GET /servers web' }, false],
    [{ write: false }, true],
    [{ write: true }, false],
  ])('the match %j means a list of servers: %p', (match, expected) => {
    expect(matchesRequest(requestMatch.parse(match), call())).toBe(expected);
  });

  it('hit by method and path, the first one that fits', () => {
    const faults = [
      one({ id: 'post', match: { method: 'post', path: '/servers' } }),
      one({ id: 'any', match: { path: '/servers' } }),
    ];
    expect(ids(faults, { method: 'POST' })).toEqual(['post']);
    expect(ids(faults)).toEqual(['any']);
    expect(ids(faults, { path: '/networks' })).toEqual([]);
  });

  it('hit together when they change different things', () => {
    const faults = [
      one({ id: 'lost', effect: 'drop-after' }),
      one({ id: 'stale', effect: 'stale-list' }),
      one({ id: 'late', effect: { slow: { seconds: 1 } } }),
      one({ id: 'failed', effect: 'action-error' }),
    ];
    expect(ids(faults)).toEqual(['lost', 'stale', 'failed']);
  });

  const hitsOf = (given: object, count: number) => {
    let faults = [one(given)];
    return Array.from({ length: count }, () => {
      const { hits, left } = takeFaults(faults, call());
      faults = left;
      return hits.length > 0;
    });
  };

  it('hit as often as they say', () => {
    expect(hitsOf({ times: 2 }, 4)).toEqual([true, true, false, false]);
  });

  it('begin with the request that they say', () => {
    expect(hitsOf({ nth: 3, times: 1 }, 5)).toEqual([
      false,
      false,
      true,
      false,
      false,
    ]);
  });

  it('hit for ever when they have no number', () => {
    const faults = [one({ times: null })];
    expect(takeFaults(faults, call()).left).toEqual(faults);
  });

  it.each([
    { id: 'a' },
    { effect: 'drop-before' },
    { id: 'a', effect: 'explode' },
    { id: 'a', effect: { status: 200, code: 'x', message: '' } },
    { id: 'a', effect: { slow: { seconds: 0 } } },
    { id: 'a', effect: 'drop-after', times: -1 },
    { id: 'a', effect: 'drop-after', nth: 0 },
    { id: 'a', effect: 'drop-after', match: { path: '^(' } },
    { id: 'a', effect: 'drop-after', more: true },
  ])('are not %j', value => {
    expect(fault.safeParse(value).success).toBe(false);
  });

  it('have different ids', () => {
    expect(faultList.safeParse([one({}), one({})]).success).toBe(false);
  });
});
