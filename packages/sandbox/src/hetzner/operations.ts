import { actionOperations } from './actions/actionOperations';
import { Operation } from './operation';
import { certificateOperations } from './resources/certificates/operations';
import { datacenterOperations } from './resources/datacenters';
import { firewallOperations } from './resources/firewalls/operations';
import { floatingIpOperations } from './resources/floatingIps/operations';
import { imageOperations } from './resources/images/operations';
import { isoOperations } from './resources/isos';
import { loadBalancerOperations } from './resources/loadBalancers/operations';
import { loadBalancerTypeOperations } from './resources/loadBalancerTypes';
import { locationOperations } from './resources/locations';
import { networkOperations } from './resources/networks/operations';
import { placementGroupOperations } from './resources/placementGroups';
import { pricingOperations } from './resources/pricing';
import { primaryIpOperations } from './resources/primaryIps/operations';
import { serverOperations } from './resources/servers/operations';
import { serverTypeOperations } from './resources/serverTypes';
import { sshKeyOperations } from './resources/sshKeys';
import { volumeOperations } from './resources/volumes';

/** Everything that the sandbox does of the Hetzner Cloud API. */
export const operations: readonly Operation[] = [
  ...actionOperations,
  ...certificateOperations,
  ...datacenterOperations,
  ...firewallOperations,
  ...floatingIpOperations,
  ...imageOperations,
  ...isoOperations,
  ...loadBalancerOperations,
  ...loadBalancerTypeOperations,
  ...locationOperations,
  ...networkOperations,
  ...placementGroupOperations,
  ...pricingOperations,
  ...primaryIpOperations,
  ...serverOperations,
  ...serverTypeOperations,
  ...sshKeyOperations,
  ...volumeOperations,
];
