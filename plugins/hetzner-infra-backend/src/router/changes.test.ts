import { connectHetzner } from '../clouds/hetzner/connectHetzner';
import {
  startJudgedSandbox,
  type JudgedSandbox,
} from '../__testUtils__/judgedSandbox';
import { TestPortal } from '../__testUtils__/testPortal';

jest.setTimeout(180_000);

type Spec = Record<string, unknown>;

const key = (n: number) =>
  `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${String(n).repeat(43)} key-${n}`;

const web = (more: object = {}) => ({
  name: 'web',
  serverType: 'cx43',
  min: 1,
  max: 2,
  ...more,
});

const base: Spec = {
  connections: { hetzner: 'sandbox' },
  location: 'fsn1',
  adminAccess: { cidrs: ['203.0.113.7/32'] },
  pools: [web()],
};

const document = (spec: Spec = {}, metadata: object = {}) => ({
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'prod', owner: 'group:default/platform', ...metadata },
  spec: { ...base, ...spec },
});

describe('changes of an environment', () => {
  let sandbox: JudgedSandbox;
  let portal: TestPortal;

  beforeAll(async () => {
    sandbox = await startJudgedSandbox();
  });
  afterAll(() => sandbox.stop());
  afterEach(async () => {
    await portal.stop();
    await sandbox.requireDescribedRequests();
  });

  const ended = async (operation: string) => {
    const { events } = await portal.follow('ada', operation);
    const last = events.at(-1)!.data.operation;
    expect([last.state, last.error]).toEqual(['succeeded', undefined]);
  };

  const start = async (servers: number, spec: Spec = {}) => {
    await sandbox.control('DELETE', '/state');
    portal = await TestPortal.start({
      sandbox,
      config: {
        connections: [
          {
            name: 'sandbox',
            kind: 'hetzner',
            owner: 'group:default/platform',
            usableBy: ['group:default/platform'],
            token: 'sandbox',
            limits: { servers },
          },
        ],
      },
    });
    const { body } = await portal.call('ada', 'POST', '/environments', {
      environment: document(spec),
    });
    await ended(body.operation.id);
  };

  const quoted = async (spec: Spec) => {
    const { status, body } = await portal.call('ada', 'POST', '/quotes', {
      environment: document(spec),
    });
    expect([status, body.error]).toEqual([200, undefined]);
    return body.plan.filter(({ change }: any) => change !== 'keep');
  };

  const change = async (spec: Spec, revision = 1) => {
    const { status, body } = await portal.call(
      'ada',
      'PUT',
      '/environments/prod',
      { environment: document(spec), revision },
    );
    expect([status, body.error]).toEqual([202, undefined]);
    await ended(body.operation.id);
    expect(await quoted(spec)).toEqual([]);
    return body.operation.id as string;
  };

  const steps = async (operation: string) => {
    const { body } = await portal.call(
      'ada',
      'GET',
      `/operations/${operation}`,
    );
    return body.steps.map(({ change: verb, key: of }: any) => `${verb} ${of}`);
  };

  const cloud = async <T>(
    read: (cloud: ReturnType<typeof connectHetzner>) => Promise<T>,
  ) => {
    const connection = connectHetzner({
      token: 'sandbox',
      endpoint: sandbox.hetznerEndpoint,
    });
    try {
      return await read(connection);
    } finally {
      connection.close();
    }
  };

  const servers = () =>
    cloud(async hetzner =>
      (await hetzner.listAll('/servers'))
        .map(
          ({ name, server_type, status }) =>
            `${name} ${server_type.name} ${status}`,
        )
        .sort(),
    );

  const words = (plan: any[]) =>
    plan.map(({ change: verb, key: of }) => `${verb} ${of}`);

  it('grows and shrinks a pool, and says what each server adds', async () => {
    await start(25);
    const two = { pools: [web({ min: 2 })] };
    const grown = await quoted(two);
    expect(words(grown)).toEqual(['create web-2']);
    expect(Number(grown[0].monthlyDelta)).toBeGreaterThan(10);
    await change(two);
    const shrunk = await quoted({});
    expect(words(shrunk)).toEqual(['remove web-2']);
    expect(Number(shrunk[0].monthlyDelta)).toBe(-grown[0].monthlyDelta);
    expect(shrunk[0].interrupts).toBe(
      'What runs on it moves to other servers.',
    );
    await change({}, 2);
    expect(await servers()).toEqual([
      'prod-control-plane-1-g1 cx23 running',
      'prod-web-1-g1 cx43 running',
    ]);
  });

  it('adds a pool, and removes one after the other is there', async () => {
    await start(25);
    const jobs = web({ name: 'jobs', serverType: 'cx33' });
    await change({ pools: [web(), jobs] });
    const balanced = () =>
      cloud(async hetzner => {
        const [balancer] = await hetzner.listAll('/load_balancers');
        return balancer.targets.flatMap(target =>
          'targets' in target ? target.targets ?? [] : [],
        ).length;
      });
    expect(await balanced()).toBe(2);
    const operation = await change({ pools: [jobs, web({ name: 'api' })] }, 2);
    expect(await balanced()).toBe(2);
    const order = await steps(operation);
    expect(order.indexOf('remove web-1')).toBeGreaterThan(
      order.indexOf('create api-1'),
    );
    expect(await servers()).toEqual([
      'prod-api-1-g1 cx43 running',
      'prod-control-plane-1-g1 cx23 running',
      'prod-jobs-1-g1 cx33 running',
    ]);
  });

  const larger = { pools: [web({ min: 2, serverType: 'cx53' })] };
  const two = { pools: [web({ min: 2 })] };

  it('replaces workers of another type one at a time', async () => {
    await start(25, two);
    const plan = await quoted(larger);
    expect(words(plan)).toEqual(['replace web-1', 'replace web-2']);
    expect(plan[0].interrupts).toContain('once its successor is there');
    expect(Number(plan[0].monthlyDelta)).toBeGreaterThan(0);
    const operation = await change(larger);
    expect(await steps(operation)).toEqual(['replace web-1', 'replace web-2']);
    expect(await servers()).toEqual([
      'prod-control-plane-1-g1 cx23 running',
      'prod-web-1-g2 cx53 running',
      'prod-web-2-g2 cx53 running',
    ]);
  });

  it('changes workers in place where the quota has no room for a successor', async () => {
    await start(3, two);
    const plan = await quoted(larger);
    expect(words(plan)).toEqual(['update web-1', 'update web-2']);
    expect(plan[0].interrupts).toContain('off for about three minutes');
    await change(larger);
    expect(await servers()).toEqual([
      'prod-control-plane-1-g1 cx23 running',
      'prod-web-1-g1 cx53 running',
      'prod-web-2-g1 cx53 running',
    ]);
  });

  it('makes three control planes of one, changes their type, and refuses the way back', async () => {
    await start(25);
    const three = { controlPlane: { serverType: 'cx23', count: 3 } };
    expect(words(await quoted(three))).toEqual([
      'create control-plane-2',
      'create control-plane-3',
    ]);
    await change(three);
    const stronger = { controlPlane: { serverType: 'cx33', count: 3 } };
    expect(words(await quoted(stronger))).toEqual([
      'update control-plane-1',
      'update control-plane-2',
      'update control-plane-3',
    ]);
    await change(stronger, 2);
    expect((await servers()).slice(0, 3)).toEqual([
      'prod-control-plane-1-g1 cx33 running',
      'prod-control-plane-2-g1 cx33 running',
      'prod-control-plane-3-g1 cx33 running',
    ]);
    for (const [method, path] of [
      ['POST', '/quotes'],
      ['PUT', '/environments/prod'],
    ] as const) {
      const { status, body } = await portal.call('ada', method, path, {
        environment: document({
          controlPlane: { count: 1, serverType: 'cx33' },
        }),
        ...(method === 'PUT' && { revision: 3 }),
      });
      expect(status).toBe(400);
      expect(body.error.fields).toEqual([
        {
          path: 'spec.controlPlane.count',
          code: 'fewer-control-planes',
          params: {},
          message: expect.stringContaining('one alone has no majority'),
        },
      ]);
    }
  });

  it('changes load balancer, cookie, host names, firewall and keys, and says what breaks', async () => {
    await start(25);
    const all = {
      loadBalancer: { type: 'lb21', stickyCookie: 'OTHER' },
      edge: {
        zone: 'xpeditis.com',
        api: 'api.xpeditis.com',
        app: 'app.xpeditis.com',
      },
      adminAccess: {
        cidrs: ['198.51.100.0/24'],
        ssh: true,
        sshKeys: [key(1), key(2)],
      },
    };
    const plan = await quoted(all);
    const of = (name: string) => plan.find((line: any) => line.key === name);
    expect(of('load-balancer')).toMatchObject({
      change: 'update',
      interrupts: expect.stringMatching(/connections may break.*cookie/),
    });
    expect(Number(of('load-balancer').monthlyDelta)).toBeGreaterThan(0);
    expect(of('firewall-control-plane').interrupts).toBe(
      'No longer let in: 203.0.113.7/32 (6443).',
    );
    expect(of('certificate').change).toBe('replace');
    await change(all);
    await cloud(async hetzner => {
      const [balancer] = await hetzner.listAll('/load_balancers');
      expect(balancer.load_balancer_type.name).toBe('lb21');
      expect(await hetzner.listAll('/certificates')).toHaveLength(1);
    });

    // One of two keys goes, and the parts too.
    await change(
      { adminAccess: { cidrs: [], ssh: false, sshKeys: [key(2)] } },
      2,
    );
    await cloud(async hetzner => {
      const keys = await hetzner.listAll('/ssh_keys');
      expect(keys.map(({ public_key }) => public_key)).toEqual([key(2)]);
    });
  });

  it('adds and removes parts that no version builds yet without touching anything', async () => {
    await start(25);
    const parts = {
      data: {
        postgres: { mode: 'neon' },
        redis: { mode: 'upstash' },
      },
      workloads: { backend: { image: 'backend', min: 2, max: 4 } },
    };
    expect(await quoted(parts)).toEqual([]);
    await change(parts);
    await change({}, 2);
  });

  it.each<[string, string, Spec]>([
    ['the location', 'spec.location', { location: 'nbg1' }],
    [
      'the network',
      'spec.network.ipRange',
      { network: { ipRange: '10.1.0.0/16', nodes: '10.1.1.0/24' } },
    ],
  ])('refuses another value of %s by name', async (_, path, spec) => {
    await start(25);
    const { status, body } = await portal.call(
      'ada',
      'PUT',
      '/environments/prod',
      { environment: document(spec), revision: 1 },
    );
    expect(status).toBe(400);
    expect(body.error.fields.map((field: any) => field.path)).toContain(path);
  });
});
