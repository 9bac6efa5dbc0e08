import { generateKeyPairSync } from 'node:crypto';

const TYPE = 'ssh-ed25519';

/** A string as SSH writes it: its length in four bytes, then its bytes (RFC 4251, section 5). */
function sshString(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/**
 * A new Ed25519 public key as OpenSSH writes it (RFC 8709, section 4), whose
 * private half is dropped here: it opens nothing, for anybody. A server that
 * has it gets no root password from the provider.
 */
export function throwAwayPublicKey(comment: string): string {
  const { publicKey } = generateKeyPairSync('ed25519');
  const { x } = publicKey.export({ format: 'jwk' });
  const key = Buffer.concat([
    sshString(Buffer.from(TYPE)),
    sshString(Buffer.from(x!, 'base64url')),
  ]);
  return `${TYPE} ${key.toString('base64')} ${comment}`;
}
