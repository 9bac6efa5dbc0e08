import { z } from 'zod';
import {
  LoadBalancerType,
  loadBalancerTypes,
} from '../catalogue/loadBalancerTypes';
import { priceRows } from '../catalogue/prices';
import { getOperation, listOperation } from '../list';
import { Operation } from '../operation';
import { deprecation, priceRow } from './serverTypes';

/** A load balancer type as the API answers it. */
export const loadBalancerTypeAnswer = z.object({
  id: z.int(),
  name: z.string(),
  description: z.string(),
  max_connections: z.int(),
  max_services: z.int(),
  max_targets: z.int(),
  max_assigned_certificates: z.int(),
  deprecation,
  prices: z.array(priceRow),
});

/** A load balancer type as the API answers it. */
export const loadBalancerTypeView = (
  type: LoadBalancerType,
): z.infer<typeof loadBalancerTypeAnswer> => ({
  id: type.id,
  name: type.name,
  description: type.description,
  max_connections: type.maxConnections,
  max_services: type.maxServices,
  max_targets: type.maxTargets,
  max_assigned_certificates: type.maxAssignedCertificates,
  deprecation: null,
  prices: priceRows(type),
});

/** Reading load balancer types. */
export const loadBalancerTypeOperations: Operation[] = [
  listOperation('GET /load_balancer_types', {
    key: 'load_balancer_types',
    items: () => loadBalancerTypes,
    view: loadBalancerTypeView,
    answer: loadBalancerTypeAnswer,
  }),
  getOperation('GET /load_balancer_types/{id}', {
    key: 'load_balancer_type',
    find: call => loadBalancerTypes.find(({ id }) => id === call.id),
    view: loadBalancerTypeView,
    answer: loadBalancerTypeAnswer,
  }),
];
