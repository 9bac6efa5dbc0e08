import type { QuotaName } from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** Secrets of a Hetzner connection. One connection is one Hetzner project. */
export type HetznerSecrets = {
  /** Read and write; what the portal itself uses. */
  token: string;
  /** For the cluster's own components, so that either can be revoked alone. */
  clusterToken?: string;
};

/** Limits of the project that no API tells. */
export type ProjectLimits = Partial<Record<QuotaName, number>>;

/** An account at a provider, without its secrets. */
export type ProviderConnection = {
  name: string;
  kind: 'hetzner';
  /** Entity reference of who looks after it. */
  owner: string;
  /** Entity references of the owners whose environments may use it. */
  usableBy: string[];
  limits?: ProjectLimits;
  /** Number of the project in Hetzner's console, for links. */
  consoleProjectId?: string;
  origin: 'configuration' | 'api';
  /** When its secrets were last found to be valid. */
  checkedAt?: Date;
};

/** An account at a provider with what opens it. Stays inside this folder. */
export type OpenableConnection = ProviderConnection & {
  secrets: HetznerSecrets;
  /** With `/v1`. */
  endpoint: string;
};

/** The names of what a project has limits for. */
export const quotaNames: readonly QuotaName[] = [
  'servers',
  'loadBalancers',
  'networks',
  'primaryIps',
  'firewalls',
  'placementGroups',
  'certificates',
  'sshKeys',
];
