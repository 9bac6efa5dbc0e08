import path from 'node:path';
import type { Program } from './program';

const VERSION = '1.8.0';
const RELEASES = `https://github.com/versity/versitygw/releases/download/v${VERSION}`;

/** Node's names of architectures in the words of the release. */
const ARCHITECTURES: Partial<Record<string, string>> = {
  x64: 'x86_64',
  arm64: 'arm64',
};

/** Of the archives, by Node's names. A release can be changed together with its sums. */
const SHA256: Partial<Record<string, string>> = {
  x64: '2ba2c734d10d2c4e651d03182cb4b246656bc735a2f282db7b0b73fba6073467',
  arm64: 'b34051d33f5a9c457f790896acb7bd7d7e15ad8d92efb70616b924f37e401910',
};

// The sandbox runs from its sources only.
// eslint-disable-next-line no-restricted-syntax
const packageRoot = path.resolve(__dirname, '..', '..');

/**
 * The S3 server, see docs/adr. Names of the release's files: versitygw v1.8.0,
 * .goreleaser.yaml, archives.
 */
export function versitygw(
  architecture: string = process.arch,
  platform: string = process.platform,
): Program {
  const machine = ARCHITECTURES[architecture];
  const sha256 = SHA256[architecture];
  return {
    name: 'versitygw',
    version: VERSION,
    versionArguments: ['--version'],
    ...(machine &&
      sha256 &&
      platform === 'linux' && {
        release: {
          archive: `${RELEASES}/versitygw_v${VERSION}_Linux_${machine}.tar.gz`,
          sha256,
        },
      }),
    build: {
      modules: path.join(packageRoot, 'programs', 'versitygw'),
      package: 'github.com/versity/versitygw/cmd/versitygw',
      linkerFlags: `-s -w -X main.Version=v${VERSION}`,
    },
  };
}
