import type { KubernetesObject } from '../../clouds/kubernetes';
import type { Addon } from './Addon';
import { APPLICATION_NAMESPACE } from './applicationNamespace';
import { clusterWide, KUBE_SYSTEM } from './objects';
import { isMonitored, MONITORING, prometheusStack } from './prometheusStack';

const MONITOR_API = 'monitoring.coreos.com/v1';

interface Panel {
  title: string;
  /** PromQL. */
  expression: string;
  /** Of a line, such as `{{pod}}`. */
  legend: string;
  /** Grafana's name of the unit. */
  unit: string;
}

const COLUMNS = 2;
const GRID_WIDTH = 24;
const PANEL_HEIGHT = 8;

/** A dashboard as Grafana's sidecar reads it (Grafana documentation, "Dashboard JSON model"). */
function dashboard(
  uid: string,
  title: string,
  panels: Panel[],
): KubernetesObject {
  const width = GRID_WIDTH / COLUMNS;
  const model = {
    uid,
    title,
    tags: ['xpeditis'],
    timezone: 'browser',
    refresh: '30s',
    time: { from: 'now-3h', to: 'now' },
    schemaVersion: 39,
    panels: panels.map((panel, index) => ({
      id: index + 1,
      type: 'timeseries',
      title: panel.title,
      datasource: { type: 'prometheus', uid: 'prometheus' },
      gridPos: {
        x: (index % COLUMNS) * width,
        y: Math.floor(index / COLUMNS) * PANEL_HEIGHT,
        w: width,
        h: PANEL_HEIGHT,
      },
      fieldConfig: { defaults: { unit: panel.unit, min: 0 }, overrides: [] },
      targets: [
        { refId: 'A', expr: panel.expression, legendFormat: panel.legend },
      ],
    })),
  };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `dashboard-${uid}`,
      namespace: MONITORING,
      labels: { grafana_dashboard: '1' },
    },
    data: { [`${uid}.json`]: JSON.stringify(model) },
  };
}

const podMonitor = (
  name: string,
  namespace: string,
  app: string,
  port: string,
): KubernetesObject => ({
  apiVersion: MONITOR_API,
  kind: 'PodMonitor',
  metadata: { name, namespace: MONITORING },
  spec: {
    namespaceSelector: { matchNames: [namespace] },
    selector: { matchLabels: { 'app.kubernetes.io/name': app } },
    podMetricsEndpoints: [{ port, path: '/metrics' }],
  },
});

const TRAEFIK = dashboard('xpeditis-traefik', 'Traefik', [
  {
    title: 'Requests a second by code',
    expression: 'sum by (code) (rate(traefik_entrypoint_requests_total[5m]))',
    legend: '{{code}}',
    unit: 'reqps',
  },
  {
    title: 'Time of nine requests in ten, by service',
    expression:
      'histogram_quantile(0.9, sum by (service, le) (rate(traefik_service_request_duration_seconds_bucket[5m])))',
    legend: '{{service}}',
    unit: 's',
  },
  {
    title: 'Open connections by entry point',
    expression: 'sum by (entrypoint) (traefik_open_connections)',
    legend: '{{entrypoint}}',
    unit: 'short',
  },
  {
    title: 'Days until certificates end',
    expression: '(min by (cn) (traefik_tls_certs_not_after) - time()) / 86400',
    legend: '{{cn}}',
    unit: 'd',
  },
]);

const OF_WORKLOADS = `namespace="${APPLICATION_NAMESPACE}"`;

const WORKLOADS = dashboard('xpeditis-workloads', 'Xpeditis workloads', [
  {
    title: 'CPU of what pods ask for',
    expression: `sum by (pod) (rate(container_cpu_usage_seconds_total{${OF_WORKLOADS},container!=""}[5m])) / sum by (pod) (kube_pod_container_resource_requests{${OF_WORKLOADS},resource="cpu"})`,
    legend: '{{pod}}',
    unit: 'percentunit',
  },
  {
    title: 'Memory of what pods ask for',
    expression: `sum by (pod) (container_memory_working_set_bytes{${OF_WORKLOADS},container!=""}) / sum by (pod) (kube_pod_container_resource_requests{${OF_WORKLOADS},resource="memory"})`,
    legend: '{{pod}}',
    unit: 'percentunit',
  },
  {
    title: 'Pods wanted by the autoscaler',
    expression: `kube_horizontalpodautoscaler_status_desired_replicas{${OF_WORKLOADS}}`,
    legend: '{{horizontalpodautoscaler}}',
    unit: 'short',
  },
  {
    title: 'Restarts in an hour',
    expression: `sum by (pod) (increase(kube_pod_container_status_restarts_total{${OF_WORKLOADS}}[1h]))`,
    legend: '{{pod}}',
    unit: 'short',
  },
]);

/** What Prometheus reads beside the cluster itself, and dashboards for it. Those of nodes come with the chart. */
export const dashboards: Addon = {
  name: 'dashboards',
  version: '1',
  // Its definitions have to be there.
  needs: [prometheusStack.name],
  isWanted: isMonitored,
  objects: () => [
    podMonitor('traefik', KUBE_SYSTEM, 'traefik', 'metrics'),
    podMonitor('backend', APPLICATION_NAMESPACE, 'backend', 'metrics'),
    TRAEFIK,
    WORKLOADS,
  ],
  signs: () => [
    {
      ...clusterWide(MONITOR_API, 'PodMonitor', 'traefik', 'exists'),
      metadata: { name: 'traefik', namespace: MONITORING },
    },
  ],
};
