import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';

// Only tests read this, and they run from the source.
// eslint-disable-next-line no-restricted-syntax
const root = path.resolve(__dirname, '..', '..', '..', '..');

/** The portal's own user data, with throw-away keys. */
const folder = path.join(
  root,
  'plugins/hetzner-infra-backend/src/bootstrap/__fixtures__',
);

/** A server of the cluster in the portal's examples. */
export type ClusterServer =
  | 'control-plane-1'
  | 'control-plane-2'
  | 'control-plane-3'
  | 'worker';

/** The private addresses that the control planes must have. */
export const PRIVATE_ADDRESSES: Record<ClusterServer, string | undefined> = {
  'control-plane-1': '10.0.1.254',
  'control-plane-2': '10.0.1.253',
  'control-plane-3': '10.0.1.252',
  worker: undefined,
};

/** What k3s is told besides, so that a test need not wait for minutes. */
const HURRY = {
  'kube-apiserver-arg+': [
    'default-not-ready-toleration-seconds=3',
    'default-unreachable-toleration-seconds=3',
  ],
  'kube-controller-manager-arg+': [
    'node-monitor-grace-period=10s',
    'node-monitor-period=1s',
  ],
};

const read = (name: string) =>
  readFileSync(path.join(folder, `${name}.user-data`), 'utf8');

/**
 * The user data that the portal writes for a server of its example.
 *
 * @param change - changes the text, for what must be refused
 */
export function clusterUserData(
  server: ClusterServer,
  change: (text: string) => string = text => text,
): string {
  const text =
    server === 'control-plane-3'
      ? read('control-plane-2').replace(
          /^(.*(?:node-ip|advertise-address|NODE_RANGE).*)10\.0\.1\.253/gm,
          '$110.0.1.252',
        )
      : read(server);
  const config = parse(change(text));
  config.write_files.push({
    path: '/etc/rancher/k3s/config.yaml.d/90-hurry.yaml',
    content: stringify(server === 'worker' ? {} : HURRY),
  });
  return `#cloud-config\n${stringify(config)}`;
}
