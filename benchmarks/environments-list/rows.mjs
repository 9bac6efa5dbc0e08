import { randomUUID } from 'node:crypto';

const HOUR = 3_600_000;
const LOCATIONS = ['fsn1', 'nbg1', 'hel1'];
const OWNERS = ['platform', 'backend', 'frontend', 'operations'];

/** Most environments stand, some failed; none works, or the portal would go on with it. */
const stateOf = index => (index % 20 === 0 ? 'failed' : 'ready');

function documentOf(name, owner, location) {
  return {
    apiVersion: 'infra.xpeditis.com/v1alpha1',
    kind: 'Environment',
    metadata: { name, owner, expiresAt: null, protected: false },
    spec: {
      connections: { hetzner: 'sandbox' },
      location,
      network: { ipRange: '10.0.0.0/16', nodes: '10.0.1.0/24' },
      adminAccess: { cidrs: ['203.0.113.7/32'], ssh: false, sshKeys: [] },
      controlPlane: { serverType: 'cx23', count: 1 },
      pools: [{ name: 'web', serverType: 'cx43', min: 2, max: 8 }],
      loadBalancer: { type: 'lb11', stickyCookie: 'XPEDITIS_LB' },
    },
  };
}

function operationOf(environmentId, { number, of, state, createdAt }) {
  const isLast = number === of - 1;
  return {
    id: randomUUID(),
    environment_id: environmentId,
    goal: 'apply',
    revision: 1,
    previous_revision: number === 0 ? null : 1,
    aim: 'apply',
    aim_revision: 1,
    state: isLast && state === 'failed' ? 'failed' : 'succeeded',
    initiator: 'user:default/guest',
    options: '{}',
    error:
      isLast && state === 'failed'
        ? JSON.stringify({ code: 'timeout', message: 'web-2 did not start.' })
        : null,
    next_attempt_at: createdAt,
    attempts: 1,
    created_at: createdAt,
    started_at: createdAt + 100,
    finished_at: createdAt + 90_000,
  };
}

/**
 * Rows of environments as if they had been made and repaired again and again.
 *
 * @param {{ environments: number, operations: number, now: number }} options
 *   `operations` of each environment; `now` in epoch milliseconds
 * @returns {{ environments: object[], environment_revisions: object[], operations: object[] }} by table
 */
export function rowsOf({ environments, operations, now }) {
  const rows = { environments: [], environment_revisions: [], operations: [] };
  for (let index = 0; index < environments; index += 1) {
    const id = `seed${String(index).padStart(8, '0')}`;
    const name = `team-${String(index).padStart(4, '0')}`;
    const owner = `group:default/${OWNERS[index % OWNERS.length]}`;
    const location = LOCATIONS[index % LOCATIONS.length];
    const createdAt = now - (operations + 1) * HOUR - index * 1000;
    const desired = {
      owner,
      document: JSON.stringify(documentOf(name, owner, location)),
      choices: '{}',
      monthly: JSON.stringify([
        { currency: 'EUR', monthly: '55.58', monthlyMax: '148.52' },
      ]),
      created_at: createdAt,
      created_by: 'user:default/guest',
    };
    rows.environments.push({
      ...desired,
      id,
      name,
      connection: 'sandbox',
      location,
      revision: 1,
      applied_revision: 1,
      state: stateOf(index),
      removed_at: null,
    });
    rows.environment_revisions.push({
      ...desired,
      environment_id: id,
      revision: 1,
    });
    for (let number = 0; number < operations; number += 1) {
      rows.operations.push(
        operationOf(id, {
          number,
          of: operations,
          state: stateOf(index),
          createdAt: createdAt + number * HOUR,
        }),
      );
    }
  }
  return rows;
}
