import type { Server } from '../../clouds/hetzner';
import { controlPlaneUrls } from './connectEnvironmentCluster';

const server = (role: string, key: string, ip?: string) =>
  ({
    labels: {
      'infra.xpeditis.com/role': role,
      'infra.xpeditis.com/key': key,
    },
    public_net: { ipv4: ip ? { ip } : null },
  } as unknown as Server);

describe('the API servers of a cluster', () => {
  it('are its control planes that have an address, in their order', () => {
    expect(
      controlPlaneUrls([
        server('control-plane', 'control-plane-3', '203.0.113.3'),
        server('worker', 'web-1', '203.0.113.9'),
        server('control-plane', 'control-plane-2'),
        server('control-plane', 'control-plane-1', '203.0.113.1'),
      ]),
    ).toEqual(['https://203.0.113.1:6443', 'https://203.0.113.3:6443']);
  });
});
