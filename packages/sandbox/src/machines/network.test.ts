import { emptyProject, Project } from '../hetzner/project';
import type { Server } from '../hetzner/resources/servers/server';
import { localAddress, route } from './network';

describe('the way to a machine', () => {
  let id = 0;
  function add(
    project: Project,
    publicAddress: string | null,
    privateNets: [network: number, ip: string][],
    status: Server['status'] = 'running',
  ): Server {
    id += 1;
    const server = {
      id,
      status,
      ipv4: publicAddress && id,
      privateNets: privateNets.map(([network, ip]) => ({ network, ip })),
    } as unknown as Server;
    project.servers.set(id, server);
    if (publicAddress) {
      project.primaryIps.set(id, { ip: publicAddress } as never);
    }
    return server;
  }
  const shop = emptyProject('shop');
  const other = emptyProject('other');
  const from = add(shop, '127.80.0.1', [[1, '10.0.0.2']]);
  const hidden = add(shop, null, [[1, '10.0.0.3']]);
  add(shop, '127.80.0.3', [[2, '10.0.0.4']]);
  add(shop, '127.80.0.4', [[1, '10.0.0.5']], 'off');
  add(other, '127.80.0.5', [[1, '10.0.0.6']]);

  it.each([
    ['a private address in a common network', '10.0.0.2', '127.80.0.1'],
    [
      'one without a public address',
      '10.0.0.3',
      localAddress(shop, hidden, 80),
    ],
    ['a network that it is not in', '10.0.0.4', undefined],
    ['a server that is off', '10.0.0.5', undefined],
    ['the same address in another project', '10.0.0.6', undefined],
    ['a public address', '127.80.0.3', '127.80.0.3'],
    ['a public address of another project', '127.80.0.5', '127.80.0.5'],
    ['a public address of a server that is off', '127.80.0.4', undefined],
    ['nobody', '192.0.2.1', undefined],
  ])('to %s', (_what, address, expected) => {
    expect(route([shop, other], shop, from, address, 80)).toBe(expected);
  });

  it('is in the block of the sandbox', () => {
    expect(localAddress(shop, hidden, 97)).toMatch(/^127\.97\.1(2[89]|[3-9])/);
  });
});
