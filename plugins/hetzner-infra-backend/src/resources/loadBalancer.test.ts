import { hetznerCodes } from '../clouds/hetzner';
import {
  certificate,
  httpService,
  httpsService,
  loadBalancer,
  network,
  sshKey,
  tcpService,
  worker,
} from '../__testUtils__/nodes';
import type { JudgedSandbox } from '../__testUtils__/judgedSandbox';
import { TestProject } from '../__testUtils__/testProject';
import { withTestProject } from '../__testUtils__/withTestProject';

let sandbox: JudgedSandbox;
let project: TestProject;

const bareWorker = (key: string, pool: string | null = 'web') =>
  worker({ placementGroup: null, firewalls: [], pool }, key);

withTestProject(async (given, its) => {
  project = given;
  sandbox = its;
  await project.createAll([network(), sshKey(), certificate()]);
});

const fault = (path: string, code: string, times = 1) =>
  sandbox.control('PUT', '/faults', [
    {
      id: 'fault',
      match: { method: 'POST', path },
      times,
      effect: { status: 422, code, message: code },
    },
  ]);

/** Private addresses that get traffic. */
async function targetAddresses(): Promise<string[]> {
  const [found] = await project.cloud.listAll('/load_balancers');
  return found.targets
    .flatMap(target =>
      target.type === 'label_selector'
        ? target.targets.map(({ server }) => server.ip)
        : [],
    )
    .sort();
}

describe('a new load balancer', () => {
  it('sends traffic to the servers of its pools and nobody else', async () => {
    const other = new TestProject(sandbox, {
      token: project.token,
      owner: { ...project.owner, environmentId: 'other', environment: 'other' },
    });
    await other.createAll([
      network({ ipRange: '10.1.0.0/16', nodes: '10.1.1.0/24' }),
      sshKey(),
    ]);
    await other.create(bareWorker('web-1'));
    other.cloud.close();
    await project.createAll([
      bareWorker('web-1'),
      bareWorker('jobs-1', 'jobs'),
      bareWorker('data-1', 'data'),
      bareWorker('control-plane-1', null),
    ]);
    await project.create(loadBalancer({ targetPools: ['web', 'jobs'] }));
    const servers = await project.observe();
    const addressOf = (key: string) =>
      servers.find(resource => resource.key === key)!.details['Private IP'];
    expect(await targetAddresses()).toEqual(
      [addressOf('web-1'), addressOf('jobs-1')].sort(),
    );
  });

  it('is one call, and takes in servers that come later', async () => {
    await sandbox.control('DELETE', '/record');
    await project.create(loadBalancer());
    expect(await sandbox.writes()).toEqual(['create_load_balancer']);
    expect(await targetAddresses()).toEqual([]);
    await project.create(bareWorker('web-1'));
    expect(await targetAddresses()).toHaveLength(1);
    const { details, targets } = await project.find(loadBalancer());
    expect(targets).toEqual({ healthy: 0, total: 1 });
    expect(details).toMatchObject({
      'Public IPv4': expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/),
      'Private IP': expect.stringMatching(/^10\.0\.1\./),
      Type: 'lb11',
      'Healthy targets': '0 of 1',
    });
  });

  it('gets its targets afterwards when they cannot be reached yet', async () => {
    await sandbox.control('PUT', '/faults', [
      {
        id: 'create',
        match: { method: 'POST', path: '/load_balancers' },
        effect: {
          status: 422,
          code: 'resolve_cloud_private_targets_error',
          message: 'a target has no private address',
        },
      },
      {
        id: 'add',
        match: { method: 'POST', path: '/load_balancers/*/actions/add_target' },
        effect: {
          actionError: {
            code: 'resolve_cloud_private_targets_error',
            message: 'a target has no private address',
          },
        },
      },
    ]);
    await project.create(loadBalancer());
    expect(project.logged).toEqual([
      expect.stringMatching(/^Its targets follow when they can be reached\./),
      expect.stringMatching(/^Trying again in 1 s\./),
    ]);
    expect(await project.differencesOf(loadBalancer())).toEqual([]);
  });

  it('passes on what the provider refuses', async () => {
    await fault('/load_balancers', 'service_error');
    await expect(project.create(loadBalancer())).rejects.toMatchObject({
      code: hetznerCodes.serviceError,
    });
    expect(await project.cloud.listAll('/load_balancers')).toEqual([]);
  });
});

describe('a load balancer that differs', () => {
  it('gets another algorithm', async () => {
    await project.create(loadBalancer());
    const wanted = loadBalancer({ algorithm: 'least_connections' });
    await project.update(wanted);
    expect(await project.differencesOf(wanted)).toEqual([]);
  });

  it('gets another type', async () => {
    await project.create(loadBalancer());
    const wanted = loadBalancer({ type: 'lb21' });
    await project.update(wanted);
    expect(await project.differencesOf(wanted)).toEqual([]);
  });

  it('gets services added, changed and taken away, by the port they listen on', async () => {
    await project.create(
      loadBalancer({ services: [tcpService(5432), httpService(80)] }),
    );
    const wanted = loadBalancer({
      // The redirect of https needs port 80 too.
      services: [
        httpsService(),
        { ...tcpService(5432), destinationPort: 6543 },
      ],
    });
    await sandbox.control('DELETE', '/record');
    await project.update(wanted);
    expect(await project.differencesOf(wanted)).toEqual([]);
    expect(await sandbox.writes()).toEqual([
      'delete_load_balancer_service',
      'add_load_balancer_service',
      'update_load_balancer_service',
    ]);
  });

  it.each([
    [
      'another health check',
      {
        healthCheck: {
          ...httpsService().healthCheck,
          path: '/ready',
          intervalSeconds: 10,
        },
      },
    ],
    ['a plain health check', { healthCheck: tcpService(80).healthCheck }],
    [
      'no sticky sessions',
      { http: { ...httpsService().http!, stickyCookie: null } },
    ],
    ['no redirect', { http: { ...httpsService().http!, redirectHttp: false } }],
  ])('gets %s', async (_title, change) => {
    await project.create(loadBalancer());
    const wanted = loadBalancer({ services: [httpsService(change)] });
    expect(await project.differencesOf(wanted)).toHaveLength(1);
    await project.update(wanted);
    expect(await project.differencesOf(wanted)).toEqual([]);
    // And back again: what the change took away is put back.
    await project.update(loadBalancer());
    expect(await project.differencesOf(loadBalancer())).toEqual([]);
  });

  it('uses the next certificate, so that the last one can go', async () => {
    await project.create(loadBalancer());
    const elder = await project.find(certificate());
    await project.create(certificate(['www.xpeditis.com']), { generation: 2 });
    expect(await project.differencesOf(loadBalancer())).toMatchObject([
      { field: 'services', remedy: 'update' },
    ]);
    const { state } = await project.find(loadBalancer());
    expect(state.services[0].http!.certificate).toBe(
      `superseded:${elder.providerId}`,
    );
    await project.update(loadBalancer());
    expect(await project.differencesOf(loadBalancer())).toEqual([]);
    await project.remove(elder);
    expect(await project.cloud.listAll('/certificates')).toMatchObject([
      { name: 'xpeditis-prod-certificate-g2' },
    ]);
  });

  it('gets the targets of other pools', async () => {
    await project.createAll([
      bareWorker('web-1'),
      bareWorker('jobs-1', 'jobs'),
    ]);
    await project.create(loadBalancer());
    const wanted = loadBalancer({ targetPools: ['jobs'] });
    await project.update(wanted);
    expect(await project.differencesOf(wanted)).toEqual([]);
    expect(await targetAddresses()).toHaveLength(1);
  });

  it('loses all targets when no pool is wanted', async () => {
    await project.create(loadBalancer());
    const wanted = loadBalancer({ targetPools: [] });
    await project.update(wanted);
    expect(await project.differencesOf(wanted)).toEqual([]);
  });

  it('loses targets that somebody added, and keeps its own', async () => {
    const { providerId } = await project.create(loadBalancer());
    const server = await project.create(bareWorker('data-1', 'data'));
    const { action } = await project.cloud.post(
      '/load_balancers/{id}/actions/add_target',
      {
        path: { id: providerId },
        body: {
          type: 'server',
          server: { id: server.providerId },
          use_private_ip: true,
        },
      },
    );
    await project.cloud.waitFor([action]);
    expect(await project.differencesOf(loadBalancer())).toMatchObject([
      {
        field: 'targetPools',
        words: expect.stringContaining('foreign:server'),
      },
    ]);
    await sandbox.control('DELETE', '/record');
    await project.update(loadBalancer());
    expect(await project.differencesOf(loadBalancer())).toEqual([]);
    expect(await sandbox.writes()).toEqual(['remove_load_balancer_target']);
  });

  it('comes into its network, out of that of somebody else', async () => {
    await project.create(loadBalancer({ network: null, targetPools: [] }));
    const [{ id }] = await project.cloud.listAll('/load_balancers');
    const { network: theirs } = await project.cloud.post('/networks', {
      body: {
        name: 'theirs',
        ip_range: '192.168.0.0/16',
        subnets: [
          {
            type: 'cloud',
            ip_range: '192.168.1.0/24',
            network_zone: 'eu-central',
          },
        ],
      },
    });
    const { action } = await project.cloud.post(
      '/load_balancers/{id}/actions/attach_to_network',
      { path: { id }, body: { network: theirs.id } },
    );
    await project.cloud.waitFor([action]);
    await project.update(loadBalancer());
    expect(await project.differencesOf(loadBalancer())).toEqual([]);
  });

  it('is waited for while somebody else changes it', async () => {
    const { providerId } = await project.create(
      loadBalancer({ network: null, targetPools: [] }),
    );
    const { providerId: ours } = await project.find(network());
    await sandbox.control('PUT', '/settings', { speed: 1 });
    await project.cloud.post('/load_balancers/{id}/actions/attach_to_network', {
      path: { id: providerId },
      body: { network: ours },
    });
    await sandbox.control('DELETE', '/record');
    const wanted = loadBalancer({ targetPools: [] });
    const update = project.update(wanted);
    await sandbox.asked('list_load_balancer_actions');
    await sandbox.control('PUT', '/settings', { speed: 2000 });
    await update;
    expect(await sandbox.writes()).toEqual([]);
    expect(await project.differencesOf(wanted)).toEqual([]);
  }, 30_000);
});

describe('a removal', () => {
  it('lifts the protection that somebody set', async () => {
    const { providerId } = await project.create(loadBalancer());
    const { action } = await project.cloud.post(
      '/load_balancers/{id}/actions/change_protection',
      { path: { id: providerId }, body: { delete: true } },
    );
    await project.cloud.waitFor([action]);
    const found = await project.find(loadBalancer());
    expect(found.deleteProtected).toBe(true);
    await project.remove(found);
    expect(await project.cloud.listAll('/load_balancers')).toEqual([]);
  });

  it('of its certificate waits until it is gone', async () => {
    const made = await project.create(loadBalancer());
    const leaf = await project.find(certificate());
    await Promise.all([project.remove(leaf), project.remove(made)]);
    expect(await project.cloud.listAll('/certificates')).toEqual([]);
  });
});
