import { createPublicKey } from 'node:crypto';
import { throwAwayPublicKey } from './sshKey';

/** The strings that an SSH wire format consists of (RFC 4251, section 5). */
function sshStrings(bytes: Buffer): Buffer[] {
  if (bytes.length === 0) return [];
  const end = 4 + bytes.readUInt32BE();
  return [bytes.subarray(4, end), ...sshStrings(bytes.subarray(end))];
}

describe('throwAwayPublicKey', () => {
  it('is an Ed25519 key as OpenSSH writes it', () => {
    const key = throwAwayPublicKey('xpeditis-prod throw-away');
    const [type, encoded, ...comment] = key.split(' ');
    expect(type).toBe('ssh-ed25519');
    expect(comment.join(' ')).toBe('xpeditis-prod throw-away');

    const [inner, point, ...rest] = sshStrings(Buffer.from(encoded, 'base64'));
    expect(inner.toString()).toBe('ssh-ed25519');
    expect(point).toHaveLength(32);
    expect(rest).toEqual([]);
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: point.toString('base64url') };
    expect(createPublicKey({ key: jwk, format: 'jwk' }).asymmetricKeyType).toBe(
      'ed25519',
    );
  });

  it('is another one each time', () => {
    expect(throwAwayPublicKey('a')).not.toBe(throwAwayPublicKey('a'));
  });
});
