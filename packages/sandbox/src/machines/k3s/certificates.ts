import 'reflect-metadata';
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  KeyObject,
  randomBytes,
  webcrypto,
} from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Pkcs10CertificateRequest,
  Pkcs10CertificateRequestGenerator,
  PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

cryptoProvider.set(webcrypto as Crypto);

const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const YEAR_MS = 365 * 86_400_000;
/** Source: k3s pkg/daemons/control/deps/deps.go: ten years for a CA, one for a leaf. */
const AUTHORITY_MS = 10 * YEAR_MS;
const LEAF_MS = YEAR_MS;
const CLOCK_SKEW_MS = 60_000;

/** A certificate authority: certificates with the signing one first, and its key, PEM. */
export interface Authority {
  certificates: string;
  key: string;
}

/** A certificate with the chain that was given for it, and its key, PEM. */
export interface Issued {
  certificate: string;
  key: string;
}

/** What a certificate is to say. */
export interface Leaf {
  commonName: string;
  organization?: string;
  /** DNS names and addresses. */
  names?: readonly string[];
  usages: readonly ('serverAuth' | 'clientAuth')[];
}

const serialNumber = () => `01${randomBytes(15).toString('hex')}`;

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A private key as k3s writes it: SEC1. */
const sec1 = (key: KeyObject) =>
  key.export({ type: 'sec1', format: 'pem' }).toString();

async function signingKey(pem: string) {
  const key = createPrivateKey(pem);
  const algorithm =
    key.asymmetricKeyType === 'rsa'
      ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
      : {
          ...P256,
          namedCurve:
            key.asymmetricKeyDetails?.namedCurve === 'secp384r1'
              ? 'P-384'
              : 'P-256',
        };
  const der = key.export({ type: 'pkcs8', format: 'der' });
  return {
    algorithm,
    key: (await webcrypto.subtle.importKey(
      'pkcs8',
      new Uint8Array(der),
      algorithm,
      false,
      ['sign'],
    )) as CryptoKey,
  };
}

const validity = (lifeMs: number) => ({
  notBefore: new Date(Date.now() - CLOCK_SKEW_MS),
  notAfter: new Date(Date.now() + lifeMs),
});

/** The certificates of a PEM file, in their order. */
export const certificatesIn = (pem: string): string[] =>
  pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g) ??
  [];

const publicKeyOf = (key: KeyObject) =>
  new PublicKey(
    new Uint8Array(
      createPublicKey(key).export({ type: 'spki', format: 'der' }),
    ),
  );

/** Makes a CA that signs itself, as k3s does for each that it is not given. */
export async function selfSignedAuthority(
  commonName: string,
): Promise<Authority> {
  const { privateKey } = newKey();
  const key = sec1(privateKey);
  const signing = await signingKey(key);
  const publicKey = publicKeyOf(privateKey);
  const name = [{ CN: [commonName] }];
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: name,
    issuer: name,
    ...validity(AUTHORITY_MS),
    publicKey,
    signingKey: signing.key,
    signingAlgorithm: signing.algorithm,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(
        // eslint-disable-next-line no-bitwise
        KeyUsageFlags.digitalSignature |
          KeyUsageFlags.keyEncipherment |
          KeyUsageFlags.keyCertSign,
        true,
      ),
      await SubjectKeyIdentifierExtension.create(publicKey),
    ],
  });
  return { certificates: `${certificate.toString('pem')}\n`, key };
}

async function certificateFor(
  authority: Authority,
  { commonName, organization, names = [], usages }: Leaf,
  publicKey: PublicKey,
): Promise<string> {
  const issuer = new X509Certificate(certificatesIn(authority.certificates)[0]);
  const identifier = issuer.getExtension(SubjectKeyIdentifierExtension);
  const signing = await signingKey(authority.key);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [
      ...(organization ? [{ O: [organization] }] : []),
      { CN: [commonName] },
    ],
    issuer: issuer.subjectName,
    ...validity(LEAF_MS),
    publicKey,
    signingKey: signing.key,
    signingAlgorithm: signing.algorithm,
    extensions: [
      new KeyUsagesExtension(
        // eslint-disable-next-line no-bitwise
        KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment,
        true,
      ),
      new ExtendedKeyUsageExtension(
        usages.map(usage => ExtendedKeyUsage[usage]),
      ),
      ...(identifier
        ? [new AuthorityKeyIdentifierExtension(identifier.keyId)]
        : []),
      ...(names.length > 0
        ? [
            new SubjectAlternativeNameExtension(
              [...new Set(names)].map(value => ({
                type: isIP(value) ? ('ip' as const) : ('dns' as const),
                value,
              })),
            ),
          ]
        : []),
    ],
  });
  return `${certificate.toString('pem')}\n${authority.certificates}`;
}

/** Makes a key and a certificate for it, followed by those of its CA. */
export async function issue(authority: Authority, leaf: Leaf): Promise<Issued> {
  const { privateKey } = newKey();
  return {
    certificate: await certificateFor(authority, leaf, publicKeyOf(privateKey)),
    key: sec1(privateKey),
  };
}

/** Makes a key and a request for a certificate, PEM. */
export async function requestCertificate(): Promise<{
  key: string;
  request: string;
}> {
  const keys = (await webcrypto.subtle.generateKey(P256, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const request = await Pkcs10CertificateRequestGenerator.create({
    keys,
    signingAlgorithm: P256,
  });
  const der = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  const key = createPrivateKey({
    key: Buffer.from(der),
    format: 'der',
    type: 'pkcs8',
  });
  return { key: sec1(key), request: request.toString('pem') };
}

/**
 * Issues a certificate for the key of a request; what the request says otherwise
 * does not count.
 *
 * @throws Error when it is no request, or its signature is wrong
 */
export async function issueFor(
  authority: Authority,
  leaf: Leaf,
  request: string,
): Promise<string> {
  const parsed = new Pkcs10CertificateRequest(request);
  if (!(await parsed.verify())) {
    throw new Error('The request is not signed by its own key.');
  }
  return certificateFor(authority, leaf, parsed.publicKey);
}
