import assert from 'node:assert/strict';
import { namesStanding } from '../project.mjs';

/**
 * @typedef {object} Scene
 * @property {import('../BackendUnderTest.mjs').BackendUnderTest} portal
 * @property {import('./EvilProxy.mjs').EvilProxy} proxy
 * @property {import('./knownSecrets.mjs').KnownSecrets} secrets
 * @property {import('../PortalClient.mjs').PortalClient} client
 * @property {import('../Template.mjs').Template} createTemplate
 * @property {import('../Template.mjs').Template} removeTemplate
 */

const documentOf = (name, connection) => ({
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name, owner: 'group:default/platform' },
  spec: {
    connections: { hetzner: connection },
    location: 'fsn1',
    pools: [{ name: 'web', serverType: 'cx23', min: 1, max: 1 }],
  },
});

const createValues = ({ createTemplate }, project, name) =>
  createTemplate.valuesWith({
    name,
    connection: project,
    quote: { monthly: '1000.00', currency: 'EUR' },
  });

/** Everything that asks the provider and needs no environment. */
async function askAround(scene, project, name) {
  const { client, createTemplate, secrets } = scene;
  const environment = documentOf(name, project);
  const [catalogue, quote, check, put, dryRun] = await Promise.all([
    client.askInfra('GET', `/catalogue?connection=${project}`),
    client.askInfra('POST', '/quotes', { environment }),
    client.askInfra('POST', `/connections/${project}/check`),
    client.askInfra(
      'PUT',
      `/connections/added-${project}`,
      secrets.addedConnection(project),
    ),
    createTemplate.dryRun(client, createValues(scene, project, name)),
  ]);
  return { catalogue, quote, check, put, dryRun };
}

/**
 * Creates and removes an environment by the templates, and looks at everything.
 *
 * @param {Scene} scene
 * @param {string} project also the name of its connection and of the environment
 * @param {() => Promise<void>} whileItStands
 */
export async function createAndRemove(scene, project, whileItStands) {
  const { client, createTemplate, removeTemplate } = scene;
  const { check, ...answers } = await askAround(scene, project, project);
  assert.equal(check.body.ok, true, check.text);
  for (const { request, status, text } of Object.values(answers)) {
    assert.equal(status, 200, `${request}: ${text}`);
  }
  await client.infra('POST', `/connections/added-${project}/check`);

  const created = await client.followTask(
    await createTemplate.run(client, createValues(scene, project, project)),
  );
  assert.equal(created.status, 'completed', JSON.stringify(created.events));
  const { items } = await client.infra(
    'GET',
    `/operations?environment=${project}`,
  );
  await Promise.all(items.map(({ id }) => client.follow(id)));
  await client.infra('GET', `/environments/${project}/resources`);
  await client.infra('GET', '/environments');
  await whileItStands();

  const values = removeTemplate.valuesWith({
    environment: project,
    confirmation: project,
    data: 'delete',
  });
  const removed = await client.followTask(
    await removeTemplate.run(client, values),
  );
  assert.equal(removed.status, 'completed', JSON.stringify(removed.events));
}

/** What answers that are refusals tell. */
function reasonsIn(answers) {
  return answers.map(({ request, status, text, body }) => {
    const isRefusal = status >= 400 || body?.ok === false;
    const reason = body?.error?.message ?? body?.message;
    assert.ok(isRefusal && reason, `${request} was not refused: ${text}`);
    return reason;
  });
}

function assertSaid(reasons, words) {
  assert.ok(
    reasons.some(reason => words.test(reason)),
    `nobody said ${words}: ${reasons.join('\n')}`,
  );
}

/** Every call fails: nothing can be asked, and nothing begins. */
async function failEveryCall(scene, failure, name) {
  const { client, proxy } = scene;
  const project = failure.name;
  proxy.fail(project, failure, 'all');
  const { check, put, ...refused } = await askAround(scene, project, name);
  const create = await client.askInfra('POST', '/environments', {
    environment: documentOf(name, project),
  });
  const reasons = reasonsIn([...Object.values(refused), create]);
  const { says, checkSays } = failure;
  for (const reason of reasons) {
    // What the check found may be told instead.
    assert.ok(says.test(reason) || checkSays?.test(reason), reason);
  }
  if (!failure.passesCheck) {
    assertSaid(reasonsIn([check, put]), failure.checkSays ?? failure.says);
  }
  assert.ok(proxy.failed(project, 'all') > 0);
}

/** Only writes fail: quotes work and operations begin. Returns the operation, and its end. */
async function failWrites(scene, failure, name) {
  const { client, createTemplate, portal, proxy } = scene;
  const project = failure.name;
  const failed = () => proxy.failed(project, 'writes');
  proxy.fail(project, failure, 'writes');
  const answers = await askAround(scene, project, name);
  assert.equal(answers.catalogue.status, 200, answers.catalogue.text);
  assert.equal(answers.quote.status, 200, answers.quote.text);
  if (!failure.passesCheck && !failure.onlyWrites) {
    const { check, put } = answers;
    assertSaid(reasonsIn([check, put]), failure.checkSays ?? failure.says);
  }

  if (failure.checkSays) {
    // A token that was refused is used again once it is found good.
    proxy.spare(project);
    await client.infra('POST', `/connections/${project}/check`);
    proxy.fail(project, failure, 'writes');
  }
  const before = failed();
  const { operation } = await client.infra('POST', '/environments', {
    environment: documentOf(name, project),
    // What is undone cannot be tried again.
    onFailure: failure.operation === 'fails' ? 'keep' : 'undo',
  });
  const end = client.follow(operation.id);
  await portal.until(
    `a write that fails by ${project}`,
    () => failed() > before,
  );
  if (failure.operation === 'stumbles') {
    const { error } = await portal.until(
      `a step that fails by ${project}`,
      async () => {
        const path = `/operations/${operation.id}`;
        const { steps } = await client.infra('GET', path);
        return steps.find(step => step.error);
      },
    );
    assert.match(error.message, failure.says);
  }
  if (failure.operation === 'fails') {
    const { state, error } = await end;
    assert.equal(state, 'failed');
    assert.match(error.message, failure.says);
    assert.ok(proxy.correlationIds.has(error.correlationId), error.message);
    const task = await client.followTask(
      await createTemplate.run(
        client,
        createValues(scene, project, `t-${project}`),
      ),
    );
    assert.equal(task.status, 'failed');
    assert.match(JSON.stringify(task.events), failure.says);
  }
  return { operation, end };
}

/** Every call fails while an operation goes on, is taken back or is tried again. Returns operations that began. */
async function failAllOfOperation(scene, failure, name, { id }) {
  const { client, portal, proxy } = scene;
  const project = failure.name;
  const before = proxy.failed(project, 'all');
  proxy.fail(project, failure, 'all');
  await client.askInfra('GET', `/environments/${name}/resources`);
  await client.askInfra('POST', `/environments/${name}/reconcile`);
  const change = failure.operation === 'fails' ? 'retry' : 'cancel';
  const { body } = await client.askInfra('POST', `/operations/${id}/${change}`);
  await client.askInfra('DELETE', `/environments/${name}?data=delete`);
  await portal.until(
    `calls that fail by ${project}`,
    () => proxy.failed(project, 'all') > before,
  );
  return body.operation ? [body.operation] : [];
}

async function removeIfThere({ client }, name) {
  // A failed create that undoes itself may end between any look and this call.
  const { status, text, body } = await client.askInfra(
    'DELETE',
    `/environments/${name}?data=delete`,
  );
  if (status === 404) return;
  assert.equal(status, 202, text);
  const { state } = await client.follow(body.operation.id);
  assert.equal(state, 'succeeded');
}

/**
 * Lets a provider fail in one way: first in every call, then in writes, then in
 * every call while an operation is under way. Nothing is left at the end.
 *
 * @param {Scene} scene
 * @param {import('./failures.mjs').KnownFailure} failure its name is also that of its project and connection
 */
export async function createWhileCallsFail(scene, failure) {
  const { client, portal, proxy } = scene;
  const project = failure.name;
  const name = `e-${project}`;
  if (!failure.onlyWrites) await failEveryCall(scene, failure, name);
  const { operation, end } = await failWrites(scene, failure, name);
  const begun = await failAllOfOperation(scene, failure, name, operation);

  proxy.spare(project);
  // A token that was refused is used again once it is found good.
  await client.infra('POST', `/connections/${project}/check`);
  await Promise.all([end, ...begun.map(({ id }) => client.follow(id))]);
  await removeIfThere(scene, name);
  await removeIfThere(scene, `t-${project}`);
  assert.deepEqual(await namesStanding(portal.sandboxUrl, project), {});
}
