import { gunzipSync } from 'node:zlib';

/** Larger than anything that 32 KiB of sensible user data unpack to. */
const MAX_UNPACKED_BYTES = 16 * 1024 * 1024;

const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/** True for bytes that gzip wrote. */
export const isGzip = (bytes: Uint8Array) =>
  bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * Unpacks gzip.
 *
 * @throws Error when it is damaged or too large
 */
export const gunzip = (bytes: Uint8Array): Buffer =>
  gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES });

/**
 * The text of a server's user data. The Hetzner datasource decodes base64 where
 * all of it is base64, and cloud-init unpacks gzip. Source: cloud-init,
 * sources/helpers/hetzner.py, `maybe_b64decode`; user_data.py, `decomp_gzip`.
 *
 * @param userData - as it was sent to the provider
 * @throws Error when what looks packed cannot be unpacked
 */
export function textOfUserData(userData: string): string {
  const compact = userData.replace(/\s/g, '');
  const isEncoded =
    compact.length > 0 && compact.length % 4 === 0 && BASE64.test(userData);
  const bytes = isEncoded
    ? Buffer.from(compact, 'base64')
    : Buffer.from(userData, 'utf8');
  return (isGzip(bytes) ? gunzip(bytes) : bytes).toString('utf8');
}
