import { z } from 'zod';
import { isLocked } from '../../actions/runner';
import { errors } from '../../errors';
import type { Project } from '../../project';
import { found } from '../../reference';
import type { LoadBalancer } from './loadBalancer';

/** Args of an action on one load balancer. */
export const loadBalancerArgs = z.object({ loadBalancer: z.int() });

/** The load balancer of a request or an action. */
export const loadBalancerOf = (project: Project, id: number): LoadBalancer =>
  found(project.loadBalancers, 'load_balancer', id);

/**
 * The load balancer of a request that wants to change it; changes happen one
 * at a time.
 *
 * @throws ApiError 404, or 409 conflict while another change is made
 */
export function changeableLoadBalancer(
  project: Project,
  id: number,
): LoadBalancer {
  const loadBalancer = loadBalancerOf(project, id);
  if (isLocked(project, 'load_balancer', id)) {
    throw errors.conflict('load balancer has changed during request');
  }
  return loadBalancer;
}

/** How an action that is about one load balancer and holds it is to run. */
export const holding = ({ id }: { id: number }) => {
  const reference = { type: 'load_balancer', id };
  return { resources: [reference], locks: [reference] };
};
