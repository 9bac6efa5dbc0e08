// The library finds its algorithms by reflection and says so itself if this is missing.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate and its private key (PKCS #8), both PEM. */
export interface KeyedCertificate {
  certificate: string;
  privateKey: string;
}

const CA_YEARS = 10;

/** Browsers refuse longer ones (CA/Browser Forum, Baseline Requirements 6.3.2: at most 398 days). */
const LEAF_DAYS = 397;

/** A certificate is valid a little before it is made, for clocks that are behind. */
const CLOCK_SKEW_HOURS = 1;

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;

/** Longest common name (RFC 5280, upper bounds: ub-common-name). */
const COMMON_NAME_CHARACTERS = 64;

const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' };

// Node's WebCrypto is the browser's; only the declarations differ.
const crypto = webcrypto as unknown as Crypto;

const newKeys = () => crypto.subtle.generateKey(P256, true, ['sign', 'verify']);

/** 127 random bits: a certificate's serial number is positive and hard to guess (RFC 5280, 4.1.2.2). */
function newSerialNumber(): string {
  const bytes = Buffer.from(crypto.getRandomValues(new Uint8Array(16)));
  // eslint-disable-next-line no-bitwise
  bytes[0] = (bytes[0] & 0x3f) | 0x40;
  return bytes.toString('hex');
}

async function pemOf(
  certificate: X509Certificate,
  privateKey: CryptoKey,
): Promise<KeyedCertificate> {
  const key = await crypto.subtle.exportKey('pkcs8', privateKey);
  return {
    certificate: `${certificate.toString('pem')}\n`,
    privateKey: `${PemConverter.encode(key, PemConverter.PrivateKeyTag)}\n`,
  };
}

/**
 * Makes a root: a new ECDSA P-256 key and its own certificate, which signs
 * leaves only, valid for ten years from `now`.
 */
export async function createCertificateAuthority(
  commonName: string,
  now: Date,
): Promise<KeyedCertificate> {
  const keys = await newKeys();
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + CA_YEARS);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: [{ CN: [commonName] }],
      serialNumber: newSerialNumber(),
      notBefore: new Date(now.getTime() - CLOCK_SKEW_HOURS * HOUR),
      notAfter,
      keys,
      signingAlgorithm: SIGNING,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(
          // eslint-disable-next-line no-bitwise
          KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign,
          true,
        ),
        await SubjectKeyIdentifierExtension.create(
          keys.publicKey,
          false,
          crypto,
        ),
      ],
    },
    crypto,
  );
  return pemOf(certificate, keys.privateKey);
}

/**
 * Makes a server's certificate for these DNS names: a new ECDSA P-256 key,
 * signed by the authority, valid for 397 days from `now`.
 *
 * @throws Error without any name, or when the authority cannot be read
 */
export async function createServerCertificate(
  authority: KeyedCertificate,
  dnsNames: readonly string[],
  now: Date,
): Promise<KeyedCertificate> {
  if (dnsNames.length === 0) {
    throw new Error('A server certificate needs at least one DNS name.');
  }
  const issuer = new X509Certificate(authority.certificate);
  const signingKey = await crypto.subtle.importKey(
    'pkcs8',
    PemConverter.decodeFirst(authority.privateKey),
    P256,
    false,
    ['sign'],
  );
  const keys = await newKeys();
  const commonName = dnsNames.find(
    ({ length }) => length <= COMMON_NAME_CHARACTERS,
  );
  const certificate = await X509CertificateGenerator.create(
    {
      subject: commonName ? [{ CN: [commonName] }] : [],
      issuer: issuer.subjectName,
      serialNumber: newSerialNumber(),
      notBefore: new Date(now.getTime() - CLOCK_SKEW_HOURS * HOUR),
      notAfter: new Date(now.getTime() + LEAF_DAYS * DAY),
      publicKey: keys.publicKey,
      signingKey,
      signingAlgorithm: SIGNING,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(
          dnsNames.map(value => ({ type: 'dns' as const, value })),
          // Without a subject it has to be critical (RFC 5280, 4.2.1.6).
          commonName === undefined,
        ),
        await SubjectKeyIdentifierExtension.create(
          keys.publicKey,
          false,
          crypto,
        ),
        await AuthorityKeyIdentifierExtension.create(
          issuer.publicKey,
          false,
          crypto,
        ),
      ],
    },
    crypto,
  );
  return pemOf(certificate, keys.privateKey);
}
