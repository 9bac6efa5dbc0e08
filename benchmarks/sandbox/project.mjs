const API = '/hetzner/v1';
const SERVERS = 500;
const SERVERS_PER_NETWORK = 80;
/** What makes a server join a cluster, roughly. */
const USER_DATA = 'x'.repeat(8 * 1024);

/**
 * Fills a project as a large user's would be: servers in networks, behind
 * firewalls and load balancers that find them by their labels.
 *
 * @param {import('./api.mjs').Api} api
 * @returns {Promise<{ servers: number[], durations: number[] }>} ids, and milliseconds of each creation
 */
export async function fillProject(api) {
  await api.send('PUT /control/settings', {
    speed: 1_000_000,
    quotas: { servers: SERVERS + 10, primaryIps: 4 * SERVERS },
    rateLimit: { limit: 1_000_000_000 },
  });
  const create = async (kind, body) =>
    (await api.send(`POST ${API}/${kind}`, body)).body;

  const { firewall } = await create('firewalls', {
    name: 'nodes',
    rules: [
      {
        direction: 'in',
        protocol: 'tcp',
        port: '22',
        source_ips: ['0.0.0.0/0'],
      },
    ],
    apply_to: [
      { type: 'label_selector', label_selector: { selector: 'role=node' } },
    ],
  });
  const servers = [];
  const durations = [];
  let network;
  for (let index = 0; index < SERVERS; index += 1) {
    if (index % SERVERS_PER_NETWORK === 0) {
      ({ network } = await create('networks', {
        name: `network-${index}`,
        ip_range: '10.0.0.0/16',
        subnets: [
          {
            type: 'cloud',
            ip_range: '10.0.0.0/20',
            network_zone: 'eu-central',
          },
        ],
      }));
      await create('load_balancers', {
        name: `balancer-${index}`,
        load_balancer_type: 'lb31',
        location: 'fsn1',
        network: network.id,
        services: [
          { protocol: 'tcp', listen_port: 443, destination_port: 30443 },
        ],
        targets: [
          {
            type: 'label_selector',
            label_selector: { selector: 'role=node' },
            use_private_ip: true,
          },
        ],
      });
    }
    const { body, milliseconds } = await api.send(`POST ${API}/servers`, {
      name: `node-${index}`,
      server_type: 'cx23',
      image: 'ubuntu-24.04',
      location: 'fsn1',
      labels: { role: 'node', pool: `pool-${index % 5}` },
      networks: [network.id],
      firewalls: index % 10 === 0 ? [{ firewall: firewall.id }] : [],
      user_data: USER_DATA,
    });
    servers.push(body.server.id);
    durations.push(milliseconds);
  }
  return { servers, durations };
}
