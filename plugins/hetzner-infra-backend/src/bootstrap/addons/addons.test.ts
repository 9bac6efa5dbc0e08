import fc from 'fast-check';
import { parse } from 'yaml';
import { EXAMPLE_CLUSTER } from '../../__testUtils__/exampleCluster';
import { exampleAddonContext } from '../../__testUtils__/exampleAddonContext';
import { userData } from '../userData';
import { ADDONS, wantedAddons } from './addons';
import { autoscalerGroups } from './autoscalerGroups';

const context = exampleAddonContext();

/** All that is applied, as one text. */
const applied = (made = context) =>
  wantedAddons(made.environment).flatMap(addon => addon.objects(made));

function valuesOf(name: string, made = context) {
  const chart = applied(made).find(
    ({ kind, metadata }) =>
      kind.startsWith('HelmChart') && metadata.name === name,
  );
  return parse((chart?.spec as { valuesContent: string }).valuesContent);
}

describe('the add-ons', () => {
  it('come after those that they need, the cloud controller manager first', () => {
    const names = ADDONS.map(({ name }) => name);
    expect(names[0]).toBe('hcloud-cloud-controller-manager');
    expect(new Set(names).size).toBe(names.length);
    for (const { name, needs } of ADDONS) {
      for (const need of needs) {
        expect(names.indexOf(need)).toBeLessThan(names.indexOf(name));
        expect(names).toContain(need);
      }
    }
  });

  it.each(ADDONS.map(addon => [addon.name, addon] as const))(
    '%s is the same each time, names each object once and says how it is seen',
    (_, addon) => {
      const objects = addon.objects(context);
      expect(addon.objects(context)).toEqual(objects);
      const references = objects.map(
        ({ kind, metadata }) =>
          `${kind} ${metadata.namespace} ${metadata.name}`,
      );
      expect(new Set(references).size).toBe(references.length);
      expect(objects.length).toBeGreaterThan(0);
      expect(addon.signs(context).length).toBeGreaterThan(0);
    },
  );

  it('pin every chart and every image', () => {
    const charts = applied().filter(({ kind }) => kind === 'HelmChart');
    expect(charts.length).toBeGreaterThan(5);
    for (const { spec } of charts) {
      expect(spec).toMatchObject({
        version: expect.stringMatching(/^v?\d+\.\d+\.\d+$/),
        failurePolicy: 'abort',
      });
    }
    const images = [
      ...JSON.stringify(applied()).matchAll(/"image":"([^"]+)"/g),
    ];
    expect(images.length).toBeGreaterThan(0);
    for (const [, image] of images) expect(image).toMatch(/:v?\d+\.\d+\.\d+$/);
  });

  it('keep what opens something in Secrets', () => {
    const secrets = [
      context.hetznerToken,
      context.grafanaPassword,
      context.alertWebhook!,
      context.bucket!.secretKey,
      EXAMPLE_CLUSTER.identity.agentPassword,
    ];
    for (const object of applied()) {
      if (object.kind === 'Secret') continue;
      const text = JSON.stringify(object);
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });

  it('give workers of the autoscaler nothing that opens more than a worker’s place', () => {
    const text = JSON.stringify(
      applied()
        .filter(({ kind }) => kind === 'Secret')
        .map(({ data }) =>
          Object.values(data as Record<string, string>).map(value =>
            Buffer.from(value, 'base64').toString(),
          ),
        ),
    );
    expect(text).toContain(EXAMPLE_CLUSTER.identity.agentPassword);
    expect(text).not.toContain(EXAMPLE_CLUSTER.identity.serverPassword);
    expect(text).not.toContain('PRIVATE KEY');
  });

  it('are fewer where the document asks for less', () => {
    const less = exampleAddonContext(spec => {
      spec.pools[0].max = spec.pools[0].min;
      spec.addons = { monitoring: false, backups: false };
      delete spec.data;
    });
    expect(wantedAddons(less.environment).map(({ name }) => name)).toEqual([
      'hcloud-cloud-controller-manager',
      'application-namespace',
      'hcloud-csi',
      'traefik',
      'cert-manager',
      'cluster-issuers',
      'system-upgrade-controller',
    ]);
  });
});

describe('values of charts', () => {
  it('the cloud controller knows the network and makes no routes', () => {
    expect(valuesOf('hcloud-cloud-controller-manager')).toMatchObject({
      networking: { enabled: true, clusterCIDR: '10.244.0.0/16' },
      env: { HCLOUD_NETWORK_ROUTES_ENABLED: { value: 'false' } },
    });
  });

  it('Traefik is on each worker of the pools and believes the load balancer only', () => {
    const values = valuesOf('traefik');
    expect(values).toMatchObject({
      deployment: { kind: 'DaemonSet', healthchecksPort: 8000 },
      additionalArguments: ['--ping.entrypoint=web'],
      service: { spec: { type: 'ClusterIP' } },
      ports: {
        web: { hostPort: 80 },
        websecure: { hostPort: 443 },
      },
    });
    for (const port of ['web', 'websecure']) {
      expect(values.ports[port].forwardedHeaders).toEqual({
        trustedIPs: ['10.0.1.3/32'],
      });
    }
    expect(JSON.stringify(values.affinity)).toContain('"values":["web"]');
  });

  it('the autoscaler adds from none to six workers and gives back what idles for ten minutes', () => {
    const values = valuesOf('cluster-autoscaler');
    expect(values).toMatchObject({
      image: { tag: 'v1.36.1' },
      autoscalingGroups: [
        { minSize: 0, maxSize: 6, instanceType: 'cx43', region: 'fsn1' },
      ],
      extraArgs: {
        'scale-down-utilization-threshold': '0.5',
        'scale-down-unneeded-time': '10m',
      },
      extraEnv: {
        HCLOUD_NETWORK: 'xpeditis-prod-network',
        HCLOUD_FIREWALL: 'xpeditis-prod-firewall-workers',
      },
    });
    const file = applied().find(
      ({ metadata }) => metadata.name === 'cluster-autoscaler-groups',
    );
    const groups = JSON.parse(
      Buffer.from(
        (file?.data as Record<string, string>)['groups.json'],
        'base64',
      ).toString(),
    );
    expect(Object.keys(groups.nodeConfigs)).toEqual(
      values.autoscalingGroups.map(({ name }: { name: string }) => name),
    );
    expect(Object.values(groups.nodeConfigs)[0]).toMatchObject({
      cloudInit: userData(EXAMPLE_CLUSTER, { role: 'worker', pool: 'web' }),
      serverLabels: {
        'infra.xpeditis.com/environment-id': context.owner.environmentId,
        'infra.xpeditis.com/role': 'worker',
        'infra.xpeditis.com/pool': 'web',
      },
      placementGroup: 'xpeditis-prod-spread-web-autoscaled-1',
    });
  });

  it.each([
    ['without an address alerts stay', undefined, 'null'],
    [
      'with an address they go there',
      'https://alerts.example/t0ken',
      'webhook',
    ],
  ])('%s', (_, alertWebhook, receiver) => {
    const values = valuesOf('kube-prometheus-stack', {
      ...context,
      alertWebhook,
    });
    expect(values.alertmanager.config.route.receiver).toBe(receiver);
    expect(values.kubeEtcd).toEqual({ enabled: false });
  });

  it('Loki writes into the environment’s bucket, else on its own disk', () => {
    expect(valuesOf('loki').loki.storage).toMatchObject({
      type: 's3',
      bucketNames: { chunks: 'xpeditis-prod' },
      object_store: { storage_prefix: 'logs' },
    });
    expect(
      valuesOf('loki', { ...context, bucket: undefined }).loki.storage,
    ).toEqual({ type: 'filesystem' });
  });
});

describe('groups of the autoscaler', () => {
  it('hold together what is above the minimum, ten at most, under names that fit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 0, max: 50 }),
        fc.stringMatching(/^[a-z]([-a-z0-9]{0,28}[a-z0-9])?$/),
        fc.stringMatching(/^[a-z]([-a-z0-9]{0,13}[a-z0-9])?$/),
        (min, more, name, pool) => {
          const made = exampleAddonContext(spec => {
            spec.pools = [
              { name: pool, serverType: 'cx43', min, max: min + more },
            ];
          });
          const groups = autoscalerGroups(made.environment, {
            ...made.owner,
            environment: name,
          });
          const names = groups.map(group => group.name);
          expect(groups.reduce((sum, { max }) => sum + max, 0)).toBe(more);
          expect(new Set(names).size).toBe(names.length);
          for (const group of groups) {
            expect(group.max).toBeLessThanOrEqual(10);
            expect(group.name).toMatch(/^[a-z0-9][-a-z0-9]*[a-z0-9]$/);
            expect(group.name.length).toBeLessThanOrEqual(46);
          }
        },
      ),
    );
  });

  it('have other names in another environment of the same name', () => {
    const other = { ...context.owner, environmentId: 'another' };
    expect(autoscalerGroups(context.environment, other)[0].name).not.toBe(
      autoscalerGroups(context.environment, context.owner)[0].name,
    );
  });
});
