import {
  OWNERSHIP_LABELS,
  SERVER_LABELS,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  CloudError,
  hetznerCodes,
  ownCodes,
  type HetznerCloud,
} from '../clouds/hetzner';
import { userDataHash } from '../bootstrap/userData';
import {
  controlPlane,
  firewall,
  network,
  placementGroup,
  sshKey,
  worker,
} from '../__testUtils__/nodes';
import type { JudgedSandbox } from '../__testUtils__/judgedSandbox';
import { userDataFor, type TestProject } from '../__testUtils__/testProject';
import { withTestProject } from '../__testUtils__/withTestProject';

let sandbox: JudgedSandbox;
let project: TestProject;

const NEEDS = [
  network(),
  sshKey(),
  firewall(),
  firewall([], 'firewall-control-plane'),
  placementGroup(),
];

withTestProject(async (given, its) => {
  project = given;
  sandbox = its;
  await project.createAll(NEEDS);
});

const fault = (path: string, effect: unknown, times = 1) =>
  sandbox.control('PUT', '/faults', [
    { id: 'fault', match: { method: 'POST', path }, times, effect },
  ]);

/** The same cloud, in which waiting for these actions fails once as if the action had. */
function withFailingAction(command: string): HetznerCloud {
  let failed = false;
  const waitFor: HetznerCloud['waitFor'] = async (actions, options) => {
    const ended = await project.cloud.waitFor(actions, options);
    const action = ended.find(candidate => candidate.command === command);
    if (!action || failed) return ended;
    failed = true;
    throw new CloudError({
      code: hetznerCodes.unknownError,
      message: `${command} failed`,
      outcome: 'unknown',
      operation: { method: 'GET', path: `/actions/${action.id}` },
      action,
    });
  };
  return { ...project.cloud, waitFor };
}

describe('a new server', () => {
  it('carries its labels, addresses and what it was asked for', async () => {
    const node = worker();
    const { labels, details, name } = await project.create(node);
    expect(name).toBe('xpeditis-prod-web-1-g1');
    expect(labels).toEqual({
      [OWNERSHIP_LABELS.installation]: 'installation',
      [OWNERSHIP_LABELS.environmentId]: project.owner.environmentId,
      [OWNERSHIP_LABELS.environment]: 'xpeditis-prod',
      [OWNERSHIP_LABELS.key]: 'web-1',
      [OWNERSHIP_LABELS.generation]: '1',
      [OWNERSHIP_LABELS.createdBy]: 'operation-1',
      [SERVER_LABELS.role]: 'worker',
      [SERVER_LABELS.pool]: 'web',
      [SERVER_LABELS.userData]: userDataHash(userDataFor('web-1')),
    });
    expect(details).toEqual({
      'Public IPv4': expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/),
      'Public IPv6': expect.stringContaining(':'),
      'Private IP': '10.0.1.1',
      Type: 'cx23',
      Status: 'running',
    });
  });

  it('is sent its user data, the same bytes at each try', async () => {
    const sent: unknown[] = [];
    const recording: HetznerCloud = {
      ...project.cloud,
      post: (path: any, request: any) => {
        if (path === '/servers') sent.push(request.body.user_data);
        return project.cloud.post(path, request);
      },
    };
    await fault('/servers', 'drop-before');
    await project.create(worker(), { cloud: recording });
    expect(sent).toEqual([userDataFor('web-1'), userDataFor('web-1')]);
  });

  it('that was made with other user data is reported, and stays', async () => {
    const made = await project.create(worker());
    const wanted = worker({ userData: userDataHash('another') });
    expect(await project.differencesOf(wanted)).toEqual([
      expect.objectContaining({ field: 'userData', remedy: 'report' }),
    ]);
    const { providerId } = await project.update(wanted);
    expect(providerId).toBe(made.providerId);
  });

  it('with a fixed address is in the network with it before it starts', async () => {
    await sandbox.control('DELETE', '/record');
    const { details, deleteProtected } = await project.create(controlPlane());
    expect(details['Private IP']).toBe('10.0.1.254');
    expect(deleteProtected).toBe(true);
    expect(await sandbox.writes()).toEqual([
      'create_server',
      'attach_server_to_network',
      'poweron_server',
      'change_server_protection',
    ]);
  });

  it('tells its progress without going back', async () => {
    await project.create(controlPlane());
    expect(project.progress.at(-1)).toBe(100);
    expect(project.progress).toEqual(
      [...project.progress].sort((a, b) => a - b),
    );
  });

  it('takes one call beside the polls, and nobody looks at it', async () => {
    await sandbox.control('DELETE', '/record');
    await project.make(worker());
    const asked = (await sandbox.requests()).map(({ operation }) => operation);
    expect(asked.filter(operation => operation !== 'get_actions')).toEqual([
      'create_server',
    ]);
  });

  it.each(['start_server', 'attach_to_network'])(
    'is put right when its %s fails',
    async command => {
      const node = worker();
      await project.create(node, { cloud: withFailingAction(command) });
      expect(project.logged).toContain(`${command} failed`);
      expect(await project.differencesOf(node)).toEqual([]);
    },
  );

  it('fails when it could not be created, and is put right by the next try', async () => {
    const node = worker();
    await fault('/servers', {
      actionError: { code: 'unknown_error', message: 'no host answered' },
    });
    await expect(project.create(node)).rejects.toMatchObject({
      code: hetznerCodes.unknownError,
      message: expect.stringContaining('no host answered'),
    });
    await project.update(node);
    expect(await project.differencesOf(node)).toEqual([]);
  });

  it('passes on that its type is sold out', async () => {
    await sandbox.control('PUT', '/settings', {
      unavailable: [{ serverType: 'cx23', location: 'fsn1' }],
    });
    await expect(project.create(worker())).rejects.toMatchObject({
      code: hetznerCodes.resourceUnavailable,
    });
    await sandbox.control('PUT', '/settings', { unavailable: [] });
  });

  it('waits for an address that is still taken, a bounded number of times', async () => {
    await fault(
      '/servers/*/actions/attach_to_network',
      {
        status: 422,
        code: 'ip_not_available',
        message: 'provided IP is not available',
      },
      2,
    );
    await project.create(controlPlane());
    expect(project.logged).toEqual([
      expect.stringMatching(/^Trying again in 1 s\. .*ip_not_available/),
      expect.stringMatching(/^Trying again in 2 s\. .*ip_not_available/),
      'Attached to the network as 10.0.1.254.',
    ]);
    expect(await project.differencesOf(controlPlane())).toEqual([]);
  }, 20_000);

  it('waits for what stands in the queue of its network, and asks again', async () => {
    await fault(
      '/servers/*/actions/attach_to_network',
      {
        status: 409,
        code: 'conflict',
        message: 'network has changed during request',
      },
      1,
    );
    await sandbox.control('DELETE', '/record');
    const others = [1, 2, 3].map(number =>
      project.make({ ...worker(), key: `web-${number}` }),
    );
    await Promise.all([project.make(controlPlane()), ...others]);
    expect(project.logged).toEqual([
      expect.stringMatching(/^Trying again in 1 s\. .*conflict/),
      'Attached to the network as 10.0.1.254.',
    ]);
    const asked = (await sandbox.requests()).map(({ operation }) => operation);
    expect(asked).toContain('list_network_actions');
    expect(await project.differencesOf(controlPlane())).toEqual([]);
  });

  it('stops waiting when it is cancelled', async () => {
    const cancelled = new AbortController();
    await fault(
      '/servers/*/actions/attach_to_network',
      { status: 422, code: 'ip_not_available', message: 'taken' },
      50,
    );
    await expect(
      project.create(controlPlane(), {
        signal: cancelled.signal,
        log: () => cancelled.abort(),
      }),
    ).rejects.toMatchObject({ code: ownCodes.aborted });
  });
});

describe('a creation that was cut off', () => {
  /** Leaves a server that was created and nothing else. */
  async function cutOffAfterPost() {
    const node = controlPlane();
    const cut = new Error('cut off');
    const waitFor: HetznerCloud['waitFor'] = async () => {
      throw cut;
    };
    await expect(
      project.create(node, { cloud: { ...project.cloud, waitFor } }),
    ).rejects.toBe(cut);
    return node;
  }

  it('is finished by an update', async () => {
    const node = await cutOffAfterPost();
    expect(await project.differencesOf(node)).toMatchObject([
      { field: 'network', remedy: 'update' },
      { field: 'power', remedy: 'update' },
      { field: 'protected', remedy: 'update' },
    ]);
    await project.update(node);
    expect(await project.differencesOf(node)).toEqual([]);
    const { state } = await project.find(node);
    expect(state.privateIp).toBe('10.0.1.254');
  });

  it('is finished by another create', async () => {
    const node = await cutOffAfterPost();
    await project.create(node);
    expect(await project.differencesOf(node)).toEqual([]);
    expect(await project.cloud.listAll('/servers')).toHaveLength(1);
  });

  it.each(['poweron', 'attach_to_network', 'change_protection'])(
    'in the answer to %s is finished by an update',
    async action => {
      const node = controlPlane();
      await fault(`/servers/*/actions/${action}`, 'drop-after');
      await expect(project.create(node)).rejects.toMatchObject({
        code: ownCodes.connectionLost,
        outcome: 'unknown',
      });
      await project.update(node);
      expect(await project.differencesOf(node)).toEqual([]);
    },
  );
});

describe('a server that differs', () => {
  it('gets new firewalls before it loses old ones', async () => {
    await project.create(worker());
    const wanted = worker({ firewalls: ['firewall-control-plane'] });
    await sandbox.control('DELETE', '/record');
    await project.update(wanted);
    expect(await project.differencesOf(wanted)).toEqual([]);
    expect(await sandbox.writes()).toEqual([
      'apply_firewall_to_resources',
      'remove_firewall_from_resources',
    ]);
  });

  it('loses a firewall of somebody else', async () => {
    const node = worker();
    const { providerId } = await project.create(node);
    const { firewall: theirs } = await project.cloud.post('/firewalls', {
      body: {
        name: 'theirs',
        apply_to: [{ type: 'server', server: { id: providerId } }],
      },
    });
    const { state } = await project.find(node);
    expect(state.firewalls).toContain(`foreign:${theirs.id}`);
    await project.update(node);
    expect(await project.differencesOf(node)).toEqual([]);
  });

  it('stays in a network of somebody else', async () => {
    const node = worker();
    const { providerId } = await project.create(node);
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
      '/servers/{id}/actions/attach_to_network',
      { path: { id: providerId }, body: { network: theirs.id } },
    );
    await project.cloud.waitFor([action]);
    expect(await project.differencesOf(node)).toEqual([]);
  });

  it.each(['on', 'off'] as const)('is turned %s', async power => {
    await project.create(worker({ power: power === 'on' ? 'off' : 'on' }));
    const wanted = worker({ power });
    await project.update(wanted);
    expect(await project.differencesOf(wanted)).toEqual([]);
  });

  it.each([true, false])('gets protection %s', async on => {
    await project.create(worker({ protected: !on }));
    await project.update(worker({ protected: on }));
    expect(await project.differencesOf(worker({ protected: on }))).toEqual([]);
  });

  it('changes its type while it is off, and runs again', async () => {
    const { state: before } = await project.create(controlPlane());
    const wanted = controlPlane({ serverType: 'cx43' });
    expect(await project.differencesOf(wanted)).toMatchObject([
      { field: 'serverType', interrupts: { code: 'server-off-for-type' } },
    ]);
    await sandbox.control('DELETE', '/record');
    const { state } = await project.update(wanted);
    expect(state).toEqual({ ...before, serverType: 'cx43' });
    expect(await sandbox.writes()).toEqual([
      'shutdown_server',
      'change_server_type',
      'poweron_server',
    ]);
    const [server] = await project.cloud.listAll('/servers');
    expect(server.primary_disk_size).toBe(40);
  }, 20_000);

  it('runs as before when it cannot have the type', async () => {
    await project.create(worker());
    await sandbox.control('PUT', '/settings', {
      unavailable: [{ serverType: 'cx43', location: 'fsn1' }],
    });
    await expect(
      project.update(worker({ serverType: 'cx43' })),
    ).rejects.toMatchObject({ code: hetznerCodes.resourceUnavailable });
    await sandbox.control('PUT', '/settings', { unavailable: [] });
    expect(await project.differencesOf(worker())).toEqual([]);
  }, 20_000);

  it('is waited for while somebody else changes it', async () => {
    const { providerId } = await project.create(worker());
    await sandbox.control('PUT', '/settings', { speed: 1 });
    await project.cloud.post('/servers/{id}/actions/rebuild', {
      path: { id: providerId },
      body: { image: 'debian-13' },
    });
    await sandbox.control('DELETE', '/record');
    const wanted = worker({ protected: true });
    const update = project.update(wanted);
    await sandbox.asked('list_server_actions');
    await sandbox.control('PUT', '/settings', { speed: 2000 });
    await update;
    // Anything else that it had tried would be here too, refused as locked.
    expect(await sandbox.writes()).toEqual(['change_server_protection']);
    expect(await project.differencesOf(wanted)).toMatchObject([
      { field: 'image', remedy: 'report' },
    ]);
  }, 30_000);

  it('that is gone meanwhile is not found', async () => {
    const node = worker();
    const made = await project.create(node);
    const { action } = await project.cloud.delete('/servers/{id}', {
      path: { id: made.providerId },
    });
    await project.cloud.waitFor([action]);
    project.find = async () => made as never;
    await expect(project.update(node)).rejects.toMatchObject({
      code: hetznerCodes.notFound,
    });
  });
});

describe('a removal', () => {
  it('lifts the protection', async () => {
    const made = await project.create(controlPlane());
    await project.remove(made);
    expect(await project.cloud.listAll('/servers')).toEqual([]);
  });

  it('is done after its answer was lost', async () => {
    const made = await project.create(worker());
    await sandbox.control('PUT', '/faults', [
      { id: 'lost', match: { method: 'DELETE' }, effect: 'drop-after' },
    ]);
    await expect(project.remove(made)).rejects.toMatchObject({
      outcome: 'unknown',
    });
    const [still] = (await project.observe()).filter(
      ({ kind }) => kind === 'server',
    );
    await project.remove(still ?? made);
    expect(await project.cloud.listAll('/servers')).toEqual([]);
  });
});
