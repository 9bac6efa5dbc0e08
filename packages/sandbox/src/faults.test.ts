import { Fault, fault, faultList, matchesPath, takeFault } from './faults';

const one = (given: object) =>
  fault.parse({ id: 'a', effect: 'drop-before', ...given });

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

  it('hit by method and path, the first one that fits', () => {
    const faults = [
      one({ id: 'post', match: { method: 'post', path: '/servers' } }),
      one({ id: 'any', match: { path: '/servers' } }),
    ];
    expect(takeFault(faults, 'POST', '/servers').hit?.id).toBe('post');
    expect(takeFault(faults, 'GET', '/servers').hit?.id).toBe('any');
    expect(takeFault(faults, 'GET', '/networks').hit).toBeUndefined();
  });

  it('hit as often as they say', () => {
    let faults: Fault[] = [one({ times: 2 })];
    const hits = Array.from({ length: 4 }, () => {
      const { hit, left } = takeFault(faults, 'GET', '/servers');
      faults = left;
      return hit !== undefined;
    });
    expect(hits).toEqual([true, true, false, false]);
  });

  it('hit for ever when they have no number', () => {
    const faults = [one({ times: null })];
    expect(takeFault(faults, 'GET', '/').left).toEqual(faults);
  });

  it.each([
    { id: 'a' },
    { effect: 'drop-before' },
    { id: 'a', effect: 'explode' },
    { id: 'a', effect: { status: 200, code: 'x', message: '' } },
    { id: 'a', effect: 'drop-after', times: -1 },
    { id: 'a', effect: 'drop-after', match: { path: '^(' } },
    { id: 'a', effect: 'drop-after', more: true },
  ])('are not %j', value => {
    expect(fault.safeParse(value).success).toBe(false);
  });

  it('have different ids', () => {
    expect(faultList.safeParse([one({}), one({})]).success).toBe(false);
  });
});
