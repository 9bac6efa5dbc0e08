import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { readProblems } from '../readProblems';
import type { K3sRelease } from './userData';

/**
 * The release that servers install unless the configuration names another. The
 * checksums are those of the release's sha256sum-amd64.txt and sha256sum-arm64.txt
 * (k3s-io/k3s, release v1.36.3+k3s1); kube-hetzner/terraform-hcloud-kube-hetzner
 * pins the same two.
 */
export const PINNED_RELEASE: K3sRelease = {
  version: 'v1.36.3+k3s1',
  sha256: {
    amd64: '2f98a9f8fe5782479ee2d54e70a1b10a7f6fd4cae8d38ed3098452dc6eed76b5',
    arm64: 'c9a209103f480f163b7c6a56f00862b4481927b284dc29a3716bb70d886691a8',
  },
  releases: 'https://github.com/k3s-io/k3s/releases/download',
};

/** The oldest minor version that knows every setting that servers are given (`secrets-encryption-provider`). */
const OLDEST_MINOR = 33;

const sha256 = z
  .string('Copy it from the sha256sum file of the release.')
  .regex(/^[0-9a-f]{64}$/, 'Write 64 lower-case hex digits.');

const k3s = z
  .strictObject({
    version: z
      .string()
      .regex(
        /^v1\.\d+\.\d+\+k3s\d+$/,
        'Write a release as k3s names it, such as v1.36.3+k3s1.',
      )
      .refine(version => Number(version.split('.')[1]) >= OLDEST_MINOR, {
        message: `Choose v1.${OLDEST_MINOR} or newer.`,
      })
      .optional(),
    sha256: z.strictObject({ amd64: sha256, arm64: sha256 }).optional(),
    releases: z
      .string()
      .regex(
        /^https:\/\/[\w.~:/%@+-]+$/,
        'Write an address that begins with https://.',
      )
      .transform(address => address.replace(/\/+$/, ''))
      .optional(),
  })
  .refine(({ version, sha256: sums }) => !version === !sums, {
    message:
      'Name version and sha256 together: the checksums belong to one release.',
  });

/**
 * Reads `hetznerInfra.k3s`.
 *
 * @throws InputError that says what is wrong where
 */
export function readK3sRelease(config: Config): K3sRelease {
  const result = k3s.safeParse(config.getOptional('hetznerInfra.k3s') ?? {});
  if (!result.success) {
    throw new InputError(
      readProblems(result.error, 'hetznerInfra.k3s')
        .map(({ path, message }) => `${path}: ${message}`)
        .join(' '),
    );
  }
  const { version, sha256: sums, releases } = result.data;
  return {
    ...PINNED_RELEASE,
    ...(version && sums && { version, sha256: sums }),
    ...(releases && { releases }),
  };
}
