/** Where the API and k3s's own calls are. Source: k3s documentation, installation/requirements. */
export const API_PORT = 6443;

/** Where the API server itself listens, for what runs beside it. */
export const API_SERVER_PORT = 6444;

/** etcd's clients and peers. */
export const ETCD_CLIENT_PORT = 2379;
export const ETCD_PEER_PORT = 2380;

/** A node's kubelet. */
export const KUBELET_PORT = 10250;

/** KWOK, which plays every kubelet; each node's port leads to it. */
export const KWOK_PORT = 10247;

export const METRICS_SERVER_PORT = 10251;
