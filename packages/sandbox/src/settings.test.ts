import {
  changeSettings,
  settings,
  settingsChange,
  settingsOf,
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
    { projects: { a: { speed: 2 } } },
    { deprecations: [{ serverType: 'cx23' }] },
  ])('cannot be changed by %j', change =>
    expect(settingsChange.safeParse(change).success).toBe(false),
  );

  it('differ in a project that says so, until it takes that back', () => {
    const changed = changeSettings(defaults, {
      projects: { small: { quotas: { servers: 2 }, rateLimit: { limit: 10 } } },
    });
    expect(settingsOf(changed, 'small')).toMatchObject({
      speed: defaults.speed,
      quotas: { ...defaults.quotas, servers: 2 },
      rateLimit: { limit: 10 },
    });
    expect(settingsOf(changed, 'other').quotas).toEqual(defaults.quotas);
    expect(settingsOf(changed, 'constructor').quotas).toEqual(defaults.quotas);
    const back = changeSettings(changed, { projects: { small: null } });
    expect(back).toEqual(defaults);
  });
});
