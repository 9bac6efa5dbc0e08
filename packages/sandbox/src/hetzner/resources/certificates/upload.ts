import { createPrivateKey, KeyObject, X509Certificate } from 'node:crypto';
import { invalidField } from '../../reference';

/** Limits of an upload. Source: docs.hetzner.cloud, changelog of February 2026. */
const MAX_KEY_BYTES = 5_000;
const MAX_CHAIN_BYTES = 30_000;
const MAX_CHAIN_CERTIFICATES = 5;

function domainNames(certificate: X509Certificate): string[] {
  const names = (certificate.subjectAltName ?? '')
    .split(', ')
    .filter(entry => entry.startsWith('DNS:'))
    .map(entry => entry.slice('DNS:'.length));
  const common = /^CN=(.+)$/m.exec(certificate.subject)?.[1];
  return names.length > 0 || !common ? names : [common];
}

/** What a certificate says of itself; instants are epoch milliseconds. */
export const factsOf = (leaf: X509Certificate) => ({
  notValidBefore: leaf.validFromDate.getTime(),
  notValidAfter: leaf.validToDate.getTime(),
  domainNames: domainNames(leaf),
  fingerprint: leaf.fingerprint256.toLowerCase(),
});

const PEM_CERTIFICATE =
  /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Reads an uploaded chain and its key; the first certificate is the one that
 * is served.
 *
 * @throws ApiError 422 when a part cannot be read or the key is another's
 */
export function readUpload(chain: string, privateKey: string) {
  const blocks = chain.match(PEM_CERTIFICATE) ?? [];
  if (blocks.length === 0) {
    throw invalidField('certificate', 'holds no PEM certificate');
  }
  if (
    blocks.length > MAX_CHAIN_CERTIFICATES ||
    Buffer.byteLength(chain) > MAX_CHAIN_BYTES
  ) {
    throw invalidField(
      'certificate',
      `may hold at most ${MAX_CHAIN_CERTIFICATES} certificates in ${MAX_CHAIN_BYTES} bytes`,
    );
  }
  if (Buffer.byteLength(privateKey) > MAX_KEY_BYTES) {
    throw invalidField(
      'private_key',
      `may have at most ${MAX_KEY_BYTES} bytes`,
    );
  }
  const [leaf] = blocks.map(readCertificate);
  if (!leaf.checkPrivateKey(readKey(privateKey))) {
    throw invalidField('private_key', 'does not belong to the certificate');
  }
  return factsOf(leaf);
}

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw invalidField('certificate', 'cannot be read');
  }
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw invalidField('private_key', 'cannot be read');
  }
}
