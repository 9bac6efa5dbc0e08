const RESOURCES = [
  'actions',
  'certificates',
  'firewalls',
  'images',
  'load_balancer_types',
  'load_balancers',
  'locations',
  'networks',
  'placement_groups',
  'pricing',
  'primary_ips',
  'server_types',
  'servers',
  'ssh_keys',
  'volumes',
];

/**
 * What the portal never calls: deprecated ways to read actions, metrics, and
 * the server actions that hand out a root password or a console.
 */
const UNUSED = [
  /\/actions\/\{action_id\}$/,
  /^\/[a-z_]+\/actions(\/\{id\})?$/,
  /\/metrics$/,
  /\/actions\/(attach_iso|detach_iso)$/,
  /\/actions\/(enable|disable)_(rescue|backup)$/,
  /\/actions\/(request_console|reset_password)$/,
];

/** The description with only the paths that the portal uses, and no error answers. */
export function keepUsedPaths(description) {
  const paths = {};
  for (const [path, item] of Object.entries(description.paths)) {
    const used =
      RESOURCES.includes(path.split('/')[1]) &&
      !UNUSED.some(pattern => pattern.test(path));
    if (used) {
      paths[path] = withoutErrorAnswers(item);
    }
  }
  return { ...description, paths };
}

/** Errors have one envelope, which decodeAnswer.ts reads; they need no types per operation. */
function withoutErrorAnswers(item) {
  return mapValues(item, operation => ({
    ...operation,
    responses: mapValues(
      Object.fromEntries(
        Object.entries(operation.responses ?? {}).filter(([status]) =>
          status.startsWith('2'),
        ),
      ),
      withWholeEnvelope,
    ),
  }));
}

/**
 * Where the description names no required property of an answer's envelope
 * (such as `server` in GET /servers/{id}), all of them are always there.
 */
function withWholeEnvelope(response) {
  const content = mapValues(response.content ?? {}, ({ schema }) => ({
    schema: schema.required
      ? schema
      : { ...schema, required: Object.keys(schema.properties ?? {}) },
  }));
  return response.content ? { ...response, content } : response;
}

function mapValues(object, change) {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, change(value)]),
  );
}
