import {
  ownershipSelector,
  type ActualResource,
  type Owner,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  createOrAdopt,
  hetznerCodes,
  type Certificate,
} from '../clouds/hetzner';
import { identityOf, newIdentity } from './identity';
import { removeOwned } from './removal';
import type { ResourceDriver } from './ResourceDriver';

/** A certificate in the words of the graph. */
export function describeCertificate(
  certificate: Certificate,
  owner: Owner,
): ActualResource<'certificate'> {
  return {
    kind: 'certificate',
    ...identityOf(certificate, owner),
    state: { domains: certificate.domain_names },
    busy: false,
    details: {
      Domains: certificate.domain_names.join(', '),
      ...(certificate.not_valid_after
        ? { 'Valid until': certificate.not_valid_after }
        : {}),
      ...(certificate.fingerprint
        ? { Fingerprint: certificate.fingerprint }
        : {}),
    },
    deleteProtected: false,
  };
}

/** Certificates that are uploaded. One with other domains is another certificate, of the next generation. */
export const certificateDriver: ResourceDriver<'certificate'> = {
  kind: 'certificate',

  async observe({ cloud, owner }) {
    const certificates = await cloud.listAll('/certificates', {
      label_selector: ownershipSelector(owner),
    });
    return () =>
      certificates.map(certificate => describeCertificate(certificate, owner));
  },

  async create(node, context) {
    const { cloud, material, generation, signal } = context;
    const { certificate, privateKey } = await material.certificate(
      node.desired.domains,
      generation,
    );
    const { resource, actions } = await createOrAdopt(
      cloud,
      '/certificates',
      {
        ...newIdentity(node, context),
        type: 'uploaded',
        certificate,
        private_key: privateKey,
      },
      { signal },
    );
    await cloud.waitFor(actions, { signal });
    return { providerId: resource.id };
  },

  // Nothing of it is changed in place.
  async update() {},

  async remove(actual, context) {
    const { cloud, signal } = context;
    await removeOwned(actual, context, {
      delete: () =>
        cloud.delete('/certificates/{id}', {
          path: { id: actual.providerId },
          signal,
          // The load balancer that used it may still be going.
          retryOn: [hetznerCodes.resourceInUse],
        }),
    });
  },
};
