import {
  SERVER_LABELS,
  type ResourceNode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import { smallEnvironment, TestEngine } from '../__testUtils__/engine';
import { controlPlane, worker } from '../__testUtils__/nodes';
import {
  startSandbox,
  type SandboxProcess,
} from '../__testUtils__/sandboxProcess';
import { userDataOf } from '../bootstrap/graphUserData';
import { PINNED_RELEASE } from '../bootstrap/readK3sRelease';
import { userDataHash } from '../bootstrap/userData';
import type { OperationRunner } from './runner';

jest.setTimeout(120_000);

const databases = testDatabases();
const DOCUMENT = smallEnvironment('shop');

const NODES: ResourceNode[] = [
  controlPlane(),
  worker({}, 'web-1'),
  worker({}, 'web-2'),
];

describe.each(databases.eachSupportedId())(
  'the user data of servers on %p',
  databaseId => {
    let sandbox: SandboxProcess;
    let engine: TestEngine;
    let runners: OperationRunner[];

    beforeAll(async () => {
      sandbox = await startSandbox();
    });
    afterAll(() => sandbox.stop());
    beforeEach(async () => {
      await sandbox.control('DELETE', '/state');
      engine = new TestEngine(
        await migratedDatabase(databases, databaseId),
        sandbox.hetznerEndpoint,
      );
      runners = ['worker-1', 'worker-2'].map(name => engine.runner(name));
      for (const runner of runners) runner.start();
    });
    afterEach(() => Promise.all(runners.map(runner => runner.stop())));

    const created = async () => {
      const { id, environmentId } = await engine.submitCreate(DOCUMENT);
      expect(await engine.ended(id)).toMatchObject({ state: 'succeeded' });
      return environmentId;
    };
    const servers = async () => {
      const all = await engine.cloud.listAll('/servers');
      return all.sort((a, b) => a.name.localeCompare(b.name));
    };

    it('is made from the keys that are kept sealed until the removal ends', async () => {
      const environmentId = await created();
      const secrets = await engine.secretsOf(environmentId);
      const made = userDataOf(
        DOCUMENT,
        { environment: 'shop', nodes: NODES },
        {
          identity: JSON.parse(secrets['cluster-identity']),
          release: PINNED_RELEASE,
        },
      );
      expect(
        (await servers()).map(({ labels }) => labels[SERVER_LABELS.userData]),
      ).toEqual(NODES.map(({ key }) => userDataHash(made.get(key)!)));

      const stored = JSON.stringify(
        await engine.knex('environment_secrets').select(),
      );
      expect(stored).not.toContain('PRIVATE KEY');

      const { id } = await engine.submitRemoval('shop');
      expect(await engine.ended(id)).toMatchObject({ state: 'succeeded' });
      expect(await engine.secretsOf(environmentId)).toEqual({});
    });

    it('never costs a server that was made with another', async () => {
      await created();
      const [{ id, labels }] = await servers();
      await engine.cloud.put('/servers/{id}', {
        path: { id },
        body: { labels: { ...labels, [SERVER_LABELS.userData]: 'another' } },
      });
      const before = (await servers()).map(server => server.id);

      const change = await engine.submitChange(
        smallEnvironment('shop', {
          adminAccess: { cidrs: ['203.0.113.8/32'] },
        }),
      );
      expect(await engine.ended(change.id)).toMatchObject({
        state: 'succeeded',
      });
      expect((await servers()).map(server => server.id)).toEqual(before);
      expect((await servers())[0].labels[SERVER_LABELS.userData]).toBe(
        'another',
      );
    });
  },
);
