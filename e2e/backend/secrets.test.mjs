import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { BackendUnderTest } from './BackendUnderTest.mjs';
import { PortalClient } from './PortalClient.mjs';
import { EvilProxy } from './secrets/EvilProxy.mjs';
import { failures } from './secrets/failures.mjs';
import { KnownSecrets } from './secrets/knownSecrets.mjs';
import { findSecrets } from './secrets/secretSearch.mjs';
import { readDatabases, readFiles } from './secrets/storedData.mjs';
import { createAndRemove, createWhileCallsFail } from './secrets/stories.mjs';
import { Template } from './Template.mjs';

/** As a multiple of real time: waiting for the cloud tells nothing here. */
const SPEED = 1000;

/** A project whose provider answers as it should. Its name is no secret, and has to be found wherever secrets are looked for. */
const canary = `canary-${randomBytes(6).toString('hex')}`;

/** Each has a connection, and a provider that fails in its own way. */
const projects = [canary, ...failures.map(({ name }) => name)];

/** Where the canary leaves traces: if the search does not find it there, it would find no secret either. */
const placesOfTheCanary = [
  'answer to GET /api/hetzner-infra/operations/{id}/events',
  'answer to GET /api/hetzner-infra/environments/{id}/resources',
  'answer to POST /api/scaffolder/v2/dry-run',
  'answer to GET /api/scaffolder/v2/tasks/{id}/events',
  'log',
  'audit events',
  'hetzner-infra.sqlite environment_revisions',
  'hetzner-infra.sqlite operations',
  'hetzner-infra.sqlite operation_steps',
  'hetzner-infra.sqlite operation_events',
  'scaffolder.sqlite tasks',
  'scaffolder.sqlite task_events',
  'file database/hetzner-infra.sqlite',
  'file logs/portal.log',
];

/** Places that differ only in names and ids are one. */
const placeOf = request =>
  `answer to ${request
    .replace(/\?.*/, '')
    .replaceAll(canary, '{id}')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '{id}')}`;

const config = (secrets, proxy) => ({
  'hetznerInfra.hetzner.endpoint': `${proxy.url}/hetzner/v1`,
  'hetznerInfra.connections': projects.map(project =>
    secrets.configuredConnection(project),
  ),
  'hetznerInfra.operations.concurrency': 100,
  'scaffolder.concurrentTasksLimit': 30,
  'backend.auth.externalAccess': [
    {
      type: 'static',
      options: { token: secrets.backendSecret, subject: 'script' },
    },
  ],
});

test(
  'no secret leaves the portal, however the provider fails',
  { concurrency: true },
  async t => {
    const secrets = new KnownSecrets(projects);
    const portal = await BackendUnderTest.prepare('backend-secrets');
    t.after(() => portal.end());
    await portal.startSandbox(SPEED);
    const proxy = await EvilProxy.start(portal.sandboxUrl);
    t.after(() => proxy.end());
    await fs.mkdir(path.join(portal.state, 'tmp'));
    await portal.startBackend({
      config: config(secrets, proxy),
      env: {
        LOG_LEVEL: 'debug',
        HETZNER_INFRA_SEALING_KEY: secrets.sealingKey.toString('base64'),
        TMPDIR: path.join(portal.state, 'tmp'),
      },
    });

    const client = await PortalClient.signIn(portal.url);
    const script = await PortalClient.signIn(portal.url, secrets.backendSecret);
    const [createTemplate, removeTemplate] = await Promise.all(
      ['create-environment', 'remove-environment'].map(name =>
        portal.until(`the template ${name}`, () => Template.find(client, name)),
      ),
    );
    const scene = {
      portal,
      proxy,
      secrets,
      client,
      createTemplate,
      removeTemplate,
    };
    // Before anything fails: what the check at the start finds blocks creates.
    await portal.until('the check of the connections', async () => {
      const { items } = await client.infra('GET', '/connections');
      return items.every(({ checkedAt }) => checkedAt);
    });
    const databases = path.join(portal.state, 'database');
    let rowsWhileStanding = [];

    await Promise.all([
      t.test('when all goes well', () =>
        createAndRemove(scene, canary, async () => {
          rowsWhileStanding = await readDatabases(databases);
          await script.infra('GET', `/connections/added-${canary}`);
        }),
      ),
      ...failures.map(failure =>
        t.test(`when calls fail: ${failure.name}`, () =>
          createWhileCallsFail(scene, failure),
        ),
      ),
    ]);
    // The app and its configuration, where it is built.
    await client.ask('GET', '/');
    await portal.stopBackend();

    const answers = [...client.answers, ...script.answers].map(
      ({ request, text }) => ({ place: placeOf(request), content: text }),
    );
    const audit = portal.log.filter(line => line.includes('isAuditEvent'));
    const log = [
      { place: 'log', content: portal.log.join('\n') },
      { place: 'audit events', content: audit.join('\n') },
    ];
    const stored = [
      ...rowsWhileStanding,
      ...(await readDatabases(databases)),
      ...(await readFiles(portal.state, ['database', 'logs', 'tmp'])),
    ];

    await t.test('the secrets were in use', () => {
      for (const project of projects) {
        const { token, addedToken } = secrets.of(project);
        assert.ok(proxy.tokens.has(token), `token of ${project}`);
        assert.ok(proxy.tokens.has(addedToken), `added token of ${project}`);
      }
      assert.ok(proxy.tokens.has(secrets.of(canary).clusterToken));
      assert.ok(proxy.privateKeys.size > 1);
      for (const table of ['connections', 'environment_secrets']) {
        const place = `hetzner-infra.sqlite ${table}`;
        const rows = rowsWhileStanding.find(each => each.place === place);
        assert.match(
          rows.content.toString(),
          /^v1\.local\.[\w-]{16}\.[\w-]+$/m,
        );
      }
    });

    await t.test('the search finds what is no secret', () => {
      const found = findSecrets(
        [...answers, ...log, ...stored],
        [{ what: 'canary', value: canary }],
      );
      const places = new Set(found.map(({ place }) => place));
      assert.deepEqual(
        placesOfTheCanary.filter(place => !places.has(place)),
        [],
      );
    });

    await t.test('the search finds no secret', () => {
      const keys = [...proxy.privateKeys].flatMap(pem =>
        pem
          .split('\n')
          .filter(line => line.length === 64)
          .map(value => ({ what: 'a private key', value })),
      );
      assert.ok(keys.length >= proxy.privateKeys.size);
      assert.deepEqual(
        findSecrets(
          [...answers, ...log, ...stored],
          [...secrets.needles(), ...keys],
        ),
        [],
      );
      // The scaffolder itself keeps the session of whoever started a task until the task ends.
      assert.deepEqual(
        findSecrets(
          [...answers, ...log],
          [{ what: 'session', value: client.token }],
        ),
        [],
      );
    });

    await t.test('no token follows a redirect', () => {
      assert.deepEqual(proxy.strays, []);
    });
  },
);
