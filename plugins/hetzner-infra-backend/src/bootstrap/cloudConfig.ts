import { stringify } from 'yaml';

/** A file that the first boot writes. */
export interface BootFile {
  path: string;
  /** Octal, such as `0600`. Everything belongs to root. */
  permissions: string;
  content: string;
}

/** Most that the provider takes (Hetzner Cloud API, Servers: create; `user_data`). */
export const MAX_USER_DATA_BYTES = 32 * 1024;

/**
 * YAML that versions 1.1 and 1.2 read alike: cloud-init and k3s read the older
 * one. The same value gives the same text.
 */
export const toYaml = (value: unknown): string =>
  stringify(value, {
    version: '1.1',
    lineWidth: 0,
    blockQuote: 'literal',
    aliasDuplicateObjects: false,
  });

/**
 * User data that writes files and starts a unit, as cloud-init reads it. The
 * same input gives the same bytes. Nothing waits for the unit: a first boot that
 * waits for a cluster which waits for this server would wait for ever.
 *
 * @throws RangeError when the provider would refuse it
 */
export function cloudConfig(files: readonly BootFile[], unit: string): string {
  const text = `#cloud-config\n${toYaml({
    package_update: false,
    package_upgrade: false,
    package_reboot_if_required: false,
    ssh_pwauth: false,
    write_files: files,
    runcmd: [
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'enable', '--now', '--no-block', unit],
    ],
  })}`;
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_USER_DATA_BYTES) {
    throw new RangeError(
      `The user data has ${bytes} bytes; the provider takes ${MAX_USER_DATA_BYTES}.`,
    );
  }
  return text;
}
