/** What a label of ours begins with. */
const PREFIX = 'infra.xpeditis.com/';

const sorted = list => [...list].sort();
const labelOf = (item, name) => item.labels?.[PREFIX + name];

/** Any address of the nodes' range that is not one of the fixed ones at its end. */
const placeOf = ip =>
  /^10\.0\.1\.(?!25[0-4]$)\d+$/.test(ip) ? 'one of the nodes’ range' : ip;

/**
 * Labels in short form. The operation that made something differs from run to
 * run, so it is told apart only by whether it is one that was asked for, and what
 * a server boots with by whether it is a hash at all.
 */
function labelsOf(item, operationIds) {
  const inWords = {
    'created-by': value =>
      operationIds.includes(value) ? 'an operation of this run' : value,
    'user-data': value => (/^[0-9a-f]{32}$/.test(value) ? 'a hash' : value),
  };
  return Object.fromEntries(
    Object.entries(item.labels ?? {}).map(([label, value]) => {
      const name = label.replace(PREFIX, '');
      return [name, inWords[name]?.(value) ?? value];
    }),
  );
}

/**
 * What stands in a project and is not foreign, in words that can be compared:
 * references are names, and what differs from run to run is left out.
 *
 * @param {Record<string, any[]>} everything of the project
 * @param {{ isForeign: (collection: string, item: any) => boolean, operationIds: string[] }} context
 * @returns {{ kind: string, name: string, key?: string, state: object }[]}
 */
export function inventoryOf(everything, { isForeign, operationIds }) {
  const nameOf = (collection, id) =>
    everything[collection].find(item => item.id === id)?.name ??
    `unknown ${id}`;
  const names = (collection, ids) =>
    sorted(ids.map(id => nameOf(collection, id)));

  const states = {
    networks: item => ({
      ipRange: item.ip_range,
      subnets: item.subnets.map(subnet => [
        subnet.type,
        subnet.ip_range,
        subnet.network_zone,
      ]),
      routes: item.routes,
      protection: item.protection,
      servers: names('servers', item.servers),
      loadBalancers: names('load_balancers', item.load_balancers),
    }),
    ssh_keys: item => ({ kind: item.public_key.split(' ')[0] }),
    firewalls: item => ({
      rules: item.rules
        .map(rule => ({
          direction: rule.direction,
          protocol: rule.protocol,
          port: rule.port,
          sources: sorted(rule.source_ips),
          destinations: rule.destination_ips,
          description: rule.description,
        }))
        .sort((a, b) => a.port.localeCompare(b.port)),
      appliedTo: names(
        'servers',
        item.applied_to.map(({ server }) => server?.id),
      ),
    }),
    placement_groups: item => ({
      type: item.type,
      servers: names('servers', item.servers),
    }),
    certificates: item => ({
      type: item.type,
      domains: sorted(item.domain_names),
      usedBy: item.used_by.map(({ id }) => nameOf('load_balancers', id)),
    }),
    servers: item => ({
      type: item.server_type.name,
      image: item.image.name,
      location: item.location.name,
      status: item.status,
      locked: item.locked,
      protection: item.protection,
      placementGroup: item.placement_group?.name ?? null,
      firewalls: sorted(
        item.public_net.firewalls.map(({ id }) => nameOf('firewalls', id)),
      ),
      networks: item.private_net.map(({ network, ip, alias_ips: alias }) => [
        nameOf('networks', network),
        placeOf(ip),
        ...alias,
      ]),
      publicAddresses: [item.public_net.ipv4, item.public_net.ipv6].filter(
        Boolean,
      ).length,
      volumes: item.volumes.length,
    }),
    load_balancers: item => ({
      type: item.load_balancer_type.name,
      location: item.location.name,
      algorithm: item.algorithm.type,
      protection: item.protection,
      isPublic: item.public_net.enabled,
      networks: item.private_net.map(({ network, ip }) => [
        nameOf('networks', network),
        placeOf(ip),
      ]),
      services: item.services.map(service => ({
        ...service,
        http: service.http && {
          ...service.http,
          certificates: names('certificates', service.http.certificates ?? []),
        },
      })),
      targets: item.targets.map(target => ({
        type: target.type,
        usePrivateIp: target.use_private_ip,
        selector: target.label_selector?.selector,
        servers: sorted(
          (target.targets ?? []).map(({ server }) =>
            nameOf('servers', server.id),
          ),
        ),
      })),
    }),
    primary_ips: item => ({ assignee: item.assignee_type }),
    volumes: item => ({ size: item.size }),
    floating_ips: item => ({ type: item.type }),
    buckets: item => ({
      versioning: item.versioning,
      objects: item.objects,
    }),
  };

  /** The public addresses of a server or a load balancer come and go with it. */
  const isPartOfAnother = (kind, item) =>
    kind === 'primary_ips' &&
    item.auto_delete &&
    [...everything.servers, ...everything.load_balancers].some(
      ({ id }) => id === item.assignee_id,
    );

  return Object.entries(everything).flatMap(([kind, items]) =>
    items
      .filter(item => !isForeign(kind, item) && !isPartOfAnother(kind, item))
      .map(item => ({
        kind,
        name: item.name,
        key: labelOf(item, 'key'),
        state: { labels: labelsOf(item, operationIds), ...states[kind](item) },
      })),
  );
}
