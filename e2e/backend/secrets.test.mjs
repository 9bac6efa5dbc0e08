import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { BackendUnderTest } from './BackendUnderTest.mjs';
import { EvilProxy } from './EvilProxy.mjs';
import { failures } from './failures.mjs';
import { PortalClient } from './PortalClient.mjs';
import { namesStanding } from './project.mjs';
import { findSecrets, formsOf } from './secretSearch.mjs';
import { readDatabases, readFiles, readTables } from './storedData.mjs';
import { Template } from './Template.mjs';

/** Waiting costs nothing at this speed. */
const SPEED = 1000;

/** The connection whose provider answers as it should; its project and its environment are called so too. */
const canary = `canary-${randomBytes(6).toString('hex')}`;

/**
 * As long as Hetzner's, with characters that URLs and base64 write differently.
 * The sandbox takes the project from what stands in front of the point.
 */
function tokenOf(project) {
  const start = `${project}.+/`;
  return (
    start +
    randomBytes(48)
      .toString('base64url')
      .slice(0, 64 - start.length)
  );
}

const projects = [canary, ...failures.map(({ name }) => name)];
const tokens = projects.flatMap(project =>
  ['token', 'cluster token', 'added token'].map(kind => ({
    what: `${kind} of ${project}`,
    project,
    kind,
    value: tokenOf(project),
  })),
);
const tokenFor = (project, kind) =>
  tokens.find(each => each.project === project && each.kind === kind).value;

const sealingKey = randomBytes(32);
const backendSecret = randomBytes(48).toString('base64');

const needles = [
  ...tokens,
  { what: 'sealing key', value: sealingKey },
  { what: 'sealing key in base64', value: sealingKey.toString('base64') },
  { what: 'backend secret', value: backendSecret },
  { what: 'private key', value: 'PRIVATE KEY' },
];

const connectionOf = project => ({
  name: project,
  kind: 'hetzner',
  owner: 'group:default/platform',
  usableBy: ['group:default/platform'],
  token: tokenFor(project, 'token'),
  clusterToken: tokenFor(project, 'cluster token'),
});

const addedConnection = project => ({
  kind: 'hetzner',
  owner: 'group:default/platform',
  usableBy: ['group:default/platform'],
  secrets: { token: tokenFor(project, 'added token') },
});

const environmentOf = (name, connection) => ({
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name, owner: 'group:default/platform' },
  spec: {
    connections: { hetzner: connection },
    location: 'fsn1',
    pools: [{ name: 'web', serverType: 'cx23', min: 1, max: 1 }],
  },
});

test('the search finds what is planted, in every form and in every column', () => {
  const secret = `+/${randomBytes(30).toString('base64url')}`;
  const database = new Database(':memory:');
  database.exec(`CREATE TABLE "a table" (id INTEGER, text TEXT, bytes BLOB)`);
  const insert = database.prepare(`INSERT INTO "a table" VALUES (?, ?, ?)`);
  const planted = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify({ deep: JSON.stringify({ secret }) }),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
    Buffer.from(secret).toString('hex'),
    ...['', 'a', 'ab', 'abc'].map(lead =>
      Buffer.from(`${lead}${secret}, and more`).toString('base64'),
    ),
  ];
  for (const text of planted) {
    for (const [asText, asBytes] of [
      [text, null],
      [null, Buffer.concat([Buffer.from([0xff, 0]), Buffer.from(text)])],
    ]) {
      database.exec(`DELETE FROM "a table"`);
      insert.run(1, asText, asBytes);
      const found = findSecrets(readTables(database, 'db'), [
        { what: 'secret', value: secret },
      ]);
      assert.ok(found.length > 0, `not found: ${text}`);
      assert.equal(found[0].place, 'db a table');
    }
  }
  assert.deepEqual(
    findSecrets(readTables(database, 'db'), [
      { what: 'another', value: tokenOf('other') },
    ]),
    [],
  );
  assert.ok(formsOf(sealingKey).includes(sealingKey.toString('latin1')));
});

test(
  'no secret leaves the portal, however the provider fails',
  { concurrency: true },
  async t => {
    const portal = await BackendUnderTest.prepare('backend-secrets');
    t.after(() => portal.end());
    await portal.startSandbox(SPEED);
    const proxy = await EvilProxy.start(portal.sandboxUrl);
    t.after(() => proxy.end());
    const temporary = path.join(portal.state, 'tmp');
    await fs.mkdir(temporary);
    await portal.startBackend({
      config: {
        'hetznerInfra.hetzner.endpoint': `${proxy.url}/hetzner/v1`,
        'hetznerInfra.connections': projects.map(connectionOf),
        'hetznerInfra.operations.concurrency': 100,
        'scaffolder.concurrentTasksLimit': 30,
        'backend.auth.externalAccess': [
          {
            type: 'static',
            options: { token: backendSecret, subject: 'script' },
          },
        ],
      },
      env: {
        LOG_LEVEL: 'debug',
        HETZNER_INFRA_SEALING_KEY: sealingKey.toString('base64'),
        TMPDIR: temporary,
      },
    });
    const client = await PortalClient.signIn(portal.url);
    const script = await PortalClient.signIn(portal.url, backendSecret);
    const templates = {};
    for (const name of ['create-environment', 'remove-environment']) {
      templates[name] = await portal.until(`the template ${name}`, () =>
        Template.find(client, name),
      );
    }
    /** What databases held while environments stood. */
    const standing = [];

    const createWith = (project, name) =>
      templates['create-environment'].valuesWith({
        name,
        connection: project,
        quote: { monthly: '1000.00', currency: 'EUR' },
      });

    async function removeIfThere(name) {
      const { status } = await client.askInfra('GET', `/environments/${name}`);
      if (status === 404) return;
      const { operation } = await client.infra(
        'DELETE',
        `/environments/${name}?data=delete`,
      );
      const { state } = await client.follow(operation.id);
      assert.equal(state, 'succeeded');
    }

    /** Everything that asks the provider and needs no environment. */
    async function askAround(project, name) {
      const environment = environmentOf(name, project);
      const [catalogue, quote, check, put, dryRun] = await Promise.all([
        client.askInfra('GET', `/catalogue?connection=${project}`),
        client.askInfra('POST', '/quotes', { environment }),
        client.askInfra('POST', `/connections/${project}/check`),
        client.askInfra(
          'PUT',
          `/connections/added-${project}`,
          addedConnection(project),
        ),
        templates['create-environment'].dryRun(
          client,
          createWith(project, name),
        ),
      ]);
      return { catalogue, quote, check, put, dryRun };
    }

    async function whenAllGoesWell() {
      const { catalogue, quote, check, put } = await askAround(canary, canary);
      for (const { status, text } of [catalogue, quote, put]) {
        assert.equal(status, 200, text);
      }
      assert.equal(check.body.ok, true);
      await client.infra('POST', `/connections/added-${canary}/check`);
      await script.infra('GET', `/connections/added-${canary}`);

      const taskId = await templates['create-environment'].run(
        client,
        createWith(canary, canary),
      );
      const { status, events } = await client.followTask(taskId);
      assert.equal(status, 'completed', JSON.stringify(events.at(-1)));
      const { items } = await client.infra(
        'GET',
        `/operations?environment=${canary}`,
      );
      for (const { id } of items) await client.follow(id);
      await client.infra('GET', `/environments/${canary}/resources`);
      await client.infra('GET', '/environments');
      standing.push(
        ...(await readDatabases(path.join(portal.state, 'database'))),
      );

      const removal = await templates['remove-environment'].run(
        client,
        templates['remove-environment'].valuesWith({
          environment: canary,
          confirmation: canary,
          data: 'delete',
        }),
      );
      assert.equal((await client.followTask(removal)).status, 'completed');
    }

    async function whenCallsFail(failure) {
      const project = failure.name;
      const name = `e-${project}`;
      const path_ = `/environments/${name}`;
      const failed = scope => proxy.failed(project, scope);

      /** Messages of answers that are refusals. */
      const messagesOf = answers =>
        answers.map(({ request, status, body, text }) => {
          const told = body?.error?.message ?? body?.message;
          assert.ok(told, `${request} gave no reason: ${text}`);
          assert.ok(status >= 400 || body.ok === false, `${request}: ${text}`);
          return told;
        });
      const tells = messages =>
        assert.ok(
          messages.some(message => failure.says.test(message)),
          `nobody said ${failure.says}: ${messages.join('\n')}`,
        );

      if (!failure.onlyWrites) {
        proxy.fail(project, failure, 'all');
        const { check, put, dryRun, ...refused } = await askAround(
          project,
          name,
        );
        const create = await client.askInfra('POST', '/environments', {
          environment: environmentOf(name, project),
        });
        const messages = messagesOf([
          ...Object.values(refused),
          create,
          ...(failure.passesCheck ? [] : [check, put]),
        ]);
        tells(messages);
        assert.match(dryRun.text, failure.says);
        assert.ok(failed('all') > 0);
      }

      // The provider can be read: quotes work, and operations begin.
      proxy.fail(project, failure, 'writes');
      const { catalogue, quote, check, put } = await askAround(project, name);
      assert.equal(catalogue.status, 200, catalogue.text);
      assert.equal(quote.status, 200, quote.text);
      if (!failure.passesCheck && !failure.onlyWrites) {
        tells(messagesOf([check, put]), failure.checkSays);
      }
      const before = failed('writes');
      const { environment, operation } = await client.infra(
        'POST',
        '/environments',
        { environment: environmentOf(name, project) },
      );
      const followed = client.follow(operation.id);
      if (failure.operation === 'fails') {
        const { state, error } = await followed;
        assert.equal(state, 'failed');
        assert.match(error.message, failure.says);
        assert.ok(proxy.correlationIds.has(error.correlationId), error.message);

        const taskId = await templates['create-environment'].run(
          client,
          createWith(project, `t-${project}`),
        );
        const { status, events } = await client.followTask(taskId);
        assert.equal(status, 'failed');
        assert.match(JSON.stringify(events), failure.says);
      } else {
        await portal.until(
          `a write that fails by ${failure.name}`,
          () => failed('writes') > before,
        );
      }
      if (failure.operation === 'stumbles') {
        const { error } = await portal.until(
          `a step that fails by ${failure.name}`,
          async () => {
            const { steps } = await client.infra(
              'GET',
              `/operations/${operation.id}`,
            );
            return steps.find(step => step.error);
          },
        );
        assert.match(error.message, failure.says);
      }

      // Nothing can be read any more, while something runs or waits.
      proxy.fail(project, failure, 'all');
      const running = [followed];
      await client.askInfra('GET', `${path_}/resources`);
      await client.askInfra('POST', `${path_}/reconcile`);
      const change = failure.operation === 'fails' ? 'retry' : 'cancel';
      const changed = await client.askInfra(
        'POST',
        `/operations/${operation.id}/${change}`,
      );
      if (changed.body.operation) {
        running.push(client.follow(changed.body.operation.id));
      }
      await client.askInfra('DELETE', `${path_}?data=delete`);
      await portal.until(
        `calls that fail by ${failure.name}`,
        () => failed('all') > 0,
      );

      proxy.spare(project);
      await Promise.all(running);
      const { items } = await client.infra(
        'GET',
        `/operations?environment=${environment.id}`,
      );
      for (const { id } of items) await client.follow(id);
      await removeIfThere(name);
      await removeIfThere(`t-${project}`);
      assert.deepEqual(await namesStanding(portal.sandboxUrl, project), {});
    }

    await Promise.all([
      t.test('when all goes well', whenAllGoesWell),
      ...failures.map(failure =>
        t.test(`when calls fail by ${failure.name}`, () =>
          whenCallsFail(failure),
        ),
      ),
    ]);

    await t.test('nothing that can be read holds a secret', async () => {
      await client.ask('GET', '/');
      await portal.stopBackend();
      const haystacks = {
        answers: [...client.answers, ...script.answers].map(
          ({ request, text }) => ({
            place: `answer to ${request}`,
            content: text,
          }),
        ),
        log: [{ place: 'log', content: portal.log.join('\n') }],
        rows: [
          ...standing,
          ...(await readDatabases(path.join(portal.state, 'database'))),
        ],
        files: [
          ...(await readFiles(path.join(portal.state, 'database'))),
          ...(await readFiles(temporary)),
          ...(await readFiles(path.join(portal.state, 'logs'))),
        ],
      };
      assert.deepEqual(
        findSecrets(Object.values(haystacks).flat(), needles),
        [],
      );
    });
  },
);
