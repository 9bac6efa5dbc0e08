import type { ResourceKind } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { bucketDriver } from './bucket';
import { certificateDriver } from './certificate';
import { firewallDriver } from './firewall';
import { loadBalancerDriver } from './loadBalancer';
import { networkDriver } from './network';
import { placementGroupDriver } from './placementGroup';
import type { ResourceDriver } from './ResourceDriver';
import { serverDriver } from './server';
import { sshKeyDriver } from './sshKey';

const DRIVERS: { readonly [K in ResourceKind]: ResourceDriver<K> } = {
  network: networkDriver,
  'ssh-key': sshKeyDriver,
  firewall: firewallDriver,
  'placement-group': placementGroupDriver,
  certificate: certificateDriver,
  server: serverDriver,
  'load-balancer': loadBalancerDriver,
  bucket: bucketDriver,
};

/** The driver of a kind. */
export function driverOf<K extends ResourceKind>(kind: K): ResourceDriver<K> {
  return DRIVERS[kind];
}
