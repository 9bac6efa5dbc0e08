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
  type Extension,
  type JsonName,
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

const validFrom = (now: Date) =>
  new Date(now.getTime() - CLOCK_SKEW_HOURS * HOUR);

function yearsAfter(now: Date, years: number): Date {
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + years);
  return notAfter;
}

/**
 * Makes a root: a new ECDSA P-256 key and its own certificate.
 *
 * @param years - how long it is valid from `now`
 * @param intermediates - how many authorities may stand between it and a leaf
 */
export async function createRoot(
  commonName: string,
  now: Date,
  { years, intermediates }: { years: number; intermediates: number },
): Promise<KeyedCertificate> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: [{ CN: [commonName] }],
      serialNumber: newSerialNumber(),
      notBefore: validFrom(now),
      notAfter: yearsAfter(now, years),
      keys,
      signingAlgorithm: SIGNING,
      extensions: [
        new BasicConstraintsExtension(true, intermediates, true),
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
 * Makes a root which signs leaves only, valid for ten years from `now`.
 */
export const createCertificateAuthority = (
  commonName: string,
  now: Date,
): Promise<KeyedCertificate> =>
  createRoot(commonName, now, { years: CA_YEARS, intermediates: 0 });

/** What a certificate says beside its key and its authority. */
interface Statement {
  subject: JsonName;
  notBefore: Date;
  notAfter: Date;
  extensions: Extension[];
}

/**
 * Makes a new ECDSA P-256 key and a certificate of it, signed by the authority,
 * which names both keys.
 *
 * @throws Error when the authority cannot be read
 */
async function issue(
  authority: KeyedCertificate,
  { extensions, ...statement }: Statement,
): Promise<KeyedCertificate> {
  const issuer = new X509Certificate(authority.certificate);
  const signingKey = await crypto.subtle.importKey(
    'pkcs8',
    PemConverter.decodeFirst(authority.privateKey),
    P256,
    false,
    ['sign'],
  );
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.create(
    {
      ...statement,
      issuer: issuer.subjectName,
      serialNumber: newSerialNumber(),
      publicKey: keys.publicKey,
      signingKey,
      signingAlgorithm: SIGNING,
      extensions: [
        ...extensions,
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

/**
 * Makes an authority under a root, which signs leaves only, valid for ten years
 * from `now`. It may sign for key exchange too, as k3s's own authorities do (k3s
 * `contrib/util/generate-custom-ca-certs.sh`).
 *
 * @throws Error when the root cannot be read
 */
export const createSigningAuthority = (
  root: KeyedCertificate,
  commonName: string,
  now: Date,
): Promise<KeyedCertificate> =>
  issue(root, {
    subject: [{ CN: [commonName] }],
    notBefore: validFrom(now),
    notAfter: yearsAfter(now, CA_YEARS),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(
        // eslint-disable-next-line no-bitwise
        KeyUsageFlags.digitalSignature |
          KeyUsageFlags.keyEncipherment |
          KeyUsageFlags.keyCertSign,
        true,
      ),
    ],
  });

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
  const commonName = dnsNames.find(
    ({ length }) => length <= COMMON_NAME_CHARACTERS,
  );
  return issue(authority, {
    subject: commonName ? [{ CN: [commonName] }] : [],
    notBefore: validFrom(now),
    notAfter: new Date(now.getTime() + LEAF_DAYS * DAY),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        dnsNames.map(value => ({ type: 'dns' as const, value })),
        // Without a subject it has to be critical (RFC 5280, 4.2.1.6).
        commonName === undefined,
      ),
    ],
  });
}

/** Whom a client certificate names, as Kubernetes reads it. */
export interface ClientSubject {
  user: string;
  groups: readonly string[];
}

/**
 * Makes a client's certificate: a new ECDSA P-256 key, signed by the authority.
 * Nothing takes it back before its end, so that has to be near.
 *
 * @throws Error when the authority cannot be read
 */
export const createClientCertificate = (
  authority: KeyedCertificate,
  { user, groups }: ClientSubject,
  { now, seconds }: { now: Date; seconds: number },
): Promise<KeyedCertificate> =>
  issue(authority, {
    subject: [...groups.map(group => ({ O: [group] })), { CN: [user] }],
    notBefore: validFrom(now),
    notAfter: new Date(now.getTime() + seconds * 1000),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
    ],
  });
