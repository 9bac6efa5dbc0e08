/** A CA that signs, as k3s takes it. All PEM. */
export interface SigningCa {
  /** The signing certificate first, then its root. */
  chain: string;
  /** SEC 1. */
  privateKey: string;
}

/** What makes a cluster this cluster and no other. Secret but for the chains. */
export interface ClusterIdentity {
  /** Signs what the API server and the kubelets show. */
  serverCa: SigningCa;
  /** Signs what administrators, kubelets and controllers show. */
  clientCa: SigningCa;
  /** Opens the cluster to control planes, and seals what they share. */
  serverPassword: string;
  /** Opens the cluster to workers only. */
  agentPassword: string;
}
