import type { Disk } from '../disk';
import type { Surroundings } from '../Surroundings';
import type { Clusters } from './Cluster';
import type { K3sUnit } from './unitFile';

/** What k3s on a machine works with. */
export interface K3sContext {
  unit: K3sUnit;
  disk: Disk;
  surroundings: Surroundings;
  clusters: Clusters;
  /** Paths by name. */
  programs: Record<string, string>;
  /** Folder of what its programs say. */
  logs: string;
  /** Of k3s, such as `v1.36.3+k3s1`. */
  version: string;
  say: (message: string) => void;
  /** Ends it. */
  signal: AbortSignal;
}
