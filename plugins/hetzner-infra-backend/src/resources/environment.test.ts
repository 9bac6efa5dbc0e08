import {
  blueprint,
  effective,
  environmentSchema,
  plan,
  RESOURCE_KINDS,
  type ActualResource,
  type ResourceGraph,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  hetznerCatalogue,
  readPriceList,
  readServerTypes,
} from '../connections/hetznerCatalogue';
import type { JudgedSandbox } from '../__testUtils__/judgedSandbox';
import type { TestProject } from '../__testUtils__/testProject';
import { withTestProject } from '../__testUtils__/withTestProject';

let sandbox: JudgedSandbox;
let project: TestProject;

withTestProject((given, its) => {
  project = given;
  sandbox = its;
});

/** The graph of the production environment, drawn with what the sandbox sells. */
async function productionGraph(
  spec: Record<string, unknown> = {},
): Promise<ResourceGraph> {
  const offer = {
    ...(await readPriceList(project.cloud)),
    serverTypes: await readServerTypes(project.cloud),
  };
  const { graph, problems } = blueprint(
    environmentSchema.parse({
      apiVersion: 'infra.xpeditis.com/v1alpha1',
      kind: 'Environment',
      metadata: {
        name: project.owner.environment,
        owner: 'group:default/platform',
      },
      spec: {
        connections: { hetzner: 'sandbox' },
        location: 'fsn1',
        adminAccess: { cidrs: ['203.0.113.7/32'], ssh: true },
        pools: [{ name: 'web', serverType: 'cx43', min: 2, max: 8 }],
        ...spec,
      },
    }),
    {
      catalogue: hetznerCatalogue('sandbox', offer, new Date(0)),
      egressCidrs: ['198.51.100.0/24'],
    },
  );
  expect(problems).toEqual([]);
  return graph;
}

/** Makes the changes of a plan one after the other. */
async function perform(graph: ResourceGraph, actual: ActualResource[]) {
  for (const change of effective(plan(graph, actual))) {
    if (change.change === 'remove') await project.remove(change.actual!);
    else if (change.change === 'update') await project.update(change.node!);
    else {
      const generation = (change.actual?.generation ?? 0) + 1;
      await project.make(change.node!, { generation });
    }
  }
}

async function observed(graph: ResourceGraph) {
  const actual = await project.observe(graph.nodes);
  for (const resource of actual) project.know(resource);
  return actual;
}

/** Works as an operation does, round for round, until nothing differs. */
async function reconcile(graph: ResourceGraph): Promise<ActualResource[]> {
  for (let round = 1; round <= 4; round++) {
    const actual = await observed(graph);
    if (effective(plan(graph, actual)).length === 0) return actual;
    await perform(graph, actual);
  }
  throw new Error('The environment does not come to rest.');
}

const NOTHING = { environment: 'xpeditis-prod', nodes: [] };

describe('the production environment', () => {
  it('stands after one round, is as wanted, and goes without a trace', async () => {
    const graph = await productionGraph();
    await perform(graph, await observed(graph));
    const actual = await observed(graph);
    expect(effective(plan(graph, actual))).toEqual([]);
    expect(actual.map(({ key }) => key).sort()).toEqual(
      graph.nodes.map(({ key }) => key).sort(),
    );
    expect(actual.every(({ owned, busy }) => owned && !busy)).toBe(true);

    await perform(NOTHING, await observed(NOTHING));
    expect(await observed(NOTHING)).toEqual([]);
  });

  it('takes few calls, beside the polls of what is waited for', async () => {
    const graph = await productionGraph();
    await sandbox.control('DELETE', '/record');
    await perform(graph, await observed(graph));
    await observed(graph);
    const requests = await sandbox.requests();
    const calls = requests.filter(({ path }) => path !== '/actions');
    expect(calls.length).toBeLessThanOrEqual(32);
  });

  it('changes in place, and its certificate is replaced behind the load balancer', async () => {
    await reconcile(await productionGraph());
    const changed = await productionGraph({
      adminAccess: { cidrs: ['192.0.2.0/24'], ssh: false },
      controlPlane: { serverType: 'cx33', count: 3 },
      pools: [
        { name: 'web', serverType: 'cx43', min: 1, max: 8 },
        { name: 'jobs', serverType: 'cx23', min: 1, max: 2 },
      ],
      edge: {
        zone: 'xpeditis.com',
        api: 'api.xpeditis.com',
        app: 'app.xpeditis.com',
      },
    });
    const actual = await reconcile(changed);
    expect(actual.map(({ name }) => name).sort()).toEqual(
      [
        'certificate-g2',
        'control-plane-1-g1',
        'control-plane-2-g1',
        'control-plane-3-g1',
        'firewall-control-plane',
        'firewall-workers',
        'jobs-1-g1',
        'load-balancer',
        'network',
        'spread-control-plane-1',
        'spread-jobs-1',
        'spread-web-1',
        'ssh-key-1-g1',
        'web-1-g1',
      ].map(name => `xpeditis-prod-${name}`),
    );
    const addresses = actual
      .filter(({ key }) => key.startsWith('control-plane'))
      .map(({ details }) => details['Private IP'])
      .sort();
    expect(addresses).toEqual(['10.0.1.252', '10.0.1.253', '10.0.1.254']);
  }, 30_000);

  it('goes whole after any part of its creation', async () => {
    const graph = await productionGraph();
    for (const kind of RESOURCE_KINDS) {
      const nodes = graph.nodes.filter(
        node =>
          RESOURCE_KINDS.indexOf(node.kind) <= RESOURCE_KINDS.indexOf(kind),
      );
      await perform({ ...graph, nodes }, await observed(graph));
      await perform(NOTHING, await observed(NOTHING));
      expect(await observed(NOTHING)).toEqual([]);
    }
  });

  it('leaves alone what stands beside it in the project', async () => {
    const bystanders = await Promise.all([
      project.cloud.post('/networks', {
        body: { name: 'theirs', ip_range: '10.0.0.0/16' },
      }),
      project.cloud.post('/firewalls', { body: { name: 'theirs' } }),
      project.cloud.post('/servers', {
        body: {
          name: 'theirs',
          server_type: 'cx23',
          image: 'ubuntu-24.04',
          location: 'fsn1',
        },
      }),
    ]);
    const graph = await productionGraph();
    await reconcile(graph);
    await perform(NOTHING, await observed(NOTHING));
    expect(await project.cloud.listAll('/networks')).toMatchObject([
      { id: bystanders[0].network.id },
    ]);
    expect(await project.cloud.listAll('/firewalls')).toMatchObject([
      { id: bystanders[1].firewall.id },
    ]);
    expect(await project.cloud.listAll('/servers')).toMatchObject([
      { id: bystanders[2].server.id, status: 'running' },
    ]);
  });
});
