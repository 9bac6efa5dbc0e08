import { X509Certificate } from 'node:crypto';
import { environmentMaterial } from './environmentMaterial';
import type { EnvironmentSecrets } from '../sealing/EnvironmentSecrets';

/** A store in memory that keeps what came first, as the real one does. */
function memoryStore() {
  const rows = new Map<string, string>();
  const store: EnvironmentSecrets = {
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

const material = (store: EnvironmentSecrets, environmentId = 'env1') =>
  environmentMaterial({
    environmentId,
    environment: 'xpeditis-prod',
    store,
    now: () => new Date('2026-11-23T12:00:00Z'),
  });

const DOMAINS = ['api.xpeditis.com', 'app.xpeditis.com'];

describe('environmentMaterial', () => {
  it('gives the same certificate for the same generation, after a restart too', async () => {
    const { store } = memoryStore();
    const first = await material(store).certificate(DOMAINS, 1);
    expect(await material(store).certificate(DOMAINS, 1)).toEqual(first);
    expect(
      await material(store).certificate([...DOMAINS].reverse(), 1),
    ).toEqual(first);
  });

  it('gives another certificate of the same authority for the next generation', async () => {
    const { rows, store } = memoryStore();
    const one = await material(store).certificate(DOMAINS, 1);
    const two = await material(store).certificate(DOMAINS, 2);
    expect(two.privateKey).not.toBe(one.privateKey);
    const { certificate } = JSON.parse(rows.get('env1/load-balancer-ca')!);
    const authority = new X509Certificate(certificate).publicKey;
    for (const leaf of [one, two]) {
      expect(new X509Certificate(leaf.certificate).verify(authority)).toBe(
        true,
      );
    }
  });

  it('gives another certificate for other domains', async () => {
    const { store } = memoryStore();
    await material(store).certificate(DOMAINS, 1);
    const other = await material(store).certificate(['www.xpeditis.com'], 1);
    expect(new X509Certificate(other.certificate).subjectAltName).toBe(
      'DNS:www.xpeditis.com',
    );
  });

  it('agrees with a replica that makes the same at the same time', async () => {
    const { store } = memoryStore();
    const [one, two] = await Promise.all([
      material(store).certificate(DOMAINS, 1),
      material(store).certificate(DOMAINS, 1),
    ]);
    expect(two).toEqual(one);
  });

  it('gives one throw-away key per environment', async () => {
    const { store } = memoryStore();
    const key = await material(store).throwAwaySshKey();
    expect(key).toMatch(/^ssh-ed25519 \S+ xpeditis-prod throw-away$/);
    expect(await material(store).throwAwaySshKey()).toBe(key);
    expect(await material(store, 'env2').throwAwaySshKey()).not.toBe(key);
  });
});
