import type { SandboxUnderTest } from '../sandboxUnderTest';
import { readAll } from './readAll';

/** Uses every operation of primary IPs, and servers and load balancers that have them. */
export async function walkPrimaryIps(sandbox: SandboxUnderTest): Promise<void> {
  const { ok, done } = sandbox;
  const create = async (more: object) => {
    const { primary_ip: primaryIp } = await done('POST /primary_ips', {
      labels: { role: 'web' },
      ...more,
    });
    return primaryIp;
  };
  const place = { location: 'fsn1', auto_delete: false };
  const ipv4 = await create({ name: 'ip-4', type: 'ipv4', ...place });
  const ipv6 = await create({ name: 'ip-6', type: 'ipv6', ...place });
  const forBalancer = await create({ name: 'ip-b', type: 'ipv4', ...place });
  await ok(`PUT /primary_ips/${ipv4.id}`, {
    name: 'ip-4b',
    labels: {},
    auto_delete: false,
  });

  const { server } = await done('POST /servers', {
    name: 'with-primary-ips',
    server_type: 'cx23',
    image: 'debian-13',
    location: 'fsn1',
    start_after_create: false,
    public_net: {
      enable_ipv4: true,
      enable_ipv6: true,
      ipv4: ipv4.id,
      ipv6: ipv6.id,
    },
  });
  const act = (action: string, body?: object) =>
    done(`POST /primary_ips/${ipv4.id}/actions/${action}`, body);
  await act('unassign');
  await ok(`GET /primary_ips?name=ip-4b&label_selector=!role&ip=${ipv4.ip}`);
  await act('assign', { assignee_type: 'server', assignee_id: server.id });
  await act('change_dns_ptr', { ip: ipv4.ip, dns_ptr: 'a.example.com' });
  await done(`POST /primary_ips/${ipv6.id}/actions/change_dns_ptr`, {
    ip: ipv6.ip.replace('/64', '7'),
    dns_ptr: 'b.example.com',
  });
  const { action } = await act('change_protection', { delete: false });
  await readAll(sandbox, 'primary_ips', ipv4.id, action.id);
  await readAll(sandbox, 'primary_ips', ipv6.id);
  await ok(`GET /servers/${server.id}`);
  await done(`DELETE /servers/${server.id}`);

  const { load_balancer: balancer } = await done('POST /load_balancers', {
    name: 'with-primary-ip',
    load_balancer_type: 'lb11',
    location: 'fsn1',
    public_net: { ipv4: forBalancer.id },
  });
  await ok(`GET /primary_ips/${balancer.public_net.ipv6.id}`);
  await done(`DELETE /load_balancers/${balancer.id}`);
  for (const { id } of [ipv4, ipv6, forBalancer]) {
    await ok(`DELETE /primary_ips/${id}`);
  }
}
