import { sampleConnection } from '../../__testUtils__/samples';
import { defaultConnection, defaultOwner } from './defaults';

describe('defaultOwner', () => {
  it.each([
    [
      ['group:default/backend', 'group:default/platform'],
      'group:default/platform',
    ],
    [['group:default/web', 'group:default/backend'], 'group:default/backend'],
    [[], undefined],
  ])('of %j is %p', (groups, owner) => {
    expect(defaultOwner(groups)).toBe(owner);
  });
});

describe('defaultConnection', () => {
  const connections = [
    sampleConnection({
      name: 'zone',
      kind: 'cloudflare',
      usableBy: ['group:default/backend'],
    }),
    sampleConnection({ name: 'web', usableBy: ['group:default/web'] }),
    sampleConnection({ name: 'backend', usableBy: ['group:default/backend'] }),
  ];
  const reader = (groups: string[], isPlatform = false) => ({
    groups,
    owner: groups[0],
    isPlatform,
  });

  it('is one that the default owner may use', () => {
    expect(
      defaultConnection(
        connections,
        reader(['group:default/backend', 'group:default/web']),
      ),
    ).toEqual({ name: 'backend', owner: 'group:default/backend' });
  });

  it('takes another of the reader’s groups where the default owner may use none', () => {
    expect(
      defaultConnection(
        connections,
        reader(['group:default/other', 'group:default/web']),
      ),
    ).toEqual({ name: 'web', owner: 'group:default/web' });
  });

  it('is any for who acts for the platform, and none for who may use none', () => {
    const groups = ['group:default/other'];
    expect(defaultConnection(connections, reader(groups, true))).toEqual({
      name: 'backend',
      owner: 'group:default/other',
    });
    expect(defaultConnection(connections, reader(groups))).toBeUndefined();
    expect(defaultConnection([], reader(groups, true))).toBeUndefined();
  });
});
