import { createServer } from 'node:net';
import { once } from 'node:events';
import {
  PROGRAMS_MILLISECONDS,
  startRealKubernetes,
  type RealKubernetes,
} from '../../__testUtils__/realKubernetes';
import { createClusterRoots } from '../../bootstrap/createClusterIdentity';
import { createClusterIdentity } from '../../bootstrap/createClusterIdentity';
import { portalCredential } from '../../bootstrap/portalCredential';
import type { CallReport } from '../hetzner';
import { ownCodes } from '../ownCodes';
import { kubernetesCodes } from './errorCodes';
import { FIELD_MANAGER, type KubernetesObject } from './KubernetesCluster';

jest.setTimeout(60_000);

const configMap = (name: string, data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data,
});

describe('a connection to a real API server', () => {
  let kubernetes: RealKubernetes;
  let cluster: ReturnType<RealKubernetes['connect']>;

  beforeAll(async () => {
    kubernetes = await startRealKubernetes();
    cluster = kubernetes.connect();
  }, PROGRAMS_MILLISECONDS);
  afterAll(() => kubernetes?.close());

  it('is ready', async () => {
    await expect(cluster.ready()).resolves.toBeUndefined();
  });

  it('applies what is named, under one field manager, as often as one likes', async () => {
    await cluster.apply(configMap('settings', { a: '1', b: '2' }));
    await cluster.apply(configMap('settings', { a: '3' }));
    const found = await cluster.get(configMap('settings', {}));
    expect(found).toMatchObject({ kind: 'ConfigMap', data: { a: '3' } });
    expect(found?.data).not.toHaveProperty('b');
    const managers = found?.metadata as unknown as {
      managedFields: { manager: string; operation: string }[];
    };
    expect(managers.managedFields).toEqual([
      expect.objectContaining({ manager: FIELD_MANAGER, operation: 'Apply' }),
    ]);
  });

  it('tries without doing', async () => {
    const tried = await cluster.apply(configMap('tried', { a: '1' }), {
      dryRun: true,
    });
    expect(tried.metadata.uid).toBeDefined();
    expect(await cluster.get(tried)).toBeUndefined();
  });

  it('keeps fields that the library does not know', async () => {
    const definition: KubernetesObject = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'things.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { kind: 'Thing', plural: 'things' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: {
                  spec: {
                    type: 'object',
                    'x-kubernetes-preserve-unknown-fields': true,
                  },
                },
              },
            },
          },
        ],
      },
    };
    const thing = (): KubernetesObject => ({
      apiVersion: 'example.com/v1',
      kind: 'Thing',
      metadata: { name: 'one', namespace: 'default' },
      spec: { deep: { list: [{ anything: '2026-11-23T00:00:00Z' }] } },
    });
    expect(await cluster.get(thing())).toBeUndefined();
    expect(await cluster.list(thing())).toEqual([]);
    await expect(cluster.apply(thing())).rejects.toMatchObject({
      code: kubernetesCodes.noSuchKind,
      message: expect.stringContaining(
        'The cluster has no kind Thing of example.com/v1.',
      ),
    });
    await cluster.apply(definition);
    for (;;) {
      const status = (await cluster.get(definition))?.status as {
        conditions?: { type: string; status: string }[];
      };
      if (
        status?.conditions?.some(
          ({ type, status: is }) => type === 'Established' && is === 'True',
        )
      )
        break;
    }
    await cluster.apply(thing());
    expect(await cluster.list(thing())).toEqual([
      expect.objectContaining({ kind: 'Thing', spec: thing().spec }),
    ]);
  });

  it('lists by labels, in all namespaces, page by page', async () => {
    const mine = { 'example.com/mine': 'yes' };
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        cluster.apply({
          ...configMap(`listed-${index}`, {}),
          metadata: {
            name: `listed-${index}`,
            namespace: 'default',
            labels: mine,
          },
        }),
      ),
    );
    const found = await cluster.list({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      labelSelector: 'example.com/mine=yes',
    });
    expect(found).toHaveLength(12);
    expect(found[0]).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
    expect(
      await cluster.list({
        apiVersion: 'v1',
        kind: 'Namespace',
        fieldSelector: 'metadata.name=kube-system',
      }),
    ).toHaveLength(1);
  });

  it('deletes; what is gone is no error', async () => {
    const doomed = configMap('doomed', {});
    await cluster.apply(doomed);
    await cluster.delete(doomed);
    await cluster.delete(doomed);
    expect(await cluster.get(doomed)).toBeUndefined();
  });

  it('says what is wrong with an object, and of a Secret not what is in it', async () => {
    await expect(
      cluster.apply(configMap('wrong', { 'no key': '1' })),
    ).rejects.toMatchObject({
      code: kubernetesCodes.invalid,
      status: 422,
      message: expect.stringMatching(
        /^Kubernetes of test at 127\.0\.0\.1:\d+: PATCH \/ConfigMap\/default\/wrong failed \(Invalid, 422\)\. .*data\[no key\]/,
      ),
    });
    const refused = await cluster
      .apply({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'secret', namespace: 'default' },
        type: 'kubernetes.io/tls',
        stringData: { other: 'hunter2-of-the-cluster' },
      })
      .catch(error => error);
    expect(refused.code).toBe(kubernetesCodes.invalid);
    expect(refused.message).toContain('data[tls.crt]');
    expect(JSON.stringify(refused) + refused.stack).not.toContain('hunter2');
  });

  it('does not trust a server of another authority', async () => {
    const now = new Date();
    const other = await createClusterIdentity(
      'other',
      await createClusterRoots('other', now),
      now,
    );
    const misled = kubernetes.connect({
      serverCa: other.serverCa.chain,
      rounds: 1,
    });
    await expect(misled.ready()).rejects.toMatchObject({
      code: ownCodes.tlsError,
    });
  });

  it('is not let in with a certificate of another authority', async () => {
    const now = new Date();
    const other = await createClusterIdentity(
      'other',
      await createClusterRoots('other', now),
      now,
    );
    const stranger = kubernetes.connect({
      credential: () => portalCredential(other, now),
    });
    await expect(stranger.ready()).rejects.toMatchObject({
      code: kubernetesCodes.unauthorized,
      status: 401,
    });
  });

  it('goes on to the next control plane, and stays there', async () => {
    const reports: CallReport[] = [];
    const dead = 'https://127.0.0.1:1';
    const two = kubernetes
      .connect({ controlPlanes: [dead, kubernetes.url] })
      .scoped({ onCall: report => reports.push(report) });
    await two.ready();
    await two.ready();
    expect(
      reports.map(({ attempt, errorCode, repeats }) => [
        attempt,
        errorCode,
        repeats,
      ]),
    ).toEqual([
      [1, ownCodes.connectionFailed, undefined],
      [2, undefined, ownCodes.connectionFailed],
      [1, undefined, undefined],
    ]);
  });

  it('ends a call that gets no answer at its deadline, and at its signal', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    try {
      const waiting = kubernetes.connect({
        controlPlanes: [`https://127.0.0.1:${port}`],
        timeoutSeconds: 0.3,
        rounds: 1,
      });
      await expect(waiting.ready()).rejects.toMatchObject({
        code: ownCodes.timedOut,
        message: expect.stringContaining('No answer came within 0.3 s.'),
      });
      const ended = waiting.scoped({ signal: AbortSignal.abort() });
      await expect(ended.ready()).rejects.toMatchObject({
        code: ownCodes.aborted,
      });
    } finally {
      silent.close();
    }
  });

  it('renews its certificate in time, and asks before each call', async () => {
    let made = 0;
    let now = Date.now();
    const renewing = kubernetes.connect({
      clock: { now: () => now, schedule: () => () => {} },
      credential: async () => {
        made += 1;
        return portalCredential(kubernetes.identity, new Date(now));
      },
    });
    await Promise.all([renewing.ready(), renewing.ready()]);
    expect(made).toBe(1);
    now += 1_900_000;
    await renewing.ready();
    expect(made).toBe(2);

    const lost = new Error('lease lost');
    const guarded = renewing.scoped({
      beforeCall: async ({ method }) => {
        if (method !== 'GET') throw lost;
      },
    });
    await guarded.ready();
    await expect(guarded.apply(configMap('guarded', {}))).rejects.toBe(lost);
    expect(await cluster.get(configMap('guarded', {}))).toBeUndefined();
  });
});
