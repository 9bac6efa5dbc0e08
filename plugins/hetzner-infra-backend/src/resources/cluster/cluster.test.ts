import { exampleAddonContext } from '../../__testUtils__/exampleAddonContext';
import {
  PROGRAMS_MILLISECONDS,
  startRealKubernetes,
  type RealKubernetes,
} from '../../__testUtils__/realKubernetes';
import type { Addon } from '../../bootstrap/addons/Addon';
import { wantedAddons } from '../../bootstrap/addons/addons';
import { clusterIssuers } from '../../bootstrap/addons/clusterIssuers';
import { systemUpgradeController } from '../../bootstrap/addons/systemUpgradeController';
import { CloudError } from '../../clouds/CloudError';
import { systemClock } from '../../clouds/clock';
import type { KubernetesObject } from '../../clouds/kubernetes';
import { addonObjects, differingObjects } from './addonObjects';
import { waitForApi } from './apiReadiness';
import {
  addonAsFound,
  installAddon,
  lacksOfAddon,
  uninstallAddon,
} from './installAddon';
import { NotReadyInTimeError } from './NotReadyInTimeError';
import { waitForNodes } from './nodes';
import { stopMakers } from './stopMakers';

jest.setTimeout(120_000);

const context = exampleAddonContext();
const soon = { clock: systemClock, timeoutSeconds: 20, pauseSeconds: 0.1 };
const atOnce = { ...soon, timeoutSeconds: 0 };

/** A definition of a kind that k3s or a chart brings, with any content. */
const definition = (
  kind: string,
  plural: string,
  group: string,
  scope = 'Namespaced',
): KubernetesObject => {
  const anything = {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope,
      names: { kind, plural },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: { spec: anything, status: anything },
            },
          },
        },
      ],
    },
  };
};

const node = (name: string, ready: boolean, id?: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  spec: id ? { providerID: id } : {},
  status: {
    conditions: [
      {
        type: 'Ready',
        status: ready ? 'True' : 'False',
        reason: ready ? 'KubeletReady' : 'KubeletNotReady',
        message: ready ? 'ready' : 'cni plugin not initialized',
      },
    ],
  },
});

const failure = async (
  work: Promise<unknown>,
): Promise<NotReadyInTimeError> => {
  const error = await work.then(
    () => undefined,
    reason => reason,
  );
  expect(error).toBeInstanceOf(NotReadyInTimeError);
  return error;
};

describe('a cluster', () => {
  let kubernetes: RealKubernetes;
  let cluster: ReturnType<RealKubernetes['connect']>;

  beforeAll(async () => {
    kubernetes = await startRealKubernetes();
    cluster = kubernetes.connect();
    const definitions = [
      definition('HelmChart', 'helmcharts', 'helm.cattle.io'),
      definition('HelmChartConfig', 'helmchartconfigs', 'helm.cattle.io'),
      definition(
        'ClusterIssuer',
        'clusterissuers',
        'cert-manager.io',
        'Cluster',
      ),
      definition('PodMonitor', 'podmonitors', 'monitoring.coreos.com'),
    ];
    for (const each of definitions) await cluster.apply(each);
    // Its kinds are served a moment after they are defined.
    const served = definitions.map(({ spec }) => {
      const { group, names } = spec as {
        group: string;
        names: { kind: string };
      };
      return {
        apiVersion: `${group}/v1`,
        kind: names.kind,
        metadata: {
          name: 'probe',
          ...(names.kind !== 'ClusterIssuer' && { namespace: 'default' }),
        },
      };
    });
    for (const each of served) {
      for (;;) {
        try {
          await cluster.apply(each, { dryRun: true });
          break;
        } catch (error) {
          if (!(error instanceof CloudError)) throw error;
        }
      }
    }
  }, PROGRAMS_MILLISECONDS);
  afterAll(() => kubernetes?.close());

  it('answers when its API is ready, and says what is wrong when it is not', async () => {
    await waitForApi(cluster, soon);
    const dead = kubernetes.connect({
      controlPlanes: ['https://127.0.0.1:1'],
      rounds: 1,
    });
    const error = await failure(waitForApi(dead, atOnce));
    expect(error.message).toMatch(
      /^It was not ready within 0 s\. .*There was no connection \(ECONNREFUSED\)/,
    );
  });

  it('waits for its nodes, and names those that are missing with what is known of them', async () => {
    await cluster.apply(node('one', true, 'hcloud://1'));
    await waitForNodes(cluster, ['one'], soon);
    await cluster.apply(node('two', false));
    await cluster.apply(node('three', true));
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'two.1', namespace: 'default' },
      involvedObject: { kind: 'Node', name: 'two' },
      type: 'Warning',
      reason: 'InvalidDiskCapacity',
      message: 'invalid capacity 0 on image filesystem',
    });
    const waited: string[] = [];
    const error = await failure(
      waitForNodes(cluster, ['one', 'two', 'three', 'four'], {
        ...atOnce,
        onLack: lacks => waited.push(...lacks.map(({ code }) => code)),
      }),
    );
    expect(waited).toEqual([
      'node-not-ready-because',
      'node-without-id',
      'node-missing',
    ]);
    expect(error.phrases.map(({ text }) => text)).toEqual([
      'It was not ready within 0 s.',
      'Node two is not ready: cni plugin not initialized.',
      'Node three has no provider id: the cloud controller manager did not take it up.',
      'Server four did not join the cluster.',
      'The cluster reports of Node two: InvalidDiskCapacity: invalid capacity 0 on image filesystem.',
    ]);
  });

  it('takes every add-on, in order, as often as one likes, and then differs in nothing', async () => {
    for (let time = 0; time < 2; time++) {
      for (const addon of wantedAddons(context.environment)) {
        const wanted = addonObjects(addon, context);
        for (const object of wanted) await cluster.apply(object);
        const found = await addonAsFound(addon, context, cluster);
        expect([addon.name, differingObjects(wanted, found)]).toEqual([
          addon.name,
          [],
        ]);
      }
    }
  });

  it('shows what somebody changed, what another document changes, and what is gone', async () => {
    const addon = wantedAddons(context.environment).find(
      ({ name }) => name === 'application-namespace',
    ) as Addon;
    const wanted = addonObjects(addon, context);
    const differing = async (objects = wanted) =>
      differingObjects(objects, await addonAsFound(addon, context, cluster));
    const quota = wanted.find(({ kind }) => kind === 'ResourceQuota')!;
    await cluster.apply({
      ...quota,
      spec: { hard: { pods: '1000' } },
    });
    expect(await differing()).toEqual(['ResourceQuota xpeditis-prod/limits']);
    await cluster.apply(quota);
    expect(await differing()).toEqual([]);

    const more = exampleAddonContext(spec => {
      spec.workloads!.backend!.max += 1;
    });
    expect(await differing(addonObjects(addon, more))).toEqual([
      'ResourceQuota xpeditis-prod/limits',
    ]);

    const policy = wanted.find(({ kind }) => kind === 'NetworkPolicy')!;
    await cluster.delete(policy);
    expect(await differing()).toEqual([
      'NetworkPolicy xpeditis-prod/default-deny',
    ]);
    await installAddon(addon, context, cluster, soon);
    expect(await differing()).toEqual([]);
  });

  it('installs and takes away though cut off at any call', async () => {
    const addon = wantedAddons(context.environment).find(
      ({ name }) => name === 'application-namespace',
    ) as Addon;
    // Its namespace takes its time to go; the two others are there and gone at once.
    const objects = addon
      .objects(context)
      .filter(({ kind }) => kind !== 'Namespace');
    const part: Addon = { ...addon, objects: () => objects, signs: () => [] };
    const killedAt = (last: number) => {
      let left = last;
      return cluster.scoped({
        beforeCall: async () => {
          if (left === 0) throw new Error('killed');
          left -= 1;
        },
      });
    };
    const found = async () =>
      (await addonAsFound(part, context, cluster)).length;
    for (let calls = 0; calls < objects.length; calls++) {
      await expect(
        uninstallAddon(part, context, killedAt(calls)),
      ).rejects.toThrow('killed');
      await uninstallAddon(part, context, cluster);
      expect(await found()).toBe(0);
      await expect(
        installAddon(part, context, killedAt(calls), soon),
      ).rejects.toThrow('killed');
      expect(await found()).toBe(calls);
      await installAddon(part, context, cluster, soon);
      expect(await found()).toBe(objects.length);
    }
  });

  it('waits for kinds that something else brings', async () => {
    const addon: Addon = {
      name: 'later',
      version: '1',
      needs: [],
      isWanted: () => true,
      objects: () => [
        {
          apiVersion: 'later.example.com/v1',
          kind: 'Later',
          metadata: { name: 'one', namespace: 'default' },
          spec: { a: 1 },
        },
      ],
      signs: () => [],
    };
    const waited: string[] = [];
    await installAddon(addon, context, cluster, {
      ...soon,
      onLack: async lacks => {
        waited.push(...lacks.map(({ text }) => text));
        await cluster.apply(definition('Later', 'laters', 'later.example.com'));
      },
    });
    expect(waited).toEqual([
      'The cluster has no kind Later of later.example.com/v1 yet.',
    ]);
    expect(await addonAsFound(addon, context, cluster)).toHaveLength(1);
  });

  it('waits until an add-on works', async () => {
    const waiting = installAddon(clusterIssuers, context, cluster, {
      ...soon,
      onLack: async () => {
        for (const { metadata } of clusterIssuers.signs(context)) {
          const issuer = (await cluster.get({
            apiVersion: 'cert-manager.io/v1',
            kind: 'ClusterIssuer',
            metadata,
          })) as KubernetesObject;
          await cluster.apply({
            apiVersion: issuer.apiVersion,
            kind: issuer.kind,
            metadata: { name: metadata.name },
            spec: issuer.spec,
            status: { conditions: [{ type: 'Ready', status: 'True' }] },
          });
        }
      },
    });
    await expect(waiting).resolves.toBeUndefined();
    expect(await lacksOfAddon(clusterIssuers, context, cluster)).toEqual([]);
  });

  it('says what is missing of an add-on and what the cluster itself reports', async () => {
    // Its pods may not be privileged here, which their controller tells in events.
    const addon: Addon = {
      ...systemUpgradeController,
      objects: given =>
        systemUpgradeController.objects(given).map(object =>
          object.kind === 'Namespace'
            ? {
                ...object,
                metadata: {
                  name: object.metadata.name,
                  labels: {
                    'pod-security.kubernetes.io/enforce': 'restricted',
                  },
                },
              }
            : object,
        ),
    };
    await uninstallAddon(systemUpgradeController, context, cluster);
    const events = () =>
      cluster.list({
        apiVersion: 'v1',
        kind: 'Event',
        namespace: 'system-upgrade',
      });
    const gone = async () =>
      (await addonAsFound(addon, context, cluster)).length === 0;
    while (!(await gone()));
    let told = false;
    const error = await failure(
      installAddon(addon, context, cluster, {
        ...soon,
        clock: {
          ...systemClock,
          // Its time is over once its controller has told.
          now: () => (told ? Number.MAX_SAFE_INTEGER : 0),
        },
        onLack: async () => {
          while (
            !(await events()).some(({ reason }) => reason === 'FailedCreate')
          );
          told = true;
        },
      }),
    );
    expect(error.code).toBe('not_ready_in_time');
    expect(error.phrases.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['cluster-unavailable', 'cluster-event-because']),
    );
    expect(error.message).toContain(
      'Deployment system-upgrade/system-upgrade-controller has 0 of 1 pods available.',
    );
    expect(error.message).toMatch(
      /FailedCreate: .*violates PodSecurity "restricted/,
    );
  });

  it('stops what buys servers and load balancers, and nothing else', async () => {
    const service = (name: string, type: string): KubernetesObject => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'default' },
      spec: { type, ports: [{ port: 80 }] },
    });
    await cluster.apply(service('bought', 'LoadBalancer'));
    await cluster.apply(service('inside', 'ClusterIP'));
    const charts = () =>
      cluster.list({ apiVersion: 'helm.cattle.io/v1', kind: 'HelmChart' });
    const before = (await charts()).map(({ metadata }) => metadata.name);
    expect(before).toContain('cluster-autoscaler');

    expect(await stopMakers(cluster)).toBe(1);
    expect(await stopMakers(cluster)).toBe(0);

    expect((await charts()).map(({ metadata }) => metadata.name)).toEqual(
      before.filter(name => name !== 'cluster-autoscaler'),
    );
    const services = await cluster.list({
      apiVersion: 'v1',
      kind: 'Service',
      namespace: 'default',
    });
    expect(services.map(({ metadata }) => metadata.name)).toEqual(
      expect.arrayContaining(['inside', 'kubernetes']),
    );
    expect(services).toHaveLength(2);
  });
});
