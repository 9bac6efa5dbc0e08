import {
  phrase,
  type Phrase,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Addon, AddonContext } from '../../bootstrap/addons/Addon';
import type {
  KubernetesCluster,
  KubernetesObject,
} from '../../clouds/kubernetes';
import { isCode } from '../../clouds/CloudError';
import { kubernetesCodes } from '../../clouds/kubernetes/errorCodes';
import { addonObjects } from './addonObjects';
import { diagnose } from './diagnosis';
import { lackOf } from './readiness';
import { waitUntilReady, type Waiting } from './waitUntilReady';

/** The objects of an add-on as they stand in the cluster. */
export async function addonAsFound(
  addon: Addon,
  context: AddonContext,
  cluster: KubernetesCluster,
): Promise<KubernetesObject[]> {
  const found = await Promise.all(
    addon.objects(context).map(object => cluster.get(object)),
  );
  return found.filter(object => object !== undefined);
}

/** What is missing for an add-on to work. */
export async function lacksOfAddon(
  addon: Addon,
  context: Pick<AddonContext, 'environment'>,
  cluster: KubernetesCluster,
): Promise<Phrase[]> {
  const lacks = await Promise.all(
    addon
      .signs(context)
      .map(async sign => lackOf(sign, await cluster.get(sign))),
  );
  return lacks.filter(lack => lack !== undefined);
}

/** What the cluster reports about the namespaces of an add-on. */
async function explain(
  addon: Addon,
  context: AddonContext,
  cluster: KubernetesCluster,
  lacks: Phrase[],
): Promise<Phrase[]> {
  const charts = (await addonAsFound(addon, context, cluster)).filter(
    ({ kind }) => kind === 'HelmChart',
  );
  const namespaces = new Set([
    ...addon
      .signs(context)
      .map(({ metadata }) => metadata.namespace)
      .filter(name => name !== undefined),
    // Where its job runs.
    ...charts.map(({ metadata }) => metadata.namespace!),
  ]);
  const inNamespaces = async (kind: 'Pod' | 'Event') =>
    (
      await Promise.all(
        [...namespaces].map(namespace =>
          cluster.list({ apiVersion: 'v1', kind, namespace }),
        ),
      )
    ).flat();
  const isMentioned = (name: string) =>
    [...addon.signs(context), ...charts].some(({ metadata }) =>
      name.includes(metadata.name),
    );
  const pods = await inNamespaces('Pod');
  const events = await inNamespaces('Event');
  return diagnose(lacks, {
    charts,
    pods: pods.filter(({ metadata }) => isMentioned(metadata.name)),
    events: events.filter(({ involvedObject }) =>
      isMentioned((involvedObject as { name?: string }).name ?? ''),
    ),
  });
}

/** k3s defines its own kinds a moment after it answers, and a chart those of others. */
const lackOfKind = ({ apiVersion, kind }: KubernetesObject) =>
  phrase(
    'kind-missing',
    { object: kind, api: apiVersion },
    `The cluster has no kind ${kind} of ${apiVersion} yet.`,
  );

/**
 * Installs an add-on or puts it right, and waits until it works. May be cut off
 * at any call and begun again: what is applied twice is applied once.
 *
 * @throws NotReadyInTimeError with what is missing and what the cluster reports
 * @throws CloudError
 */
export async function installAddon(
  addon: Addon,
  context: AddonContext,
  cluster: KubernetesCluster,
  waiting: Waiting,
): Promise<void> {
  const objects = addonObjects(addon, context);
  let applied = 0;
  await waitUntilReady(
    `add-on ${addon.name}`,
    async () => {
      for (; applied < objects.length; applied++) {
        try {
          await cluster.apply(objects[applied]);
        } catch (error) {
          if (isCode(error, kubernetesCodes.noSuchKind)) {
            return [lackOfKind(objects[applied])];
          }
          throw error;
        }
      }
      return lacksOfAddon(addon, context, cluster);
    },
    lacks => explain(addon, context, cluster, lacks),
    waiting,
  );
}

/**
 * Takes an add-on away, last things first; what the controllers of the cluster
 * made of it goes with it. Gone already is no error.
 *
 * @throws CloudError
 */
export async function uninstallAddon(
  addon: Addon,
  context: AddonContext,
  cluster: KubernetesCluster,
): Promise<void> {
  for (const object of [...addon.objects(context)].reverse()) {
    await cluster.delete(object);
  }
}
