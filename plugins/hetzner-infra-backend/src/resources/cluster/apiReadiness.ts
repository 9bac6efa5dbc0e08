import { verbatim } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { CloudError, isCode } from '../../clouds/CloudError';
import type { KubernetesCluster } from '../../clouds/kubernetes';
import { kubernetesCodes } from '../../clouds/kubernetes/errorCodes';
import { ownCodes } from '../../clouds/ownCodes';
import { waitUntilReady, type Waiting } from './waitUntilReady';

/** What a control plane that boots answers, or does not. */
const BOOTING: readonly string[] = [
  ownCodes.connectionFailed,
  ownCodes.connectionLost,
  ownCodes.timedOut,
  // Until it has its own certificate k3s shows none, or one without its names.
  ownCodes.tlsError,
  kubernetesCodes.notReady,
  kubernetesCodes.serviceUnavailable,
  kubernetesCodes.internalError,
  kubernetesCodes.timeout,
  kubernetesCodes.tooManyRequests,
  // Its rights are there a moment later than its port.
  kubernetesCodes.forbidden,
];

/**
 * Waits until the API server of a cluster is ready, by its own authority alone.
 *
 * @throws NotReadyInTimeError with what it answered last
 * @throws CloudError when it will not let the portal in
 */
export async function waitForApi(
  cluster: KubernetesCluster,
  waiting: Waiting,
): Promise<void> {
  await waitUntilReady(
    '/readyz',
    async () => {
      try {
        await cluster.ready();
        return [];
      } catch (error) {
        if (error instanceof CloudError && isCode(error, ...BOOTING)) {
          return [verbatim(error.message)];
        }
        throw error;
      }
    },
    async lacks => lacks,
    waiting,
  );
}
