import type { SandboxUnderTest } from '../sandboxUnderTest';
import { readAll } from './readAll';

/** Uses every operation of floating IPs. */
export async function walkFloatingIps(
  sandbox: SandboxUnderTest,
): Promise<void> {
  const { ok, done } = sandbox;
  const { server } = await done('POST /servers', {
    name: 'with-floating-ips',
    server_type: 'cx23',
    image: 'debian-13',
    location: 'fsn1',
  });
  const { floating_ip: ipv4 } = await done('POST /floating_ips', {
    type: 'ipv4',
    server: server.id,
    name: 'floating-4',
    description: 'entry',
    labels: { role: 'web' },
  });
  const { floating_ip: ipv6 } = await done('POST /floating_ips', {
    type: 'ipv6',
    home_location: 'nbg1',
  });
  await ok(`PUT /floating_ips/${ipv4.id}`, {
    name: 'floating-4b',
    description: 'exit',
    labels: {},
  });
  const act = (action: string, body?: object) =>
    done(`POST /floating_ips/${ipv4.id}/actions/${action}`, body);
  await ok(`GET /servers/${server.id}`);
  await act('unassign');
  await act('assign', { server: server.id });
  await act('change_dns_ptr', { ip: ipv4.ip, dns_ptr: 'a.example.com' });
  const { action } = await act('change_protection', { delete: false });
  await readAll(sandbox, 'floating_ips', ipv4.id, action.id);
  await ok(`GET /floating_ips?name=floating-4b&label_selector=!role`);
  await done(`DELETE /servers/${server.id}`);
  for (const { id } of [ipv4, ipv6]) await ok(`DELETE /floating_ips/${id}`);
}
