/** A server of the project as a cloud controller sees it. */
export interface CloudServer {
  id: number;
  name: string;
  isRunning: boolean;
  type: string;
  location: string;
  publicAddress: string | undefined;
  privateAddresses: string[];
}

/** What a machine can learn of itself and of what is around it. */
export interface Surroundings {
  /** Its host name: the server's name. */
  hostName: string;
  /** The server's id. */
  serverId: number;
  /** The loopback address at which it listens on this machine. */
  address: string;
  /** Its type's name, cores, memory and disk (GB). */
  type: {
    name: string;
    cores: number;
    memory: number;
    disk: number;
    architecture: 'x86' | 'arm';
  };
  location: string;
  /** Description of the image that it runs. */
  image: string;
  /** Its addresses in networks, now. */
  privateAddresses(): string[];
  /** Its public IPv4; it is `address` then. */
  publicAddress(): string | undefined;
  /**
   * Where on this machine the running server listens that has an address as
   * this one sees it: any public one, and private ones in its own networks.
   * Undefined when nothing answers there.
   */
  route(address: string): string | undefined;
  /** All servers of the project, as the provider's API shows them to a token; undefined for one that does not open it. */
  servers(token: string): CloudServer[] | undefined;
}
