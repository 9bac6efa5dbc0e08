export { connectKubernetes } from './connectKubernetes';
export type { ClientCredential, KubernetesOptions } from './ControlPlanes';
export { kubernetesCodes } from './errorCodes';
export { FIELD_MANAGER } from './KubernetesCluster';
export type {
  KubernetesCluster,
  KubernetesConnection,
  KubernetesObject,
  KubernetesScope,
  ObjectQuery,
  ObjectReference,
} from './KubernetesCluster';
