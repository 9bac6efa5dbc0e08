import {
  keyMaterial,
  note,
  ownershipSelector,
  type ActualResource,
  type Owner,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  createOrAdopt,
  hetznerCodes,
  isCode,
  type SshKey,
} from '../clouds/hetzner';
import { identityOf, newIdentity } from './identity';
import { removeOwned } from './removal';
import type { ReadContext, ResourceDriver } from './ResourceDriver';

/** An SSH key in the words of the graph. */
export function describeSshKey(
  key: SshKey,
  owner: Owner,
): ActualResource<'ssh-key'> {
  return {
    kind: 'ssh-key',
    ...identityOf(key, owner),
    state: { publicKey: key.public_key },
    busy: false,
    details: { Fingerprint: key.fingerprint },
    deleteProtected: false,
  };
}

/** A key that a node uses although it stands for something else: it is never changed or removed. */
const borrowed = (
  key: SshKey,
  owner: Owner,
  as: { key: string; generation: number },
): ActualResource<'ssh-key'> => ({
  ...describeSshKey(key, owner),
  ...as,
  owned: false,
});

const ofMaterial = (keys: readonly SshKey[], publicKey: string) =>
  keys.find(key => keyMaterial(key.public_key) === keyMaterial(publicKey));

/** The public keys that people asked for, by the key of their node. */
function wantedKeys({ wanted = [] }: ReadContext): Map<string, string> {
  return new Map(
    wanted.flatMap(node =>
      node.kind === 'ssh-key' && node.desired.publicKey !== null
        ? [[node.key, node.desired.publicKey]]
        : [],
    ),
  );
}

/**
 * SSH keys. The provider takes each public key once per project, so one that a
 * person asks for may be there already, uploaded by somebody else or for
 * another environment: then that one is used. It carries no label of ours and
 * cannot be given one, so it is found again by its material: while keys are
 * wanted, all of the project are read instead of the labelled ones.
 */
export const sshKeyDriver: ResourceDriver<'ssh-key'> = {
  kind: 'ssh-key',

  async observe(context) {
    const { cloud, owner } = context;
    const wanted = wantedKeys(context);
    const keys = await cloud.listAll(
      '/ssh_keys',
      wanted.size > 0 ? {} : { label_selector: ownershipSelector(owner) },
    );
    return () => {
      const labelled = keys
        .map(key => describeSshKey(key, owner))
        .filter(({ owned }) => owned);
      const used = [...wanted].flatMap(([nodeKey, publicKey]) => {
        const found = ofMaterial(keys, publicKey);
        const own = labelled.filter(({ key }) => key === nodeKey);
        if (!found || own.some(({ providerId }) => providerId === found.id)) {
          return [];
        }
        // It takes the place of a key of ours with other material.
        const generation =
          1 + Math.max(0, ...own.map(({ generation: its }) => its));
        return [borrowed(found, owner, { key: nodeKey, generation })];
      });
      return [...labelled, ...used];
    };
  },

  async create(node, context) {
    const { cloud, material, signal } = context;
    const publicKey =
      node.desired.publicKey ?? (await material.throwAwaySshKey());
    try {
      const { resource } = await createOrAdopt(
        cloud,
        '/ssh_keys',
        { ...newIdentity(node, context), public_key: publicKey },
        { signal },
      );
      return { providerId: resource.id };
    } catch (error) {
      if (!isCode(error, hetznerCodes.uniquenessError)) throw error;
      const found = ofMaterial(await cloud.listAll('/ssh_keys'), publicKey);
      if (!found) throw error;
      context.log(
        note(
          'key-known',
          { key: found.name },
          `The project has this key already, as ${found.name}.`,
        ),
      );
      return { providerId: found.id };
    }
  },

  // Nothing of it is changed in place.
  async update() {},

  async remove(actual, context) {
    const { cloud, signal } = context;
    await removeOwned(actual, context, {
      delete: () =>
        cloud.delete('/ssh_keys/{id}', {
          path: { id: actual.providerId },
          signal,
        }),
    });
  },
};
