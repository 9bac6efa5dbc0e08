import { execFile } from 'node:child_process';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createCertificateAuthority, createServerCertificate } from './pki';

const run = promisify(execFile);
const NOW = new Date('2026-11-23T12:00:00Z');
const DOMAINS = ['api.xpeditis.com', 'app.xpeditis.com'];

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pki-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const openssl = async (...args: string[]) =>
  (await run('openssl', args, { cwd: folder })).stdout;

const epoch = (date: Date) => String(date.getTime() / 1000);

async function writtenPair(domains = DOMAINS) {
  const authority = await createCertificateAuthority('xpeditis-prod CA', NOW);
  const leaf = await createServerCertificate(authority, domains, NOW);
  await writeFile(join(folder, 'ca.pem'), authority.certificate);
  await writeFile(join(folder, 'leaf.pem'), leaf.certificate);
  return { authority, leaf };
}

const verify = (at: Date, ...more: string[]) =>
  openssl(
    'verify',
    '-x509_strict',
    '-CAfile',
    'ca.pem',
    '-purpose',
    'sslserver',
    '-attime',
    epoch(at),
    ...more,
    'leaf.pem',
  );

describe('a server certificate', () => {
  it.each(DOMAINS)('is valid for %s by its authority', async domain => {
    await writtenPair();
    await expect(verify(NOW, '-verify_hostname', domain)).resolves.toBe(
      'leaf.pem: OK\n',
    );
  });

  it('is not valid for another name', async () => {
    await writtenPair();
    await expect(
      verify(NOW, '-verify_hostname', 'evil.example'),
    ).rejects.toThrow(/hostname mismatch/i);
  });

  it('is not valid by another authority', async () => {
    await writtenPair();
    const other = await createCertificateAuthority('xpeditis-prod CA', NOW);
    await writeFile(join(folder, 'ca.pem'), other.certificate);
    await expect(verify(NOW)).rejects.toThrow(/error leaf\.pem/);
  });

  it('is valid for at most 398 days', async () => {
    const { leaf } = await writtenPair();
    const { validFrom, validTo } = new X509Certificate(leaf.certificate);
    const days =
      (Date.parse(validTo) - Date.parse(validFrom)) / (24 * 3600 * 1000);
    expect(days).toBeGreaterThan(396);
    expect(days).toBeLessThanOrEqual(398);
    await expect(verify(new Date('2028-01-01T00:00:00Z'))).rejects.toThrow(
      /expired/,
    );
  });

  it('belongs to its private key', async () => {
    const { leaf } = await writtenPair();
    const certificate = new X509Certificate(leaf.certificate);
    const key = createPrivateKey(leaf.privateKey);
    expect(certificate.checkPrivateKey(key)).toBe(true);
    expect(key.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  });

  it('names its key and the key of its authority', async () => {
    await writtenPair();
    const identifiers = async (file: string) =>
      openssl(
        'x509',
        '-in',
        file,
        '-noout',
        '-ext',
        'subjectKeyIdentifier,authorityKeyIdentifier,basicConstraints,keyUsage,extendedKeyUsage',
      );
    const hex = /Key Identifier: *\n *([0-9A-F:]+)/g;
    const of = async (file: string) =>
      [...(await identifiers(file)).matchAll(hex)].map(([, id]) => id);
    const [caKey] = await of('ca.pem');
    const leafIds = await of('leaf.pem');
    expect(leafIds).toHaveLength(2);
    expect(leafIds).toContain(caKey);
    expect(await identifiers('ca.pem')).toContain('CA:TRUE, pathlen:0');
    expect(await identifiers('leaf.pem')).toContain(
      'TLS Web Server Authentication',
    );
  });

  it('may have names that are too long for its subject', async () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.xpeditis.com`;
    await writtenPair([long]);
    await expect(verify(NOW, '-verify_hostname', long)).resolves.toBe(
      'leaf.pem: OK\n',
    );
  });

  it('needs a name', async () => {
    const authority = await createCertificateAuthority('CA', NOW);
    await expect(createServerCertificate(authority, [], NOW)).rejects.toThrow(
      'A server certificate needs at least one DNS name.',
    );
  });
});

describe('a certificate authority', () => {
  it('is valid for ten years', async () => {
    const { authority } = await writtenPair();
    expect(new X509Certificate(authority.certificate).validToDate).toEqual(
      new Date('2036-11-23T12:00:00Z'),
    );
  });

  it('has a positive serial number of its own', async () => {
    const serials = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const { certificate } = await createCertificateAuthority('CA', NOW);
        return new X509Certificate(certificate).serialNumber;
      }),
    );
    expect(new Set(serials).size).toBe(8);
    expect(serials.filter(serial => serial.startsWith('-'))).toEqual([]);
  });
});
