import { z } from 'zod';
import { canBePublic } from '../../addresses/cidr';
import { isPrivate, parseIpv4 } from '../../addresses/ipv4';
import { loadBalancerTypeNamed } from '../../catalogue/loadBalancerTypes';
import type { Cloud } from '../../cloud';
import { errors } from '../../errors';
import { LabelSelectorError, parseLabelSelector } from '../../labelSelector';
import type { Project } from '../../project';
import { found, id, invalidField } from '../../reference';
import { flag } from '../../requestFields';
import type { LoadBalancer, Target } from './loadBalancer';
import { resolveTarget } from './membership';

const selector = z
  .string()
  .min(1)
  .max(1000)
  .superRefine((text, context) => {
    try {
      parseLabelSelector(text);
    } catch (error) {
      if (!(error instanceof LabelSelectorError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
  });

const use_private_ip = flag(false);

/** A target in a request. */
export const targetBody = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('server'),
    server: z.object({ id }),
    use_private_ip,
  }),
  z.object({
    type: z.literal('label_selector'),
    label_selector: z.object({ selector }),
    use_private_ip,
  }),
  z.object({
    type: z.literal('ip'),
    ip: z.object({ ip: z.string() }),
    use_private_ip,
  }),
]);

/** A target in a request. */
export type TargetBody = z.infer<typeof targetBody>;

/** The target that a request means. */
export function targetOf(body: TargetBody): Target {
  switch (body.type) {
    case 'server':
      return {
        type: body.type,
        server: body.server.id,
        usePrivateIp: body.use_private_ip,
      };
    case 'label_selector':
      return {
        type: body.type,
        selector: body.label_selector.selector,
        usePrivateIp: body.use_private_ip,
      };
    default:
      return { type: body.type, ip: body.ip.ip };
  }
}

/** True when two targets send traffic to the same thing. */
export function isSameTarget(left: Target, right: Target): boolean {
  if (left.type === 'server' && right.type === 'server') {
    return left.server === right.server;
  }
  if (left.type === 'label_selector' && right.type === 'label_selector') {
    return left.selector === right.selector;
  }
  return left.type === 'ip' && right.type === 'ip' && left.ip === right.ip;
}

/** A load balancer as far as it matters for its targets. */
type Destination = Pick<
  LoadBalancer,
  'type' | 'privateNets' | 'publicInterface' | 'targets'
>;

/** How many targets a load balancer has; each server of a label selector counts. */
export const countTargets = (
  project: Project,
  loadBalancer: Pick<LoadBalancer, 'privateNets'>,
  targets: readonly Target[],
) =>
  targets.reduce(
    (sum, target) =>
      sum +
      (target.type === 'label_selector'
        ? resolveTarget(project, loadBalancer, target).length
        : 1),
    0,
  );

/**
 * Refuses a target that a load balancer cannot have.
 *
 * @throws ApiError 403, 404 or 422
 */
export function requireTarget(
  project: Project,
  cloud: Cloud,
  loadBalancer: Destination,
  target: Target,
): void {
  if (loadBalancer.targets.some(other => isSameTarget(other, target))) {
    throw errors.targetAlreadyDefined();
  }
  if (target.type === 'ip') requireForeignIp(cloud, target.ip);
  else requireReachable(project, loadBalancer, target);
  const { maxTargets } = loadBalancerTypeNamed(loadBalancer.type);
  const all = [...loadBalancer.targets, target];
  if (countTargets(project, loadBalancer, all) > maxTargets) {
    throw errors.limitExceeded(
      'load balancer target limit exceeded',
      'load_balancer_target_limit',
    );
  }
}

function requireReachable(
  project: Project,
  loadBalancer: Destination,
  target: Exclude<Target, { type: 'ip' }>,
): void {
  if (target.usePrivateIp && loadBalancer.privateNets.length === 0) {
    throw errors.loadBalancerNotAttached();
  }
  if (!target.usePrivateIp && !loadBalancer.publicInterface) {
    throw errors.loadBalancerPublicInterfaceDisabled();
  }
  if (target.type === 'label_selector') return;
  found(project.servers, 'server', target.server);
  if (resolveTarget(project, loadBalancer, target).length === 0) {
    throw target.usePrivateIp
      ? errors.noPrivateTarget()
      : errors.noPublicTarget();
  }
}

/**
 * An IP target must be that of a dedicated server. The sandbox knows none, so
 * it takes every public address outside the cloud for one.
 */
function requireForeignIp(cloud: Cloud, ip: string): void {
  const address = parseIpv4(ip);
  if (address === undefined)
    throw invalidField('ip', `'${ip}' is no IPv4 address`);
  if (cloud.publicAddresses().has(ip)) throw errors.cloudResourceIpNotAllowed();
  if (isPrivate({ base: address, prefix: 32 })) {
    throw errors.networkHasNoVswitchSubnet();
  }
  if (!canBePublic(ip)) throw errors.ipNotOwned();
}
