import type { QuotaName } from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** Secrets of a Hetzner connection. One connection is one Hetzner project. */
export type HetznerSecrets = {
  /** Read and write; what the portal itself uses. Empty when the configuration has none. */
  token: string;
  /** For the cluster's own components, so that either can be revoked alone. */
  clusterToken?: string;
};

/** The names of the secrets there are. */
export const secretNames: readonly (keyof HetznerSecrets)[] = [
  'token',
  'clusterToken',
];

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
  /** Grows with each change of what was entered; absent for one from the configuration. */
  version?: number;
  /** When the provider was last asked about its tokens and answered. */
  checkedAt?: Date;
  /** Why the provider refused one of them then, and what to do, in sentences without the token. */
  problem?: string;
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
