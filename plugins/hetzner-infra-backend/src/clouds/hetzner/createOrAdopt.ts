import type { Action, ItemOf, RequestOf } from './apiTypes';
import type { HetznerCloud } from './HetznerCloud';

/** The collections whose items have a name that is unique in the project, and labels. */
export type CreatePath =
  | '/certificates'
  | '/firewalls'
  | '/load_balancers'
  | '/networks'
  | '/placement_groups'
  | '/primary_ips'
  | '/servers'
  | '/ssh_keys'
  | '/volumes';

/** The labels by which an object is known to be the caller's. */
export const OWNERSHIP_LABELS = [
  'infra.xpeditis.com/installation',
  'infra.xpeditis.com/environment-id',
] as const;

/** The body of a create, with the labels that say whose it is. */
export type CreateBody<P extends CreatePath> = RequestOf<'post', P>['body'] & {
  name: string;
  labels: Record<(typeof OWNERSHIP_LABELS)[number], string> &
    Record<string, string>;
};

export interface CreateOptions {
  signal?: AbortSignal;
}

export interface Created<P extends CreatePath> {
  resource: ItemOf<P>;
  /** What still runs on it; give these to `cloud.waitFor`. */
  actions: Action[];
  /** Whether it was there already, made by an earlier try of the same caller. */
  adopted: boolean;
}

/**
 * Creates a named, labelled thing exactly once, whatever happens to the answer:
 * the one way in which drivers create.
 *
 * If the name is taken, or the answer is lost, it reads by exact name. What it
 * finds is the caller's if it carries the caller's ownership labels, and is
 * returned with the actions that still run on it. If nothing is there it posts
 * again, a bounded number of times. A root password in an answer is dropped.
 *
 * ```ts
 * const { resource: network } = await createOrAdopt(cloud, '/networks', { name, labels, ip_range });
 * const { resource: server, actions } = await createOrAdopt(cloud, '/servers', body);
 * await cloud.waitFor(actions);
 * ```
 *
 * @throws CloudError `foreign_object` naming the object that has the name but
 * not the labels; else what the POST failed with.
 */
export declare function createOrAdopt<P extends CreatePath>(
  cloud: HetznerCloud,
  path: P,
  body: CreateBody<P>,
  options?: CreateOptions,
): Promise<Created<P>>;
