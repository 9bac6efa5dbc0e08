import type { QuotaName } from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** Secrets of a Hetzner connection. One connection is one Hetzner project. */
export type HetznerSecrets = {
  /** Read and write; what the portal itself uses. Empty when the configuration has none. */
  token: string;
  /** For the cluster's own components, so that either can be revoked alone. */
  clusterToken?: string;
};

/** Secrets of a connection to object storage: a pair of keys. */
export type ObjectStorageSecrets = { accessKey: string; secretKey: string };

/** A secret of any kind of connection. */
export type SecretName = keyof HetznerSecrets | keyof ObjectStorageSecrets;

/** Some secrets of a connection, as they are sent. */
export type SomeSecrets = Partial<Record<SecretName, string>>;

/** The secrets of each kind, and whether a connection must have it. */
export const SECRETS_OF_KIND: Readonly<
  Record<ConnectionKind, readonly { name: SecretName; isRequired: boolean }[]>
> = {
  hetzner: [
    { name: 'token', isRequired: true },
    { name: 'clusterToken', isRequired: false },
  ],
  'object-storage': [
    { name: 'accessKey', isRequired: true },
    { name: 'secretKey', isRequired: true },
  ],
};

/** The names of the secrets there are. */
export const secretNames: readonly SecretName[] = Object.values(SECRETS_OF_KIND)
  .flat()
  .map(({ name }) => name);

/** Limits of the project that no API tells. */
export type ProjectLimits = Partial<Record<QuotaName, number>>;

/** What an account is for. */
export type ConnectionKind = ProviderConnection['kind'];

/** What every account has. */
type AnyAccount = {
  name: string;
  /** Entity reference of who looks after it. */
  owner: string;
  /** Entity references of the owners whose environments may use it. */
  usableBy: string[];
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

/** A Hetzner project, without its tokens. */
export type HetznerAccount = AnyAccount & {
  kind: 'hetzner';
  limits?: ProjectLimits;
};

/** Object storage of a project at one endpoint, without its keys. */
export type ObjectStorageAccount = AnyAccount & {
  kind: 'object-storage';
  /** At Hetzner the location, such as `fsn1`. */
  region: string;
  /** Its own address; that of the region when absent. */
  endpoint?: string;
  /** In which a check writes; it makes one for itself when absent. */
  checkBucket?: string;
};

/** An account at a provider, without its secrets. */
export type ProviderConnection = HetznerAccount | ObjectStorageAccount;

/** A Hetzner project with what opens it. */
export type OpenableHetzner = HetznerAccount & {
  secrets: HetznerSecrets;
  /** With `/v1`. */
  endpoint: string;
};

/** Object storage with what opens it. Keys are empty when the configuration has none. */
export type OpenableObjectStorage = ObjectStorageAccount & {
  secrets: ObjectStorageSecrets;
  /** PEM of the authorities that its certificate must come from. */
  caCertificate?: string;
};

/** An account at a provider with what opens it. Stays inside this folder. */
export type OpenableConnection = OpenableHetzner | OpenableObjectStorage;

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
