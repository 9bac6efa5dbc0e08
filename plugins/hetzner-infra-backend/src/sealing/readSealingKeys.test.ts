import { mockServices } from '@backstage/backend-test-utils';
import { randomBytes } from 'node:crypto';
import { readSealingKeys } from './readSealingKeys';

const good = randomBytes(32).toString('base64');
const config = (keys?: unknown) =>
  mockServices.rootConfig({
    data: { hetznerInfra: { sealing: { keys } } } as never,
  });

describe('readSealingKeys', () => {
  it('reads keys in their order', () => {
    const older = randomBytes(32).toString('base64');
    const keys = readSealingKeys(
      config([
        { id: '2026-11', secret: good },
        { id: '2026-05', secret: `${older}\n` },
      ]),
    );
    expect(keys.map(k => [k.id, k.secret.toString('base64')])).toEqual([
      ['2026-11', good],
      ['2026-05', older],
    ]);
  });

  it.each<[string, unknown, string]>([
    ['none', undefined, 'hetznerInfra.sealing.keys is missing'],
    ['an empty list', [], 'hetznerInfra.sealing.keys is missing'],
    ['no id', [{ secret: good }], 'keys[0].id'],
    ['an id with a dot', [{ id: 'a.b', secret: good }], 'keys[0].id'],
    ['no secret', [{ id: 'k1' }], 'The secret of the key k1'],
    [
      'a short secret',
      [{ id: 'k1', secret: good.slice(0, 40) }],
      'is not 32 bytes in base64',
    ],
    [
      'what is not base64',
      [{ id: 'k1', secret: `${good.slice(0, -2)}!=` }],
      'is not 32 bytes in base64',
    ],
    [
      'one id twice',
      [
        { id: 'k1', secret: good },
        { id: 'k1', secret: good },
      ],
      'two keys with the id k1',
    ],
  ])('refuses %s without printing it', (_, keys, message) => {
    const read = () => readSealingKeys(config(keys));
    expect(read).toThrow(message);
    expect(read).not.toThrow(good.slice(0, 20));
  });
});
