import {
  generateKeyPairSync,
  KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  Certificate,
  Extension,
  Extensions,
  GeneralName,
  id_ce_subjectAltName,
  Name,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509';

const DAY_MS = 86_400_000;

/** For how long Let's Encrypt issues certificates. */
const VALID_DAYS = 90;

const COMMON_NAME = '2.5.4.3';
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';

const named = (commonName: string) =>
  new Name([
    new RelativeDistinguishedName([
      new AttributeTypeAndValue({
        type: COMMON_NAME,
        value: new AttributeValue({ utf8String: commonName }),
      }),
    ]),
  ]);

function signed(key: KeyObject, tbsCertificate: TBSCertificate): Buffer {
  const data = Buffer.from(AsnConvert.serialize(tbsCertificate));
  const signature = sign('sha256', data, key);
  return Buffer.from(
    AsnConvert.serialize(
      new Certificate({
        tbsCertificate,
        signatureAlgorithm: tbsCertificate.signature,
        signatureValue: new Uint8Array(signature).buffer,
      }),
    ),
  );
}

/**
 * A certificate for domains as a certificate authority would issue it, PEM.
 * Nobody trusts it: it is signed by its own key, which is forgotten.
 *
 * @param now - epoch milliseconds
 */
export function issueCertificate(
  domainNames: readonly string[],
  now: number,
): string {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const alternatives = new SubjectAlternativeName(
    domainNames.map(dNSName => new GeneralName({ dNSName })),
  );
  // A serial number is positive.
  const serialNumber = Buffer.concat([Buffer.from([1]), randomBytes(15)]);
  const der = signed(
    privateKey,
    new TBSCertificate({
      version: Version.v3,
      serialNumber: new Uint8Array(serialNumber).buffer,
      signature: new AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 }),
      issuer: named('Sandbox certificate authority'),
      subject: named(domainNames[0]),
      validity: new Validity({
        notBefore: new Date(now),
        notAfter: new Date(now + VALID_DAYS * DAY_MS),
      }),
      subjectPublicKeyInfo: AsnConvert.parse(spki, SubjectPublicKeyInfo),
      extensions: new Extensions([
        new Extension({
          extnID: id_ce_subjectAltName,
          critical: false,
          extnValue: new OctetString(AsnConvert.serialize(alternatives)),
        }),
      ]),
    }),
  );
  return new X509Certificate(der).toString();
}
