import {
  startJudgedSandbox,
  type JudgedSandbox,
} from '../__testUtils__/judgedSandbox';
import { TestPortal } from '../__testUtils__/testPortal';

jest.setTimeout(180_000);

const document = (name: string, max: number) => ({
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name, owner: 'group:default/platform' },
  spec: {
    connections: { hetzner: 'sandbox' },
    location: 'fsn1',
    adminAccess: { cidrs: ['203.0.113.7/32'] },
    pools: [{ name: 'web', serverType: 'cx43', min: 1, max }],
  },
});

type Step = {
  id: string;
  key: string;
  kind: string;
  needs?: string[];
  expectedSeconds?: number;
  providerId?: string;
  consoleUrl?: string;
  providerActions?: { id: string; command: string; state: string }[];
  calls?: { path: string; correlationId?: string; errorCode?: string }[];
};

describe('what an operation tells', () => {
  let sandbox: JudgedSandbox;
  let portal: TestPortal;

  beforeAll(async () => {
    sandbox = await startJudgedSandbox();
  });
  afterAll(() => sandbox.stop());

  beforeEach(async () => {
    await sandbox.control('DELETE', '/state');
    portal = await TestPortal.start({ sandbox });
  });
  afterEach(async () => {
    await portal.stop();
    await sandbox.requireDescribedRequests();
  });

  const get = async (path: string) =>
    (await portal.call('ada', 'GET', path)).body;
  const create = async (name: string) =>
    (
      await portal.call('ada', 'POST', '/environments', {
        environment: document(name, 2),
      })
    ).body.operation.id as string;
  const created = async (name: string) => {
    const id = await create(name);
    await portal.follow('ada', id);
    return id;
  };
  const change = async (name: string, max: number, revision: number) =>
    (
      await portal.call('ada', 'PUT', `/environments/${name}`, {
        environment: document(name, max),
        revision,
      })
    ).body.operation.id as string;

  /** What the portal posts to a place of the provider fails until the faults are taken away. */
  const fail = (path: string, times: number | null = null) =>
    sandbox.control('PUT', '/faults', [
      {
        id: 'down',
        match: { method: 'POST', path },
        times,
        effect: { status: 503, code: 'unavailable', message: 'down' },
      },
    ]);

  it('of its steps: what they need, how long they take, and what the provider did', async () => {
    await fail('/firewalls', 1);
    const operation = await get(`/operations/${await created('prod')}`);
    const steps: Step[] = operation.steps;
    const named = (key: string) => steps.find(step => step.key === key)!;
    const web = named('web-1');
    expect(web.needs).toEqual(
      expect.arrayContaining([named('network').id, named('ssh-key-1').id]),
    );
    expect(web.expectedSeconds).toBe(20);
    // Network, then server, then nothing that waits for it.
    expect(operation.expectedSeconds).toBe(23);
    expect(operation.purpose).toBe('create');
    expect(web.providerActions).toContainEqual(
      expect.objectContaining({ command: 'create_server', state: 'success' }),
    );
    expect(web.calls).toContainEqual(
      expect.objectContaining({
        method: 'POST',
        path: '/servers',
        status: 201,
        correlationId: expect.any(String),
      }),
    );
    expect(web.consoleUrl).toBe(
      `https://console.hetzner.com/projects/4711/servers/${web.providerId}/overview`,
    );
    const refused = steps.flatMap(({ calls = [] }) =>
      calls.filter(({ errorCode }) => errorCode === 'unavailable'),
    );
    expect(refused).toHaveLength(1);

    const { items } = await get('/operations');
    expect(items[0].steps.map(({ id }: { id: string }) => id)).toEqual(
      steps.map(({ id }: { id: string }) => id),
    );
    expect(JSON.stringify(items)).not.toMatch(/correlationId|create_server/);
    const list = await get('/operations?steps=false');
    expect(list.items[0].steps).toEqual([]);
    const { events } = await portal.follow('ada', operation.id);
    expect(JSON.stringify(events)).not.toContain('correlationId');
  });

  it('of what it changed', async () => {
    const first = await get(`/operations/${await created('prod')}/changes`);
    expect(first).toMatchObject({ to: 1 });
    expect(first).not.toHaveProperty('from');
    expect(first.items).toContainEqual({ path: 'spec.pools.web.max', to: '2' });

    const id = await change('prod', 5, 1);
    expect(await get(`/operations/${id}/changes`)).toEqual({
      from: 1,
      to: 2,
      items: [{ path: 'spec.pools.web.max', from: '2', to: '5' }],
    });
    await portal.follow('ada', id);
    const { body } = await portal.call('ada', 'DELETE', '/environments/prod');
    expect(await get(`/operations/${body.operation.id}/changes`)).toEqual({
      from: 2,
      items: [],
    });
    await portal.follow('ada', body.operation.id);
  });

  it('of what a cancel would undo', async () => {
    await fail('/load_balancers');
    const id = await create('prod');
    await portal.follow('ada', id, {
      until: events =>
        events.some(
          ({ data }) =>
            data.step?.key === 'web-1' && data.step.state === 'succeeded',
        ),
    });
    const cancellation = await get(`/operations/${id}/cancellation`);
    expect(cancellation).toMatchObject({ possible: true, effect: 'remove' });
    expect(cancellation.undoes.map(({ key }: { key: string }) => key)).toEqual(
      expect.arrayContaining(['network', 'web-1']),
    );

    await portal.call('ada', 'POST', `/operations/${id}/cancel`);
    expect(await get(`/operations/${id}/cancellation`)).toMatchObject({
      possible: false,
      effect: 'none',
      undoes: [],
    });
    await sandbox.control('PUT', '/faults', []);
    await portal.follow('ada', id);
  });

  it('only to who may read its environment', async () => {
    const id = await created('prod');
    for (const part of ['changes', 'cancellation']) {
      const { status } = await portal.call(
        'cy',
        'GET',
        `/operations/${id}/${part}`,
      );
      expect(status).toBe(404);
    }
  });

  it('to who asks for a state or a goal', async () => {
    const id = await created('prod');
    const ids = async (query: string) =>
      (await get(`/operations?${query}`)).items.map(
        (operation: { id: string }) => operation.id,
      );
    expect(await ids('state=succeeded&goal=apply')).toEqual([id]);
    expect(await ids('state=failed')).toEqual([]);
    expect(await ids('goal=remove')).toEqual([]);
  });
});
