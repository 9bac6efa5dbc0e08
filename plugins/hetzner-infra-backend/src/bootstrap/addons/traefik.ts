import { SERVER_LABELS } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Addon } from './Addon';
import { cloudControllerManager } from './cloudControllerManager';
import { daemonSet, KUBE_SYSTEM } from './objects';
import { toYaml } from '../cloudConfig';

const NAME = 'traefik';

/** Port of the entry point `web` inside of a pod (traefik-helm-chart, `values.yaml`). */
const WEB_PORT = 8000;

/** The load balancer does not listen on ports of a worker; Traefik does. */
const HOST_PORTS = { web: 80, websecure: 443 };

/**
 * Settings of the ingress that k3s brings: on every worker of the pools, at
 * ports 80 and 443 of its own address, so that the load balancer needs no
 * Service. It answers `/ping` at port 80 to the load balancer's health check, and
 * believes what only the load balancer may say about a visitor. Which Services
 * are sticky, and by which cookie, is for those Services to say.
 *
 * Version: what k3s v1.36.3+k3s1 brings (chart 40).
 */
export const traefik: Addon = {
  name: NAME,
  version: 'k3s',
  needs: [cloudControllerManager.name],
  isWanted: () => true,
  objects: ({ environment, loadBalancerAddress }) => {
    const trustedIPs = [`${loadBalancerAddress}/32`];
    const port = (hostPort: number) => ({
      hostPort,
      forwardedHeaders: { trustedIPs },
    });
    return [
      {
        apiVersion: 'helm.cattle.io/v1',
        kind: 'HelmChartConfig',
        metadata: { name: NAME, namespace: KUBE_SYSTEM },
        spec: {
          failurePolicy: 'retry',
          valuesContent: toYaml({
            deployment: { kind: 'DaemonSet', healthchecksPort: WEB_PORT },
            // The old pod has to free its ports first.
            updateStrategy: {
              type: 'RollingUpdate',
              rollingUpdate: { maxUnavailable: 1, maxSurge: 0 },
            },
            affinity: {
              nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: {
                  nodeSelectorTerms: [
                    {
                      matchExpressions: [
                        {
                          key: SERVER_LABELS.pool,
                          operator: 'In',
                          values: environment.spec.pools
                            .map(pool => pool.name)
                            .sort(),
                        },
                      ],
                    },
                  ],
                },
              },
            },
            additionalArguments: ['--ping.entrypoint=web'],
            // A Service of type LoadBalancer would buy a second one.
            service: { spec: { type: 'ClusterIP' } },
            ports: {
              web: port(HOST_PORTS.web),
              websecure: port(HOST_PORTS.websecure),
            },
          }),
        },
      },
    ];
  },
  signs: () => [daemonSet(KUBE_SYSTEM, NAME)],
};
