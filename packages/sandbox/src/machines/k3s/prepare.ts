import {
  parseRange,
  includesAddress,
  parseIpv4,
} from '../../hetzner/addresses/ipv4';
import type { Disk } from '../disk';
import type { Surroundings } from '../Surroundings';
import { TlsClient } from '../tlsRequest';
import { until } from '../wait';
import { hasEtcdData } from './etcd';
import { API_PORT } from './ports';

const DROP_INS = '/etc/rancher/k3s/config.yaml.d';
const CLUSTER_CA = '/etc/rancher/k3s/cluster-ca.crt';

/** The private address that a machine has in a range, once it has one. */
function addressIn(
  range: string,
  { privateAddresses }: Surroundings,
): string | undefined {
  const parsed = parseRange(range.includes('/') ? range : `${range}/32`);
  return privateAddresses().find(address => {
    const number = parseIpv4(address);
    return parsed && number !== undefined && includesAddress(parsed, number);
  });
}

async function answers(
  address: string,
  ca: string,
  surroundings: Surroundings,
): Promise<boolean> {
  const host = surroundings.route(address);
  if (!host) return false;
  const client = new TlsClient({ host, port: API_PORT, name: address, ca });
  try {
    return (await client.send({ path: '/ping' })).status === 200;
  } catch {
    return false;
  } finally {
    client.close();
  }
}

/**
 * Does what the script does that runs before each start of k3s, as far as it
 * shows: the scripts themselves are never run here. It is told by the variables
 * that the unit names (NODE_RANGE, CONTROL_PLANES, JOINS) and settles by files
 * in `config.yaml.d` which address the node has and whom it joins: the first
 * other control plane that answers with a certificate of the cluster.
 */
export async function prepare(
  environment: Record<string, string>,
  {
    disk,
    surroundings,
    say,
    signal,
  }: {
    disk: Disk;
    surroundings: Surroundings;
    say: (message: string) => void;
    signal: AbortSignal;
  },
): Promise<void> {
  const range = environment.NODE_RANGE;
  if (!range) return;
  const address = await until(
    () => {
      const found = addressIn(range, surroundings);
      if (!found) say(`waiting for an address in ${range}`);
      return found;
    },
    500,
    signal,
  );
  disk.write(`${DROP_INS}/10-interface.yaml`, `node-ip: ${address}\n`);
  const ca = disk.read(CLUSTER_CA);
  if (!ca) return;
  for (const candidate of (environment.CONTROL_PLANES ?? '').split(/\s+/)) {
    if (!candidate || candidate === address) continue;
    if (!(await answers(candidate, ca, surroundings))) continue;
    if (environment.JOINS === 'no' && hasEtcdData(disk)) return;
    say(`joining ${candidate}`);
    disk.write(
      `${DROP_INS}/20-join.yaml`,
      [
        // An agent does not know this setting.
        ...(environment.JOINS === 'no' ? ['cluster-init: false'] : []),
        `server: https://${candidate}:${API_PORT}\n`,
      ].join('\n'),
    );
    return;
  }
}
