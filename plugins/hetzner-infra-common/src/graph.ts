import type { TargetHealth } from './schema/openapi/generated/models';

/** What a private network shall be. */
export interface NetworkState {
  /** Range of the whole network as CIDR. */
  ipRange: string;
  /** Range of the subnet that the nodes live in, as CIDR. */
  nodes: string;
  /** Zone of the subnet, such as `eu-central`. */
  networkZone: string;
}

/** One inbound rule. Ports and addresses that no rule names are closed. */
export interface FirewallRule {
  description: string;
  protocol: 'tcp' | 'udp' | 'icmp';
  /** A port or a range such as `80` or `1024-5000`; null for icmp. */
  port: string | null;
  /** Addresses that may connect, as CIDRs. */
  sources: string[];
}

/** What a firewall shall be: inbound rules; outbound stays open. */
export interface FirewallState {
  rules: FirewallRule[];
}

/** What a placement group shall be. `spread` puts its servers on different hosts. */
export interface PlacementGroupState {
  type: 'spread';
}

/** What an SSH key shall be. */
export interface SshKeyState {
  /** OpenSSH public key; null stands for a throw-away key whose private half nobody has. */
  publicKey: string | null;
}

/** What a certificate shall be. */
export interface CertificateState {
  /** DNS names the certificate is valid for; the first is its subject. */
  domains: string[];
}

/** What a server shall be. References are keys of other nodes in the graph. */
export interface ServerState {
  serverType: string;
  image: string;
  location: string;
  role: 'control-plane' | 'worker';
  /** Name of the pool; null for a control plane. */
  pool: string | null;
  placementGroup: string | null;
  firewalls: string[];
  /** Keys that the first boot installs; a running server is not changed by them. */
  sshKeys: string[];
  network: string | null;
  /** Fixed private address; null takes the one the provider gives. */
  privateIp: string | null;
  power: 'on' | 'off';
  /**
   * Which user data the first boot reads, as a hash: it cannot be read back. Null
   * when that is not known, as in a graph that is drawn without a cluster's keys,
   * and for a server that was made without.
   */
  userData: string | null;
  /** Whether the server is protected against deletion and rebuild, because data lives on its disk. */
  protected: boolean;
}

/** A service of a load balancer with every default filled in. Intervals and lifetimes are Seconds. */
export interface LoadBalancerService {
  protocol: 'http' | 'https' | 'tcp';
  listenPort: number;
  destinationPort: number;
  /** For https: key of the certificate node, cookie and redirect. */
  http: {
    certificate: string | null;
    redirectHttp: boolean;
    stickyCookie: { name: string; lifetimeSeconds: number } | null;
  } | null;
  healthCheck: {
    protocol: 'http' | 'tcp';
    port: number;
    intervalSeconds: number;
    timeoutSeconds: number;
    retries: number;
    /** Path of the request for protocol http; null for tcp. */
    path: string | null;
    /** Status codes that count as healthy, such as `2??`. */
    statusCodes: string[];
  };
}

/** What a load balancer shall be. */
export interface LoadBalancerState {
  type: string;
  location: string;
  algorithm: 'round_robin' | 'least_connections';
  network: string | null;
  services: LoadBalancerService[];
  /** Pools whose servers get traffic, over the private network. */
  targetPools: string[];
}

/** Whether a bucket has what it shall have; `unavailable` where its provider does not offer that. */
export type BucketFeature = 'on' | 'off' | 'unavailable';

/** What a bucket in object storage shall be. */
export interface BucketState {
  /** Name of the connection whose project it is in. */
  connection: string;
  /** Its name, which all customers of the provider share. */
  bucket: string;
  /** Whether it says whose it is. */
  mark: BucketFeature;
  /** Whether it keeps what is overwritten or deleted as an old version. */
  versioning: BucketFeature;
  /** Whether old versions and unfinished uploads go by themselves. */
  lifecycle: BucketFeature;
  /** Whether nobody can make it or anything in it public. */
  publicAccessBlock: BucketFeature;
  /** Whether it is only kept for the data in it. */
  retained: boolean;
}

/** State by kind: what each kind of resource is described by, both as wanted and as found. */
export interface ResourceStates {
  network: NetworkState;
  'ssh-key': SshKeyState;
  firewall: FirewallState;
  'placement-group': PlacementGroupState;
  certificate: CertificateState;
  server: ServerState;
  'load-balancer': LoadBalancerState;
  bucket: BucketState;
}

/** Kinds of resources that make up an environment. */
export type ResourceKind = keyof ResourceStates;

/** Id of a resource at its provider: a number at Hetzner Cloud, the name of a bucket. */
export type ProviderId<K extends ResourceKind = ResourceKind> = {
  [Kind in K]: Kind extends 'bucket' ? string : number;
}[K];

/**
 * Kinds in the order of creation, each with the kinds it may need.
 * Removal follows the same table backwards, because what exists no longer
 * has a graph that says what it needed.
 */
export const KIND_NEEDS: Readonly<
  Record<ResourceKind, readonly ResourceKind[]>
> = {
  network: [],
  'ssh-key': [],
  firewall: [],
  'placement-group': [],
  certificate: [],
  server: ['network', 'ssh-key', 'firewall', 'placement-group'],
  'load-balancer': ['network', 'certificate'],
  bucket: [],
};

/** Every kind, in the order of creation. */
export const RESOURCE_KINDS = Object.keys(KIND_NEEDS) as ResourceKind[];

/** A wanted resource. `key` is its stable logical name; `needs` are keys that must exist before it. */
export type ResourceNode<K extends ResourceKind = ResourceKind> = {
  [Kind in K]: {
    kind: Kind;
    key: string;
    desired: ResourceStates[Kind];
    needs: string[];
  };
}[K];

/** Everything an environment shall consist of. Data only. */
export interface ResourceGraph {
  /** Name of the environment. */
  environment: string;
  nodes: ResourceNode[];
}

/** A resource that exists at the provider, described in the same words as a wanted one. */
export type ActualResource<K extends ResourceKind = ResourceKind> = {
  [Kind in K]: {
    kind: Kind;
    key: string;
    /** Id at the provider. */
    providerId: ProviderId<Kind>;
    name: string;
    generation: number;
    state: ResourceStates[Kind];
    /** Whether the provider still works on it, so that its state says little. */
    busy: boolean;
    /** Whether it carries our labels. What does not is used and never changed or removed. */
    owned: boolean;
    /** ISO 8601. */
    createdAt: string;
    labels: Record<string, string>;
    /** What a person asks first, such as addresses, label to value. */
    details: Record<string, string>;
    /** How many targets of a load balancer answer; absent for other kinds. */
    targets?: TargetHealth;
    /** For a server: size of its disk in GB, which stays when the type changes. */
    diskGb?: number;
    /** Whether the provider refuses to delete it until the protection is lifted. */
    deleteProtected: boolean;
  };
}[K];
