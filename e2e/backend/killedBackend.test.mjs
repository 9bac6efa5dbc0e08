import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { test } from 'node:test';
import { parse } from 'yaml';
import { BackendUnderTest } from './BackendUnderTest.mjs';
import {
  countCreated,
  listDeleted,
  readRecord,
} from './killed/sandboxRecord.mjs';
import {
  storedOperationState,
  storedTaskStatus,
} from './killed/storedStates.mjs';
import { PortalClient } from './PortalClient.mjs';
import { namesStanding } from './project.mjs';
import { Template } from './Template.mjs';

/** As multiples of real time: an operation takes some seconds. */
const SPEED = 5;

/** An operation does not end while the backend starts, which takes long on a busy machine. */
const SPEED_DURING_START = 0.2;

/** Each of the last steps is seen before the next one ends. */
const SPEED_TO_WATCH = 0.5;

/** A look so often sees every action and every step. */
const CLOSELY = { pauseMilliseconds: 20 };

/** Whatever a local configuration says, it is the sandbox that is asked. */
const configFor = sandboxUrl => ({
  'hetznerInfra.connections': [
    {
      name: 'sandbox',
      kind: 'hetzner',
      owner: 'group:default/platform',
      usableBy: ['group:default/platform'],
      endpoint: `${sandboxUrl}/hetzner/v1`,
      token: 'sandbox',
    },
  ],
  'hetznerInfra.operations.leaseSeconds': 3,
  'scaffolder.taskRecovery.staleTimeout': { seconds: 5 },
});

const example = parse(
  await fs.readFile(
    new URL('../../examples/xpeditis-prod.yaml', import.meta.url),
    'utf8',
  ),
);
// The fault matrix kills at calls to object storage; here no connection opens one.
delete example.spec.connections.objectStorage;
delete example.spec.data.objectStorage;

/** One of everything, for one control plane and two workers. */
const everythingOf = name => ({
  certificates: [`${name}-certificate-g1`],
  firewalls: [`${name}-firewall-control-plane`, `${name}-firewall-workers`],
  load_balancers: [`${name}-load-balancer`],
  networks: [`${name}-network`],
  placement_groups: [`${name}-spread-control-plane-1`, `${name}-spread-web-1`],
  servers: [
    `${name}-control-plane-1-g1`,
    `${name}-web-1-g1`,
    `${name}-web-2-g1`,
  ],
  ssh_keys: [`${name}-ssh-key-1-g1`],
});

const countsOf = names =>
  Object.fromEntries(
    Object.entries(names).map(([collection, { length }]) => [
      collection,
      length,
    ]),
  );

const ENDED = ['succeeded', 'failed', 'skipped'];

test('a backend that is killed goes on where it was', async t => {
  const portal = await BackendUnderTest.prepare('backend-killed');
  t.after(() => portal.end());
  await portal.startSandbox(SPEED);
  const config = configFor(portal.sandboxUrl);
  await portal.startBackend({ config });
  let client = await PortalClient.signIn(portal.url);
  // A catalog that is killed while it reads a location reads it again minutes later.
  const template = await portal.until('the template', () =>
    Template.find(client, 'create-environment'),
  );

  const record = since => readRecord(portal.sandboxUrl, since);

  /**
   * Kills the backend while an operation runs, and starts it again.
   *
   * @returns the moment of the kill in the sandbox's record
   */
  async function killDuring(id, speedAfterwards = SPEED) {
    await portal.killBackend();
    assert.equal(storedOperationState(portal.state, id), 'running');
    const { seq } = await record();
    await portal.setSpeed(SPEED_DURING_START);
    await portal.startBackend({ config });
    client = await PortalClient.signIn(portal.url);
    await portal.setSpeed(speedAfterwards);
    return seq;
  }

  /** How many steps of an operation have not ended; none while nothing is planned. */
  async function stepsLeft(id) {
    const { steps } = await client.infra('GET', `/operations/${id}`);
    return steps.length > 0
      ? steps.filter(({ state }) => !ENDED.includes(state)).length
      : Infinity;
  }

  /** Waits until all that an operation has to do is done, but for the last step. */
  async function untilNearlyEnded(id) {
    const atMost = count => async () => (await stepsLeft(id)) <= count;
    await portal.until('the last steps', atMost(3), CLOSELY);
    await portal.setSpeed(SPEED_TO_WATCH);
    await portal.until('the last step', atMost(1), CLOSELY);
  }

  const { name } = example.metadata;

  await t.test('a create makes everything once', async () => {
    const { operation: create } = await client.infra('POST', '/environments', {
      environment: example,
    });
    await portal.until(
      'the first server',
      async () => countCreated(await record()).servers,
      CLOSELY,
    );
    const seq = await killDuring(create.id);

    await portal.until(
      'actions that run',
      async () =>
        (await record(seq)).actions.some(({ status }) => status === 'running'),
      CLOSELY,
    );
    await killDuring(create.id);

    await untilNearlyEnded(create.id);
    await killDuring(create.id);

    assert.equal((await client.follow(create.id)).state, 'succeeded');
    assert.deepEqual(
      await namesStanding(portal.sandboxUrl, 'sandbox'),
      everythingOf(name),
    );
    assert.deepEqual(
      countCreated(await record()),
      countsOf(everythingOf(name)),
    );
  });

  await t.test(
    'a removal removes everything once, and a task goes on',
    async () => {
      const before = await record();
      const taskId = await template.run(
        client,
        template.valuesWith({
          name: 'by-task',
          quote: { monthly: '1000.00', currency: 'EUR' },
        }),
      );
      const created = await portal.until(
        'the operation of the task',
        async () => {
          const path = '/operations?environment=by-task';
          const { status, body } = await client.askInfra('GET', path);
          return status === 200 && body.items[0];
        },
      );
      const { operation: removal } = await client.infra(
        'DELETE',
        `/environments/${name}?data=delete`,
      );
      await portal.until(
        'the first server that goes',
        async () =>
          listDeleted(await record(before.seq)).some(path =>
            path.startsWith('/servers/'),
          ),
        CLOSELY,
      );
      await portal.killBackend();
      assert.equal(storedOperationState(portal.state, created.id), 'running');
      assert.equal(storedTaskStatus(portal.state, taskId), 'processing');
      // The last steps of a removal are short.
      await killDuring(removal.id, SPEED_TO_WATCH);

      await untilNearlyEnded(removal.id);
      await killDuring(removal.id);

      assert.equal((await client.follow(removal.id)).state, 'succeeded');
      assert.equal((await client.follow(created.id)).state, 'succeeded');
      assert.deepEqual(
        await namesStanding(portal.sandboxUrl, 'sandbox'),
        everythingOf('by-task'),
      );
      const after = await record(before.seq);
      assert.deepEqual(countCreated(after), countsOf(everythingOf('by-task')));
      const deleted = listDeleted(after);
      assert.deepEqual(deleted, [...new Set(deleted)]);

      const { status, events } = await client.followTask(taskId);
      assert.equal(status, 'completed', JSON.stringify(events));
      const { items } = await client.infra(
        'GET',
        '/operations?environment=by-task',
      );
      assert.deepEqual(
        items.map(({ id }) => id),
        [created.id],
      );
    },
  );
});
