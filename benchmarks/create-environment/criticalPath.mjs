/**
 * A request as the sandbox recorded it; times are epoch milliseconds.
 * @typedef {object} RequestRecord
 * @property {string} method
 * @property {string} path below /hetzner/v1, without the query
 * @property {number | null} status null for a connection that was dropped
 * @property {number} receivedAt
 * @property {number} answeredAt
 */

/**
 * An action as the sandbox recorded it; times are epoch milliseconds.
 * @typedef {object} ActionRecord
 * @property {string} command
 * @property {number} startedAt
 * @property {number | null} finishedAt null while it runs
 */

/**
 * A resource of the project and what it refers to, such as a server to its
 * network. `collection` is the first part of its path: `servers`, `networks`.
 * @typedef {{ collection: string, id: number }} Reference
 * @typedef {Reference & { refersTo: Reference[] }} Resource
 */

/**
 * A change of one resource: a request that was accepted, with the actions that it started.
 * @typedef {object} Step
 * @property {string} title
 * @property {string} resource key of the resource
 * @property {string} verb `create`, `update`, `remove` or the name of an action
 * @property {number} receivedAt epoch milliseconds
 * @property {number} endedAt epoch milliseconds: its answer, or the end of its last action
 * @property {number} milliseconds between the two
 */

const keyOf = ({ collection, id }) => `${collection}/${id}`;

/** What makes a resource usable for those that refer to it. */
const MAKES_USABLE = ['create', 'add_subnet'];

/** The action that makes a reference when the creation did not: to a network, to a placement group. */
const REFERENCE_VERBS = {
  networks: 'attach_to_network',
  placement_groups: 'add_to_placement_group',
};

const VERB_OF_METHOD = { POST: 'create', PUT: 'update', DELETE: 'remove' };

const wasAccepted = ({ method, status }) =>
  method !== 'GET' && status !== null && status >= 200 && status < 300;

/**
 * The sandbox handles a request from its receipt to the start of its actions
 * without a break, so an action belongs to the last change received before it.
 */
function endOf(change, next, actions) {
  const own = actions.filter(
    ({ startedAt }) =>
      startedAt >= change.receivedAt &&
      (next === undefined || startedAt < next.receivedAt),
  );
  const unfinished = own.find(({ finishedAt }) => finishedAt === null);
  if (unfinished) {
    throw new Error(
      `The action ${unfinished.command} of ${change.method} ${change.path} still runs: read the record after the operation has ended.`,
    );
  }
  return Math.max(change.answeredAt, ...own.map(action => action.finishedAt));
}

/**
 * The changes of the record in the order in which they were received. Ids rise
 * in the order of creation, so the n-th creation in a collection made the
 * resource with its n-th lowest id.
 *
 * @param {{ requests: RequestRecord[], actions: ActionRecord[] }} record
 * @param {Resource[]} resources
 * @returns {Step[]}
 */
function stepsOf({ requests, actions }, resources) {
  const changes = requests
    .filter(wasAccepted)
    .sort((a, b) => a.receivedAt - b.receivedAt);
  const created = new Map();
  return changes.map((change, index) => {
    const [, collection, id, , action] = change.path.split('/');
    const verb = action ?? VERB_OF_METHOD[change.method];
    let resource = `${collection}/${id}`;
    if (verb === 'create') {
      const nth = created.get(collection) ?? 0;
      created.set(collection, nth + 1);
      const made = resources
        .filter(known => known.collection === collection)
        .sort((a, b) => a.id - b.id)[nth];
      if (!made) {
        throw new Error(
          `The record creates more ${collection} than the project has.`,
        );
      }
      resource = keyOf(made);
    }
    const endedAt = endOf(change, changes[index + 1], actions);
    return {
      title: `${change.method} ${change.path}`,
      resource,
      verb,
      receivedAt: change.receivedAt,
      endedAt,
      milliseconds: endedAt - change.receivedAt,
    };
  });
}

/**
 * What has to end before a step can begin, whoever asks for it: earlier steps
 * of the same resource, because the provider locks it; what it refers to, when
 * it comes to be; what refers to it, when it goes.
 */
function needsOf(steps, resources) {
  const byKey = new Map(resources.map(known => [keyOf(known), known]));
  const stepsOn = key => steps.filter(({ resource }) => resource === key);

  return step => {
    const own = stepsOn(step.resource);
    const previous = own.slice(0, own.indexOf(step)).slice(-1);
    const needed = [];
    for (const reference of byKey.get(step.resource)?.refersTo ?? []) {
      const later = REFERENCE_VERBS[reference.collection];
      const verb = own.some(candidate => candidate.verb === later)
        ? later
        : 'create';
      if (step.verb === verb) {
        needed.push(
          ...stepsOn(keyOf(reference)).filter(candidate =>
            MAKES_USABLE.includes(candidate.verb),
          ),
        );
      }
    }
    if (step.verb === 'remove') {
      for (const { refersTo, ...user } of resources) {
        if (refersTo.some(reference => keyOf(reference) === step.resource)) {
          needed.push(
            ...stepsOn(keyOf(user)).filter(({ verb }) => verb === 'remove'),
          );
        }
      }
    }
    return [...previous, ...needed];
  };
}

const longer = (a, b) => (b.milliseconds > a.milliseconds ? b : a);

/**
 * The longest chain of requests and actions that depend on each other. It is
 * what the provider itself needs: time in which the portal kept it waiting is
 * in no step, and what could run at once counts only by its longest branch.
 *
 * @param {{ requests: RequestRecord[], actions: ActionRecord[] }} record of one operation
 * @param {Resource[]} resources that stood when it was created, or before it was removed
 * @returns {{ milliseconds: number, steps: Step[] }}
 * @throws when an action still runs, or the record does not fit the resources
 */
export function criticalPath(record, resources) {
  const steps = stepsOf(record, resources);
  const needs = needsOf(steps, resources);
  const known = new Map();

  const longestTo = step => {
    const found = known.get(step);
    if (found) return found;
    const before = needs(step)
      .map(longestTo)
      .reduce(longer, { milliseconds: 0, steps: [] });
    const path = {
      milliseconds: before.milliseconds + step.milliseconds,
      steps: [...before.steps, step],
    };
    known.set(step, path);
    return path;
  };
  return steps.map(longestTo).reduce(longer, { milliseconds: 0, steps: [] });
}
