import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';
import { certificatesIn } from './certificates';

/** What a node joins with. */
export interface Token {
  /** SHA-256 of the CA that the server must have, hex; absent in a bare password. */
  caHash?: string;
  user: string;
  password: string;
}

/**
 * Reads a token: `K10<hash>::<user>:<password>`, or a bare password. Source: k3s
 * documentation, cli/token.
 *
 * @param user - whose password a bare one is
 */
export function parseToken(text: string, user: 'server' | 'node'): Token {
  const secure = /^K10([0-9a-f]{64})::([^:]+):(.+)$/.exec(text.trim());
  return secure
    ? { caHash: secure[1], user: secure[2], password: secure[3] }
    : { user, password: text.trim() };
}

const sha256 = (content: string | Buffer) =>
  createHash('sha256').update(content).digest('hex');

/**
 * The hash by which a token knows a server's CA: of the root where the first
 * certificate leads to one in the bundle, else of the text. Source: k3s
 * pkg/clientaccess/token.go, `hashCA`.
 *
 * @param bundle - what the server gives as `/cacerts`, PEM
 */
export function caHashOf(bundle: string): string {
  const certificates = certificatesIn(bundle);
  if (certificates.length < 2) return sha256(bundle);
  const chain = certificates.map(pem => new X509Certificate(pem));
  let current = chain[0];
  for (let steps = 0; steps < chain.length; steps += 1) {
    if (current.checkIssued(current) && current.verify(current.publicKey)) {
      return sha256(current.raw);
    }
    const last = current;
    const issuer = chain.find(
      candidate =>
        candidate !== last &&
        last.checkIssued(candidate) &&
        last.verify(candidate.publicKey),
    );
    if (!issuer) break;
    current = issuer;
  }
  return sha256(bundle);
}

/** Compares secrets in a time that tells nothing about them. */
export const isSameSecret = (left: string, right: string) =>
  timingSafeEqual(
    createHash('sha256').update(left).digest(),
    createHash('sha256').update(right).digest(),
  );
