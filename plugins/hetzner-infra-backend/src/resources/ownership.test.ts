import { hetznerCodes, ownCodes, type CreatePath } from '../clouds/hetzner';
import {
  certificate,
  controlPlane,
  firewall,
  loadBalancer,
  network,
  placementGroup,
  sshKey,
  worker,
} from '../__testUtils__/nodes';
import type { JudgedSandbox } from '../__testUtils__/judgedSandbox';
import { TestProject } from '../__testUtils__/testProject';
import { withTestProject } from '../__testUtils__/withTestProject';

let sandbox: JudgedSandbox;
let project: TestProject;

/** One of each kind, in the order of creation. */
const NODES = [
  network(),
  sshKey(),
  firewall(),
  placementGroup(),
  certificate(),
  worker(),
  loadBalancer(),
];

const PATHS: Record<string, CreatePath> = {
  network: '/networks',
  'ssh-key': '/ssh_keys',
  firewall: '/firewalls',
  'placement-group': '/placement_groups',
  certificate: '/certificates',
  server: '/servers',
  'load-balancer': '/load_balancers',
};

withTestProject((given, its) => {
  project = given;
  sandbox = its;
});

/** Another environment in the same project. */
const neighbour = (owner: Partial<TestProject['owner']>) =>
  new TestProject(sandbox, {
    token: project.token,
    owner: { ...project.owner, ...owner },
  });

describe.each(NODES.map(node => [node.kind, node] as const))(
  'a %s',
  (kind, node) => {
    const others = NODES.filter(other => other.key !== node.key);
    const needed = others.slice(0, NODES.indexOf(node));

    it('is found again after the answer to its creation was lost', async () => {
      await project.createAll(needed);
      await sandbox.control('PUT', '/faults', [
        {
          id: 'lost',
          match: { method: 'POST', path: PATHS[kind] },
          effect: 'drop-after',
        },
      ]);
      await project.create(node);
      expect(await sandbox.control('GET', '/faults')).toMatchObject([
        { times: 0 },
      ]);
      expect(await project.cloud.listAll(PATHS[kind])).toHaveLength(1);
      expect(await project.differencesOf(node)).toEqual([]);
    });

    it('is created after a request that never arrived', async () => {
      await project.createAll(needed);
      await sandbox.control('PUT', '/faults', [
        {
          id: 'lost',
          match: { method: 'POST', path: PATHS[kind] },
          effect: 'drop-before',
        },
      ]);
      await project.create(node);
      expect(await project.cloud.listAll(PATHS[kind])).toHaveLength(1);
    });

    it.each([
      ['installation', { installation: 'another' }],
      ['environment of the same name', { environmentId: 'another' }],
    ])(
      'of another %s stays as it is and is not taken for ours',
      async (_title, owner) => {
        const theirs = neighbour(owner);
        await theirs.createAll(needed);
        await theirs.create(node);
        const before = await project.cloud.listAll(PATHS[kind]);

        // What the node needs has its name taken too: borrow it as known.
        for (const known of await theirs.observe()) project.know(known);
        await expect(project.create(node)).rejects.toMatchObject({
          code: ownCodes.foreignObject,
        });
        expect(await project.observe()).toEqual([]);
        expect(await project.cloud.listAll(PATHS[kind])).toEqual(before);
        theirs.cloud.close();
      },
    );

    it('is not removed when it is not owned', async () => {
      await project.createAll(needed);
      const made = await project.create(node);
      await expect(project.remove({ ...made, owned: false })).rejects.toThrow(
        'does not belong to this environment',
      );
      expect(await project.cloud.listAll(PATHS[kind])).toHaveLength(1);
    });
  },
);

describe('an observation', () => {
  it('ignores what has no labels', async () => {
    await project.cloud.post('/networks', {
      body: { name: 'somebody', ip_range: '10.0.0.0/16' },
    });
    await project.cloud.post('/placement_groups', {
      body: { name: 'xpeditis-prod-spread-web-1', type: 'spread' },
    });
    expect(await project.observe(NODES)).toEqual([]);
  });

  it('is one list call for each kind', async () => {
    await project.createAll(NODES);
    await sandbox.control('DELETE', '/record');
    await project.observe(NODES);
    const requests = await sandbox.requests();
    expect(
      requests.map(({ method, path }) => `${method} ${path}`).sort(),
    ).toEqual(
      Object.values(PATHS)
        .map(path => `GET ${path}`)
        .sort(),
    );
  });

  it('shows all of more servers than a page has', async () => {
    await sandbox.control('PUT', '/settings', {
      quotas: { servers: 60, primaryIps: 200 },
    });
    await project.createAll(NODES.slice(0, 5));
    const bare = { placementGroup: null, network: null, firewalls: [] };
    await Promise.all(
      Array.from({ length: 53 }, (_, index) =>
        project.create(worker(bare, `web-${index + 1}`)),
      ),
    );
    const found = await project.observe();
    expect(found.filter(({ kind }) => kind === 'server')).toHaveLength(53);
  });

  it('fails as a whole when one list cannot be read', async () => {
    await project.createAll(NODES.slice(0, 1));
    await sandbox.control('PUT', '/faults', [
      {
        id: 'forbidden',
        match: { method: 'GET', path: '/firewalls' },
        effect: { status: 403, code: 'forbidden', message: 'no' },
      },
    ]);
    await expect(project.observe()).rejects.toMatchObject({
      code: hetznerCodes.forbidden,
    });
  });

  it('shows what the provider works on as busy', async () => {
    await sandbox.control('PUT', '/settings', { speed: 1 });
    const cancelled = new AbortController();
    const { desired } = controlPlane();
    const node = controlPlane({
      ...desired,
      firewalls: [],
      sshKeys: [],
      network: null,
      privateIp: null,
    });
    const creation = project.create(node, { signal: cancelled.signal });
    creation.catch(() => {});
    let [server] = await project.observe();
    while (!server) [server] = await project.observe();
    expect(server).toMatchObject({ key: node.key, busy: true });
    cancelled.abort();
    await expect(creation).rejects.toMatchObject({ code: ownCodes.aborted });
    await sandbox.control('PUT', '/settings', { speed: 2000 });

    await project.remove(server);
    expect(await project.observe()).toEqual([]);
  });
});
