import type { EnvironmentDocument } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Addon, AddonContext } from './Addon';
import { cloudControllerManager } from './cloudControllerManager';
import {
  clusterWide,
  daemonSet,
  deployment,
  helmChart,
  namespace,
  secret,
  statefulSet,
} from './objects';

const NAME = 'kube-prometheus-stack';
const VERSION = '88.5.3';

/** Where everything that watches the cluster runs. */
export const MONITORING = 'monitoring';

const GRAFANA_SECRET = 'grafana-admin';
const WEBHOOK_SECRET = 'alertmanager-webhook';

/** Whether the document asks for monitoring, which it does by saying nothing. */
export const isMonitored = ({ spec }: EnvironmentDocument) =>
  spec.addons?.monitoring ?? true;

/** Where alerts go. Without an address they stay in Alertmanager, where Grafana shows them. */
function alertmanager(webhook: string | undefined) {
  return {
    config: {
      route: {
        receiver: webhook ? 'webhook' : 'null',
        group_by: ['namespace', 'alertname'],
        routes: [
          { receiver: 'null', matchers: ['alertname = "Watchdog"'] },
          { receiver: 'null', matchers: ['severity = "info"'] },
        ],
      },
      receivers: [
        { name: 'null' },
        ...(webhook
          ? [
              {
                name: 'webhook',
                // The address may carry a token.
                webhook_configs: [
                  {
                    url_file: `/etc/alertmanager/secrets/${WEBHOOK_SECRET}/url`,
                    send_resolved: true,
                  },
                ],
              },
            ]
          : []),
      ],
    },
    ...(webhook && { alertmanagerSpec: { secrets: [WEBHOOK_SECRET] } }),
  };
}

/**
 * k3s runs these in one process, without endpoints of their own: they would be
 * alerts for ever.
 */
const IN_ONE_PROCESS = Object.fromEntries(
  ['kubeControllerManager', 'kubeScheduler', 'kubeProxy', 'kubeEtcd'].map(
    name => [name, { enabled: false }],
  ),
);

/** What is found by its kind alone, whoever installed it. */
const OF_ALL_RELEASES = {
  podMonitorSelectorNilUsesHelmValues: false,
  serviceMonitorSelectorNilUsesHelmValues: false,
  ruleSelectorNilUsesHelmValues: false,
};

const secrets = ({ grafanaPassword, alertWebhook }: AddonContext) => [
  secret(
    { name: GRAFANA_SECRET, namespace: MONITORING },
    { user: 'admin', password: grafanaPassword },
  ),
  ...(alertWebhook
    ? [
        secret(
          { name: WEBHOOK_SECRET, namespace: MONITORING },
          { url: alertWebhook },
        ),
      ]
    : []),
];

/**
 * Prometheus, Alertmanager and Grafana with dashboards of nodes and workloads. It
 * keeps two days on the worker's own disk: volumes would cost what no quote says.
 *
 * Version: prometheus-community/helm-charts, 2026-08-21.
 */
export const prometheusStack: Addon = {
  name: NAME,
  version: VERSION,
  needs: [cloudControllerManager.name],
  isWanted: isMonitored,
  objects: context => [
    // The node exporter and the log shipper read the server's own folders.
    namespace(MONITORING, 'privileged'),
    ...secrets(context),
    helmChart({
      name: NAME,
      namespace: MONITORING,
      repo: 'https://prometheus-community.github.io/helm-charts',
      chart: NAME,
      version: VERSION,
      values: {
        ...IN_ONE_PROCESS,
        alertmanager: alertmanager(context.alertWebhook),
        prometheus: {
          prometheusSpec: {
            ...OF_ALL_RELEASES,
            retention: '2d',
            retentionSize: '6GB',
            resources: { requests: { cpu: '200m', memory: '512Mi' } },
          },
        },
        grafana: {
          admin: {
            existingSecret: GRAFANA_SECRET,
            userKey: 'user',
            passwordKey: 'password',
          },
          additionalDataSources: [
            {
              name: 'Loki',
              uid: 'loki',
              type: 'loki',
              access: 'proxy',
              url: `http://loki.${MONITORING}.svc:3100`,
            },
          ],
        },
      },
    }),
  ],
  signs: () => [
    deployment(MONITORING, `${NAME}-operator`),
    deployment(MONITORING, `${NAME}-grafana`),
    deployment(MONITORING, `${NAME}-kube-state-metrics`),
    daemonSet(MONITORING, `${NAME}-prometheus-node-exporter`),
    statefulSet(MONITORING, `prometheus-${NAME}-prometheus`),
    statefulSet(MONITORING, `alertmanager-${NAME}-alertmanager`),
    clusterWide(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      'podmonitors.monitoring.coreos.com',
      'exists',
    ),
  ],
};
