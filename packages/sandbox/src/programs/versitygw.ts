import path from 'node:path';
import type { Program } from './program';

const VERSION = '1.8.0';
const RELEASES = `https://github.com/versity/versitygw/releases/download/v${VERSION}`;

/** Node's names of architectures in the words of the release. */
const ARCHITECTURES: Partial<Record<string, string>> = {
  x64: 'x86_64',
  arm64: 'arm64',
};

// The sandbox runs from its sources only.
// eslint-disable-next-line no-restricted-syntax
const packageRoot = path.resolve(__dirname, '..', '..');

/**
 * The S3 server, see docs/adr. Names of the release's files: versitygw v1.8.0,
 * .goreleaser.yaml, archives and checksum.
 */
export function versitygw(
  architecture: string = process.arch,
  platform: string = process.platform,
): Program {
  const machine = ARCHITECTURES[architecture];
  return {
    name: 'versitygw',
    version: VERSION,
    versionArguments: ['--version'],
    ...(machine &&
      platform === 'linux' && {
        release: {
          archive: `${RELEASES}/versitygw_v${VERSION}_Linux_${machine}.tar.gz`,
          checksums: `${RELEASES}/checksums.txt`,
        },
      }),
    build: {
      modules: path.join(packageRoot, 'programs', 'versitygw'),
      package: 'github.com/versity/versitygw/cmd/versitygw',
      linkerFlags: `-s -w -X main.Version=v${VERSION}`,
    },
  };
}
