import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { BootFile } from './cloudConfig';
import { AUDIT_POLICY_PATH } from './k3sConfig';

/** The folder of this package that holds them, as they land on a server. */
const FOLDER = resolvePackagePath(
  '@xpeditis/backstage-plugin-hetzner-infra-backend',
  'boot',
);

function bootFile(name: string, path: string, permissions = '0644'): BootFile {
  return {
    path,
    permissions,
    content: readFileSync(`${FOLDER}/${name}`, 'utf8'),
  };
}

const unit = (name: string) => bootFile(name, `/etc/systemd/system/${name}`);

/** What every server gets. */
const COMMON = [
  bootFile('k3s-prepare.sh', '/usr/local/sbin/k3s-prepare', '0700'),
  unit('metadata-guard.service'),
  bootFile(
    '90-metadata-guard.conf',
    '/etc/systemd/networkd.conf.d/90-metadata-guard.conf',
  ),
  bootFile('90-kubelet.conf', '/etc/sysctl.d/90-kubelet.conf'),
  bootFile('60-no-reboot', '/etc/apt/apt.conf.d/60-no-reboot'),
];

/** Files that are the same on all control planes of all clusters. */
export const CONTROL_PLANE_FILES: readonly BootFile[] = [
  ...COMMON,
  unit('k3s.service'),
  bootFile('audit-policy.yaml', AUDIT_POLICY_PATH),
];

/** Files that are the same on all workers of all clusters. */
export const WORKER_FILES: readonly BootFile[] = [
  ...COMMON,
  unit('k3s-agent.service'),
];
