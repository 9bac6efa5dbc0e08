import {
  changeSettings,
  isUnavailable,
  settings,
  settingsChange,
} from './settings';

describe('settings', () => {
  const defaults = settings.parse({});

  it('keep what a change leaves out', () => {
    const changed = changeSettings(defaults, {
      speed: 2,
      quotas: { servers: 3 },
    });
    expect(changed).toEqual({
      ...defaults,
      speed: 2,
      quotas: { ...defaults.quotas, servers: 3 },
    });
  });

  it.each([
    { speed: 0 },
    { speed: -1 },
    { quotas: { cats: 1 } },
    { rateLimit: {} },
    { tempo: 1 },
  ])('cannot be changed by %j', change =>
    expect(settingsChange.safeParse(change).success).toBe(false),
  );

  it.each([
    ['cx23', 'fsn1', true],
    ['cx23', 'nbg1', false],
    ['cx33', 'hel1', true],
    ['cax11', 'nbg1', true],
  ])('%s in %s is sold out: %p', (type, location, expected) => {
    const unavailable = [
      { serverType: 'cx23', location: 'fsn1' },
      { serverType: 'cax11', location: '*' },
      { serverType: '*', location: 'hel1' },
    ];
    expect(isUnavailable({ ...defaults, unavailable }, type, location)).toBe(
      expected,
    );
  });
});
