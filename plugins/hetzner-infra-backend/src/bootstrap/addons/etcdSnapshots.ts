import { SNAPSHOT_SECRET } from '../k3sConfig';
import type { Addon } from './Addon';
import { KUBE_SYSTEM, secret } from './objects';

/** Folder of the bucket that snapshots go to. */
const FOLDER = 'etcd-snapshots';

/**
 * Tells k3s where its snapshots go; without it they stay on the control planes
 * (K3s documentation, `k3s etcd-snapshot`, "S3 configuration Secret").
 */
export const etcdSnapshots: Addon = {
  name: 'etcd-snapshots',
  version: '1',
  needs: [],
  isWanted: ({ spec }) =>
    spec.connections.objectStorage !== undefined &&
    spec.data?.objectStorage !== undefined,
  objects: ({ bucket }) =>
    bucket
      ? [
          secret(
            { name: SNAPSHOT_SECRET, namespace: KUBE_SYSTEM },
            {
              'etcd-s3-endpoint': bucket.host,
              'etcd-s3-region': bucket.region,
              'etcd-s3-bucket': bucket.bucket,
              'etcd-s3-folder': FOLDER,
              'etcd-s3-access-key': bucket.accessKey,
              'etcd-s3-secret-key': bucket.secretKey,
              'etcd-s3-bucket-lookup-type': 'path',
            },
            'etcd.k3s.cattle.io/s3-config-secret',
          ),
        ]
      : [],
  signs: () => [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: SNAPSHOT_SECRET, namespace: KUBE_SYSTEM },
      when: 'exists',
    },
  ],
};
