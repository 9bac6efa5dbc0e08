import { createHash } from 'node:crypto';
import {
  OWNERSHIP_LABELS,
  type Owner,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Addon, AddonContext } from '../../bootstrap/addons/Addon';
import type { KubernetesObject } from '../../clouds/kubernetes';
import { nameOf } from './readiness';

/** Label that says to which add-on an object belongs. */
export const ADDON_LABEL = 'infra.xpeditis.com/addon';

/**
 * Annotation with the hash of what was applied. What we named once and name no
 * more cannot be seen in an object; its hash is another one then.
 */
export const CONTENT_ANNOTATION = 'infra.xpeditis.com/content';

const HASH_DIGITS = 32;

const hashOf = (value: unknown) =>
  createHash('sha256')
    .update(JSON.stringify(value))
    .digest('hex')
    .slice(0, HASH_DIGITS);

/** An object with what says whose it is, and what it was made from. */
function marked(
  object: KubernetesObject,
  addon: string,
  owner: Owner,
): KubernetesObject {
  const { metadata } = object;
  return {
    ...object,
    metadata: {
      ...metadata,
      labels: {
        ...metadata.labels,
        [OWNERSHIP_LABELS.installation]: owner.installation,
        [OWNERSHIP_LABELS.environmentId]: owner.environmentId,
        [ADDON_LABEL]: addon,
      },
      annotations: {
        ...metadata.annotations,
        [CONTENT_ANNOTATION]: hashOf(object),
      },
    },
  };
}

/** What is applied for an add-on, in order. */
export const addonObjects = (
  addon: Addon,
  context: AddonContext,
): KubernetesObject[] =>
  addon
    .objects(context)
    .map(object => marked(object, addon.name, context.owner));

/** The hash of all that an add-on is made from. Secret values are in it, and cannot be told from it. */
export const addonContent = (objects: readonly KubernetesObject[]): string =>
  hashOf(objects);

/** Whether all that is wanted is found, with the same values. More may be found: others add to it. */
export function covers(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(found) &&
      found.length === wanted.length &&
      wanted.every((value, index) => covers(found[index], value))
    );
  }
  if (typeof wanted === 'object' && wanted !== null) {
    return Object.entries(wanted).every(([key, value]) =>
      covers((found as Record<string, unknown> | undefined)?.[key], value),
    );
  }
  return found === wanted;
}

/** Names an object among those of an add-on. */
export const referenceOf = (
  object: Pick<KubernetesObject, 'kind' | 'metadata'>,
) => `${object.kind} ${nameOf(object)}`;

/** The objects of an add-on that are not as they should be, such as `HelmChart kube-system/hcloud-csi`. */
export function differingObjects(
  wanted: readonly KubernetesObject[],
  found: readonly KubernetesObject[],
): string[] {
  const byReference = new Map(found.map(each => [referenceOf(each), each]));
  return wanted
    .filter(each => !covers(byReference.get(referenceOf(each)), each))
    .map(referenceOf);
}
