// The library finds its algorithms by reflection and says so itself if this is missing.
import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate as ReadableCertificate,
} from '@peculiar/x509';
import { clusterIdentity, madeClusterIdentity } from './clusterKeys';
import type { ClusterIdentity } from './ClusterIdentity';
import { rootHash, agentToken, serverToken } from './joinToken';
import type { MaterialOf } from './keptOnce';
import { createClientCertificate } from './pki';
import { authorityOf, portalCredential } from './portalCredential';

const run = promisify(execFile);
const NOW = new Date('2026-11-23T12:00:00Z');

/** A store in memory that keeps what came first, as the real one does. */
function memoryStore() {
  const rows = new Map<string, string>();
  const store: MaterialOf['store'] = {
    async get(id, name) {
      return rows.get(`${id}/${name}`);
    },
    async putOnce(id, name, value) {
      const key = `${id}/${name}`;
      if (!rows.has(key)) rows.set(key, value);
      return rows.get(key)!;
    },
  };
  return { rows, store };
}

const of = (store: MaterialOf['store']): MaterialOf => ({
  environmentId: 'env1',
  environment: 'xpeditis-prod',
  store,
  now: () => NOW,
});

/** The certificates of a PEM bundle, in its order. */
const certificatesIn = (chain: string) =>
  chain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g)!;

let identity: ClusterIdentity;
let rows: Map<string, string>;

beforeAll(async () => {
  const kept = memoryStore();
  identity = await clusterIdentity(of(kept.store));
  rows = kept.rows;
});

describe('clusterIdentity', () => {
  it('is made once', async () => {
    const { store } = memoryStore();
    expect(await madeClusterIdentity(of(store))).toBeUndefined();
    const first = await clusterIdentity(of(store));
    expect(await clusterIdentity(of(store))).toEqual(first);
    expect(await madeClusterIdentity(of(store))).toEqual(first);
  });

  it('is the same for replicas that make it at the same time', async () => {
    const { store } = memoryStore();
    const [one, two] = await Promise.all([
      clusterIdentity(of(store)),
      clusterIdentity(of(store)),
    ]);
    expect(two).toEqual(one);
  });

  it('comes from the roots that are kept, also when whoever made them was cut off', async () => {
    const { store, rows: kept } = memoryStore();
    await clusterIdentity(of(store));
    kept.delete('env1/cluster-identity');
    const { serverCa } = await clusterIdentity(of(store));
    const { server } = JSON.parse(kept.get('env1/cluster-roots')!);
    expect(certificatesIn(serverCa.chain).at(-1)).toBe(server.certificate);
  });

  it('is another one for another environment', async () => {
    const { store } = memoryStore();
    const other = await clusterIdentity({
      ...of(store),
      environmentId: 'env2',
    });
    expect(other.serverPassword).not.toBe(identity.serverPassword);
    expect(rootHash(other.serverCa.chain)).not.toBe(
      rootHash(identity.serverCa.chain),
    );
  });

  it('holds no key of a root', () => {
    const { server, client } = JSON.parse(rows.get('env1/cluster-roots')!);
    for (const root of [server, client]) {
      const sec1 = createPrivateKey(root.privateKey).export({
        type: 'sec1',
        format: 'pem',
      });
      expect(JSON.stringify(identity)).not.toContain(
        JSON.stringify(sec1).slice(1, -1),
      );
      expect(JSON.stringify(identity)).not.toContain(
        JSON.stringify(root.privateKey).slice(1, -1),
      );
    }
  });

  it('has passwords that differ and cannot be guessed', () => {
    expect(identity.serverPassword).toMatch(/^[0-9a-f]{64}$/);
    expect(identity.agentPassword).toMatch(/^[0-9a-f]{64}$/);
    expect(identity.agentPassword).not.toBe(identity.serverPassword);
  });
});

describe.each(['serverCa', 'clientCa'] as const)('%s', name => {
  const pems = () => certificatesIn(identity[name].chain);

  it('is a chain of two: what signs, then its root', () => {
    const [signing, root, ...more] = pems().map(
      pem => new X509Certificate(pem),
    );
    expect(more).toEqual([]);
    expect(signing.ca).toBe(true);
    expect(root.ca).toBe(true);
    expect(signing.checkIssued(root)).toBe(true);
    expect(signing.verify(root.publicKey)).toBe(true);
    expect(root.verify(root.publicKey)).toBe(true);
    expect(signing.publicKey.asymmetricKeyDetails).toEqual({
      namedCurve: 'prime256v1',
    });
  });

  it('has the key of what signs, in SEC 1', () => {
    const { privateKey } = identity[name];
    expect(privateKey).toMatch(/^-----BEGIN EC PRIVATE KEY-----\n/);
    expect(
      new X509Certificate(pems()[0]).checkPrivateKey(
        createPrivateKey(privateKey),
      ),
    ).toBe(true);
  });

  it('says what k3s’s own authorities say', () => {
    const [signing, root] = pems().map(pem => new ReadableCertificate(pem));
    expect(signing.getExtension(BasicConstraintsExtension)).toMatchObject({
      ca: true,
      critical: true,
    });
    expect(signing.getExtension(KeyUsagesExtension)).toMatchObject({
      critical: true,
      usages:
        // eslint-disable-next-line no-bitwise
        KeyUsageFlags.digitalSignature |
        KeyUsageFlags.keyEncipherment |
        KeyUsageFlags.keyCertSign,
    });
    expect(signing.getExtension(SubjectKeyIdentifierExtension)).not.toBeNull();
    expect(signing.getExtension(AuthorityKeyIdentifierExtension)?.keyId).toBe(
      root.getExtension(SubjectKeyIdentifierExtension)?.keyId,
    );
  });

  it('lasts ten years, its root twenty', () => {
    const [signing, root] = pems().map(pem => new X509Certificate(pem));
    expect(signing.validToDate).toEqual(new Date('2036-11-23T12:00:00Z'));
    expect(root.validToDate).toEqual(new Date('2046-11-23T12:00:00Z'));
  });
});

it('the two authorities have roots of their own', () => {
  const [server, client] = [identity.serverCa, identity.clientCa].map(
    ({ chain }) => certificatesIn(chain).at(-1)!,
  );
  expect(
    new X509Certificate(server).publicKey.export({ format: 'jwk' }),
  ).not.toEqual(
    new X509Certificate(client).publicKey.export({ format: 'jwk' }),
  );
});

describe('the join tokens', () => {
  it('are bound to the fingerprint of the root that openssl tells', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'token-'));
    await writeFile(
      join(folder, 'root.pem'),
      certificatesIn(identity.serverCa.chain).at(-1)!,
    );
    const { stdout } = await run(
      'openssl',
      ['x509', '-in', 'root.pem', '-noout', '-fingerprint', '-sha256'],
      { cwd: folder },
    );
    await rm(folder, { recursive: true });
    const hash = stdout.trim().split('=')[1].replaceAll(':', '').toLowerCase();
    expect(serverToken(identity)).toBe(
      `K10${hash}::server:${identity.serverPassword}`,
    );
    expect(agentToken(identity)).toBe(
      `K10${hash}::node:${identity.agentPassword}`,
    );
  });

  it('need a chain', () => {
    expect(() => rootHash('')).toThrow('A CA chain has no certificate.');
  });
});

describe('a client certificate', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'client-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Lets openssl judge the leaf by all of a bundle, as the API server does. */
  async function verified(leaf: string, bundle: string, at = NOW) {
    await writeFile(join(folder, 'leaf.pem'), leaf);
    await writeFile(join(folder, 'bundle.pem'), bundle);
    const { stdout } = await run(
      'openssl',
      [
        'verify',
        '-x509_strict',
        ...['-CAfile', 'bundle.pem', '-purpose', 'sslclient'],
        ...['-attime', String(at.getTime() / 1000), 'leaf.pem'],
      ],
      { cwd: folder },
    );
    return stdout;
  }

  it('of the portal is an administrator’s for an hour', async () => {
    const { certificate, privateKey } = await portalCredential(identity, NOW);
    const leaf = new X509Certificate(certificate);
    expect(leaf.subject.split('\n').sort()).toEqual([
      'CN=xpeditis-portal',
      'O=system:masters',
    ]);
    expect(leaf.validToDate).toEqual(new Date('2026-11-23T13:00:00Z'));
    expect(leaf.checkPrivateKey(createPrivateKey(privateKey))).toBe(true);
    expect(
      new ReadableCertificate(certificate).getExtension(
        ExtendedKeyUsageExtension,
      )?.usages,
    ).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(await verified(certificate, identity.clientCa.chain)).toBe(
      'leaf.pem: OK\n',
    );
  });

  it('is worth nothing after its end', async () => {
    const { certificate } = await portalCredential(identity, NOW);
    await expect(
      verified(
        certificate,
        identity.clientCa.chain,
        new Date('2026-11-23T13:00:01Z'),
      ),
    ).rejects.toThrow(/expired/);
  });

  it('is none by the bundle of the servers', async () => {
    const { certificate } = await portalCredential(identity, NOW);
    await expect(
      verified(certificate, identity.serverCa.chain),
    ).rejects.toThrow(/error leaf\.pem/);
  });

  it('names whom it is made for', async () => {
    const { certificate } = await createClientCertificate(
      authorityOf(identity.clientCa),
      { user: 'jo', groups: ['xpeditis:viewers', 'xpeditis:operators'] },
      { now: NOW, seconds: 600 },
    );
    expect(new X509Certificate(certificate).subject).toBe(
      'O=xpeditis:viewers\nO=xpeditis:operators\nCN=jo',
    );
  });
});
