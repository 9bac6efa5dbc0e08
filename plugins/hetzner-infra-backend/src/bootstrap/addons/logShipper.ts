import type { Addon } from './Addon';
import { loki } from './loki';
import { daemonSet, helmChart } from './objects';
import { isMonitored, MONITORING } from './prometheusStack';

const NAME = 'alloy';
const VERSION = '1.11.1';

/**
 * Reads the logs of the pods of its own node and sends them to Loki, under the
 * names that people look for (Grafana Alloy documentation, `loki.source.file`).
 */
const PIPELINE = `
discovery.kubernetes "pods" {
  role = "pod"
  selectors {
    role  = "pod"
    field = "spec.nodeName=" + coalesce(sys.env("HOSTNAME"), constants.hostname)
  }
}

discovery.relabel "pods" {
  targets = discovery.kubernetes.pods.targets
  rule {
    source_labels = ["__meta_kubernetes_namespace"]
    target_label  = "namespace"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_name"]
    target_label  = "pod"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_container_name"]
    target_label  = "container"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_label_app_kubernetes_io_name"]
    target_label  = "app"
  }
  rule {
    source_labels = ["__meta_kubernetes_pod_uid", "__meta_kubernetes_pod_container_name"]
    separator     = "/"
    target_label  = "__path__"
    replacement   = "/var/log/pods/*$1/*.log"
  }
}

local.file_match "pods" {
  path_targets = discovery.relabel.pods.output
}

loki.source.file "pods" {
  targets    = local.file_match.pods.targets
  forward_to = [loki.process.pods.receiver]
}

loki.process "pods" {
  stage.cri {}
  forward_to = [loki.write.loki.receiver]
}

loki.write "loki" {
  endpoint {
    url = "http://loki.${MONITORING}.svc:3100/loki/api/v1/push"
  }
}
`.trimStart();

/**
 * Grafana Alloy on every node: Promtail, which it follows, gets no more
 * releases. On control planes too, whose pods have logs like others.
 *
 * Version: grafana/alloy, `operations/helm/charts/alloy`, 2026-08-21 (Alloy 1.18.1).
 */
export const logShipper: Addon = {
  name: NAME,
  version: VERSION,
  needs: [loki.name],
  isWanted: isMonitored,
  objects: () => [
    helmChart({
      name: NAME,
      namespace: MONITORING,
      repo: 'https://grafana.github.io/helm-charts',
      chart: NAME,
      version: VERSION,
      values: {
        crds: { create: false },
        alloy: {
          configMap: { content: PIPELINE },
          mounts: { varlog: true },
          extraEnv: [
            {
              name: 'HOSTNAME',
              valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } },
            },
          ],
        },
        controller: {
          type: 'daemonset',
          tolerations: [{ operator: 'Exists' }],
        },
      },
    }),
  ],
  signs: () => [daemonSet(MONITORING, NAME)],
};
