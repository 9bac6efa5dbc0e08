import { mockServices } from '@backstage/backend-test-utils';
import { PINNED_RELEASE, readK3sRelease } from './readK3sRelease';

const read = (k3s?: object) =>
  readK3sRelease(mockServices.rootConfig({ data: { hetznerInfra: { k3s } } }));

const sha256 = { amd64: 'a'.repeat(64), arm64: 'b'.repeat(64) };

describe('readK3sRelease', () => {
  it('is the pinned release unless something else is said', () => {
    expect(read()).toEqual(PINNED_RELEASE);
    expect(PINNED_RELEASE.sha256.amd64).toMatch(/^[0-9a-f]{64}$/);
    expect(PINNED_RELEASE.sha256.arm64).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is another release with its checksums', () => {
    expect(read({ version: 'v1.35.8+k3s1', sha256 })).toEqual({
      ...PINNED_RELEASE,
      version: 'v1.35.8+k3s1',
      sha256,
    });
  });

  it('is the pinned release from elsewhere', () => {
    expect(read({ releases: 'https://mirror.example/k3s/' })).toEqual({
      ...PINNED_RELEASE,
      releases: 'https://mirror.example/k3s',
    });
  });

  it.each([
    [
      { version: 'v1.35.8+k3s1' },
      'hetznerInfra.k3s: Name version and sha256 together: the checksums belong to one release.',
    ],
    [
      { sha256 },
      'hetznerInfra.k3s: Name version and sha256 together: the checksums belong to one release.',
    ],
    [
      { version: 'v1.35.8+k3s1', sha256: { amd64: sha256.amd64 } },
      'hetznerInfra.k3s.sha256.arm64: Copy it from the sha256sum file of the release.',
    ],
    [
      { version: 'v1.35.8+k3s1', sha256: { ...sha256, amd64: 'A'.repeat(64) } },
      'hetznerInfra.k3s.sha256.amd64: Write 64 lower-case hex digits.',
    ],
    [
      { version: 'latest', sha256 },
      'hetznerInfra.k3s.version: Write a release as k3s names it, such as v1.36.3+k3s1.',
    ],
    [
      { version: 'v1.32.9+k3s1', sha256 },
      'hetznerInfra.k3s.version: Choose v1.33 or newer.',
    ],
    [
      { releases: 'http://mirror.example' },
      'hetznerInfra.k3s.releases: Write an address that begins with https://.',
    ],
    [
      { channel: 'stable' },
      'hetznerInfra.k3s: There is no field channel here.',
    ],
  ])('refuses %j', (k3s, message) => {
    expect(() => read(k3s)).toThrow(message);
  });
});
