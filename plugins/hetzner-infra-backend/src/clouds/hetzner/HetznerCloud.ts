import type {
  Action,
  FiltersOf,
  ItemOf,
  ListPath,
  PathWith,
  RequestOf,
  ResponseOf,
} from './apiTypes';

/**
 * Who is waiting for a call. `interactive` is for what a person waits for on a
 * page: it may use the reserve of the rate budget and goes before the rest.
 * `background` is for operations and sweeps.
 */
export type Priority = 'interactive' | 'background';

/** What one HTTP exchange was, for metrics and events. Never bodies or headers. */
export interface CallReport {
  method: string;
  /** With placeholders (`/servers/{id}`), so that it can be a metric's label. */
  pathTemplate: string;
  /** Absent if no answer came. */
  status?: number;
  /** The code of the error, ours or the provider's; absent on success. */
  errorCode?: string;
  /** From sending to the whole answer, waiting for the rate budget excluded. */
  durationSeconds: number;
  correlationId?: string;
  /** 1 for the first try. */
  attempt: number;
  /** The code of the failure after which this try was made; absent for the first. */
  repeats?: string;
}

/** What is about to be sent. */
export interface PendingCall {
  method: string;
  pathTemplate: string;
  attempt: number;
}

/** What holds for all calls of one scope. Scopes nest; each inner one adds to the outer. */
export interface CallScope {
  /**
   * Awaited directly before EACH call is sent, retries included, after it has
   * queued for the rate budget. Throwing stops the call before anything is
   * sent; the error reaches the caller unchanged. Checks the lease.
   *
   * Batched reads of actions (`waitFor`) belong to no single scope and only run
   * the hook given at construction.
   */
  beforeCall?: (call: PendingCall) => Promise<void>;
  /** Told after each HTTP exchange. Must not throw. */
  onCall?: (report: CallReport) => void;
  /** Told of each action that this scope waits for, and of how it ended. Must not throw. */
  onAction?: (action: Action) => void;
  /**
   * Told before a background call queues while the rate budget holds such calls
   * back, with when it would no longer. Must not throw.
   */
  onSlow?: (until: Date) => void;
  /**
   * Ends queueing, reads and waiting of this scope with a CloudError `aborted`.
   * A write that is on its way is awaited (30 s at most), so that its outcome
   * is known; nothing is sent after it.
   */
  signal?: AbortSignal;
  /** `background` unless set. */
  priority?: Priority;
}

/** Options of a single call. */
export interface CallOptions {
  signal?: AbortSignal;
  /**
   * Codes after which this one call may be sent again, on top of those of the
   * retry policy: for example `[hetznerCodes.resourceInUse]` for deleting a
   * firewall whose servers are just going. Only refused calls are repeated.
   */
  retryOn?: readonly string[];
  /**
   * Codes after which this one call is not sent again by itself, although the
   * retry policy would: the caller knows what has to end first.
   */
  tellAtOnce?: readonly string[];
}

/** Optional if the operation demands neither path, query nor body. */
type RequestArguments<Request> = {} extends Request
  ? [request?: Request & CallOptions]
  : [request: Request & CallOptions];

export interface WaitOptions {
  signal?: AbortSignal;
  /** Mean progress of the actions waited for, 0–100, told when it changes. */
  onProgress?: (percent: number) => void;
  /**
   * Others started them, maybe long ago: they belong to nothing that this scope
   * does, and how long they took says nothing of how long such actions take.
   */
  ofOthers?: boolean;
}

/**
 * One Hetzner Cloud project, typed by path and method.
 *
 * ```ts
 * const { server } = await cloud.get('/servers/{id}', { path: { id: 42 } });
 * const mine = await cloud.listAll('/servers', { label_selector: 'a=b' });
 * const { action } = await cloud.post('/servers/{id}/actions/poweron', { path: { id: 42 } });
 * await cloud.waitFor([action], { onProgress });
 * await cloud.delete('/firewalls/{id}', { path: { id }, retryOn: [hetznerCodes.resourceInUse] });
 * ```
 *
 * All calls of one connection share one rate budget and one poller of actions.
 * Each call may take 30 s. Reads are repeated on passing failures; writes only
 * if they were refused with a code that says "later". Whatever fails for good
 * is a CloudError, except what `beforeCall` throws.
 *
 * To create something with a name, use `createOrAdopt`, not `post`: it survives
 * a lost answer without a twin.
 */
export interface HetznerCloud {
  /** @throws CloudError; `not_found` if the object is gone. */
  get<P extends PathWith<'get'>>(
    path: P,
    ...request: RequestArguments<RequestOf<'get', P>>
  ): Promise<ResponseOf<'get', P>>;

  /** @throws CloudError; with outcome `unknown` it may have happened. */
  post<P extends PathWith<'post'>>(
    path: P,
    ...request: RequestArguments<RequestOf<'post', P>>
  ): Promise<ResponseOf<'post', P>>;

  /** @throws CloudError; with outcome `unknown` it may have happened. */
  put<P extends PathWith<'put'>>(
    path: P,
    ...request: RequestArguments<RequestOf<'put', P>>
  ): Promise<ResponseOf<'put', P>>;

  /** @throws CloudError; `not_found` if the object is gone already. */
  delete<P extends PathWith<'delete'>>(
    path: P,
    ...request: RequestArguments<RequestOf<'delete', P>>
  ): Promise<ResponseOf<'delete', P>>;

  /** All items of a collection, all pages. */
  listAll<P extends ListPath>(
    path: P,
    filters?: FiltersOf<P> & CallOptions,
  ): Promise<ItemOf<P>[]>;

  /**
   * Waits until all these actions have succeeded, and returns them as they
   * ended. Absent ones (`null`: nothing to wait for) are ignored. All waiters
   * of a connection share one batched poll.
   *
   * @throws CloudError of the first action that failed, with the action's code,
   * message, command and resources; `action_not_found` if the provider does not
   * know an id; `aborted` when the signal ends it.
   */
  waitFor(
    actions: readonly (Action | null | undefined)[],
    options?: WaitOptions,
  ): Promise<Action[]>;

  /** The same connection (budget and poller included) under further rules. */
  scoped(scope: CallScope): HetznerCloud;
}

/** What opened the connection also closes it. */
export interface HetznerConnection extends HetznerCloud {
  /**
   * Sends every further call with another token of the same project, those of
   * scopes that were opened before included. Calls under way end as they will.
   */
  useToken(token: string): void;
  /** Closes idle sockets. Calls under way end as they will; later ones still work. */
  close(): void;
}
