import { toYaml } from '../cloudConfig';
import type { Addon, BucketAccess } from './Addon';
import { helmChart, KUBE_SYSTEM, secret, statefulSet } from './objects';
import { isMonitored, MONITORING, prometheusStack } from './prometheusStack';

const NAME = 'loki';
const VERSION = '18.11.0';
const KEYS_SECRET = 'loki-object-storage';

/** Folder of the bucket that logs go to. Loki takes no dash in it. */
const PREFIX = 'logs';

/** The keys, apart from the rest, because values of a chart are no secret. */
const keysOf = ({ accessKey, secretKey }: BucketAccess) =>
  toYaml({
    loki: {
      storage: {
        object_store: {
          s3: { access_key_id: accessKey, secret_access_key: secretKey },
        },
      },
    },
  });

function storage(bucket: BucketAccess | undefined) {
  if (!bucket) return { type: 'filesystem' };
  const bucketNames = { chunks: bucket.bucket, ruler: bucket.bucket };
  return {
    type: 's3',
    bucketNames,
    // The client that knows a prefix.
    use_thanos_objstore: true,
    object_store: {
      type: 's3',
      storage_prefix: PREFIX,
      s3: { endpoint: bucket.host, region: bucket.region },
    },
  };
}

/**
 * Logs, in the environment's bucket where it has one, else for a week on the
 * worker's own disk. One process is enough for a cluster of this size.
 *
 * Version: grafana-community/helm-charts, 2026-08-20 (Loki 3.7.6).
 */
export const loki: Addon = {
  name: NAME,
  version: VERSION,
  needs: [prometheusStack.name],
  isWanted: isMonitored,
  objects: ({ bucket }) => [
    ...(bucket
      ? [
          // The helm controller reads it beside the HelmChart.
          secret(
            { name: KEYS_SECRET, namespace: KUBE_SYSTEM },
            { 'values.yaml': keysOf(bucket) },
          ),
        ]
      : []),
    helmChart({
      name: NAME,
      namespace: MONITORING,
      repo: 'https://grafana-community.github.io/helm-charts',
      chart: NAME,
      version: VERSION,
      ...(bucket && {
        valuesSecrets: [{ name: KEYS_SECRET, keys: ['values.yaml'] }],
      }),
      values: {
        deploymentMode: 'Monolithic',
        singleBinary: { replicas: 1, persistence: { enabled: false } },
        ...Object.fromEntries(
          ['read', 'write', 'backend'].map(part => [part, { replicas: 0 }]),
        ),
        ...Object.fromEntries(
          ['chunksCache', 'resultsCache', 'lokiCanary', 'test', 'gateway'].map(
            part => [part, { enabled: false }],
          ),
        ),
        loki: {
          auth_enabled: false,
          commonConfig: { replication_factor: 1 },
          limits_config: { retention_period: '168h' },
          compactor: {
            retention_enabled: true,
            delete_request_store: bucket ? 's3' : 'filesystem',
          },
          schemaConfig: {
            configs: [
              {
                from: '2026-01-01',
                store: 'tsdb',
                object_store: bucket ? 's3' : 'filesystem',
                schema: 'v13',
                index: { prefix: 'index_', period: '24h' },
              },
            ],
          },
          storage: storage(bucket),
        },
      },
    }),
  ],
  signs: () => [statefulSet(MONITORING, NAME)],
};
