import { mockServices } from '@backstage/backend-test-utils';
import {
  readConfiguredConnections,
  readHetznerEndpoint,
} from './readConfiguredConnections';

const config = (hetznerInfra: unknown) =>
  mockServices.rootConfig({ data: { hetznerInfra } as never });

const connection = {
  name: 'prod',
  kind: 'hetzner',
  owner: 'group:default/platform',
  usableBy: ['group:default/Team-A'],
  token: 'very-secret-token',
};

describe('connections of the configuration', () => {
  it('are read, with the official address unless another is set', () => {
    expect(
      readConfiguredConnections(
        config({
          connections: [
            { ...connection, limits: { servers: 10 } },
            {
              ...connection,
              name: 'sandbox',
              clusterToken: 'other',
              endpoint: 'http://127.0.0.1:7080/hetzner/v1',
            },
          ],
        }),
      ),
    ).toEqual([
      {
        name: 'prod',
        kind: 'hetzner',
        owner: 'group:default/platform',
        usableBy: ['group:default/team-a'],
        limits: { servers: 10 },
        endpoint: 'https://api.hetzner.cloud/v1',
        origin: 'configuration',
        secrets: { token: 'very-secret-token', clusterToken: undefined },
      },
      {
        name: 'sandbox',
        kind: 'hetzner',
        owner: 'group:default/platform',
        usableBy: ['group:default/team-a'],
        endpoint: 'http://127.0.0.1:7080/hetzner/v1',
        origin: 'configuration',
        secrets: { token: 'very-secret-token', clusterToken: 'other' },
      },
    ]);
    const [missing] = readConfiguredConnections(
      config({ connections: [{ ...connection, token: undefined }] }),
    );
    expect(missing.secrets).toEqual({ token: '', clusterToken: undefined });
    expect(readConfiguredConnections(config({}))).toEqual([]);
    expect(
      readHetznerEndpoint(config({ hetzner: { endpoint: 'http://x/v1' } })),
    ).toBe('http://x/v1');
  });

  it.each<[string, unknown[], string]>([
    [
      'a name with blanks',
      [{ ...connection, name: 'my prod' }],
      'hetznerInfra.connections[0].name: Use 1 to 63',
    ],
    [
      'a token with a line break',
      [{ ...connection, token: 'very-secret-token\n' }],
      'hetznerInfra.connections[0].token',
    ],
    [
      'an address that is none',
      [{ ...connection, endpoint: 'ftp://x' }],
      'hetznerInfra.connections[0].endpoint',
    ],
    [
      'an unknown field',
      [{ ...connection, tokne: 'x' }],
      'There is no field tokne here.',
    ],
    ['one name twice', [connection, connection], 'two connections named prod'],
  ])(
    'are refused with %s, without a secret in the message',
    (_, connections, message) => {
      const read = () => readConfiguredConnections(config({ connections }));
      expect(read).toThrow(message);
      expect(read).not.toThrow('very-secret-token');
    },
  );
});
