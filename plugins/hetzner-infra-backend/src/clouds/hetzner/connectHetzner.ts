import { RateBudget } from '../RateBudget';
import { systemClock, type Clock, type Random } from '../clock';
import { version } from '../../../package.json';
import { ActionPoller } from './ActionPoller';
import type { Action } from './apiTypes';
import { makeCall, type Connection } from './call';
import type { CallScope, HetznerConnection } from './HetznerCloud';
import { openScope } from './openScope';
import { defaultPacing, IDS_PER_CALL, type PollPacing } from './pollPacing';
import type { RetryLimits } from './retryPolicy';
import { outermostScope } from './scope';
import { createTransport } from './transport';

export interface HetznerConnectionOptions extends Omit<CallScope, 'signal'> {
  /** Of one project. Never logged, shown or passed on. */
  token: string;
  /** With `/v1`. The official address unless set. */
  endpoint?: string;
  /** Certificates to trust besides Node's own, PEM. */
  ca?: string;
  /**
   * Called when the provider refused the token: whoever has another one of the
   * same project by now gives it with `useToken`, and the call is sent again with
   * it. What it throws is thrown by the call.
   */
  onTokenRefused?: () => Promise<void>;
  /** For the whole exchange of one call. CALL_TIMEOUT_SECONDS unless set. */
  timeoutSeconds?: number;
  /** For operations; pages try less long. */
  retryLimits?: RetryLimits;
  /** Shared with other tokens of the same project, whose requests the provider counts together. */
  budget?: RateBudget;
  pollPacing?: PollPacing;
  clock?: Clock;
  random?: Random;
}

/** How long one call may take, its answer included. */
export const CALL_TIMEOUT_SECONDS = 30;

const OFFICIAL_ENDPOINT = 'https://api.hetzner.cloud/v1';

/** About half a minute on average: a network attach behind others takes that long. */
const BACKGROUND_RETRIES: RetryLimits = {
  attempts: 8,
  baseSeconds: 1,
  capSeconds: 15,
};

/** Somebody looks at a page meanwhile; an error soon is better than an answer late. */
const INTERACTIVE_RETRIES: RetryLimits = {
  attempts: 3,
  baseSeconds: 0.5,
  capSeconds: 2,
};

/**
 * Opens a connection to one Hetzner Cloud project. Make one per connection of
 * the portal and share it: rate budget and poller belong to it. Nothing is sent
 * until the first call.
 *
 * @throws TypeError if token or endpoint cannot be what they should be.
 */
export function connectHetzner(
  options: HetznerConnectionOptions,
): HetznerConnection {
  const { clock = systemClock, random = Math.random } = options;
  const { budget = new RateBudget({ clock }) } = options;
  const transportWith = (token: string) =>
    createTransport({
      token: checkedToken(token),
      endpoint: checkedEndpoint(options.endpoint ?? OFFICIAL_ENDPOINT),
      ca: options.ca,
      userAgent: `xpeditis-portal/${version}`,
      timeoutSeconds: options.timeoutSeconds ?? CALL_TIMEOUT_SECONDS,
    });
  const connection: Connection = {
    transport: transportWith(options.token),
    onTokenRefused: options.onTokenRefused,
    budget,
    clock,
    random,
    retryLimits: {
      background: options.retryLimits ?? BACKGROUND_RETRIES,
      interactive: INTERACTIVE_RETRIES,
    },
  };
  const scope = outermostScope(options);
  const pollScope = { ...scope, share: {} };
  const poller = new ActionPoller({
    clock,
    pacing: options.pollPacing ?? defaultPacing,
    remainingShare: () => {
      const { remaining, limit } = budget.status();
      return remaining / limit;
    },
    async read(ids) {
      const answer = await makeCall(connection, pollScope, {
        method: 'GET',
        pathTemplate: '/actions',
        query: { id: ids, per_page: IDS_PER_CALL },
      });
      return (answer as { actions: Action[] }).actions;
    },
  });
  return Object.assign(
    openScope({ connection, poller, scope, outermost: scope }),
    {
      close: () => connection.transport.close(),
      useToken(token: string) {
        const before = connection.transport;
        connection.transport = transportWith(token);
        before.close();
      },
    },
  );
}

/** The message never holds the token: it may be a real one with a line break. */
function checkedToken(token: string): string {
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new TypeError(
      'The Hetzner token is empty or has blanks or line breaks in it. Store it again as Hetzner shows it.',
    );
  }
  return token;
}

function checkedEndpoint(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const plain =
    url && /^https?:$/.test(url.protocol) && !url.username && !url.search;
  if (!plain) {
    throw new TypeError(
      `The Hetzner endpoint has to be an http or https address such as ${OFFICIAL_ENDPOINT}, without credentials or query`,
    );
  }
  return endpoint.replace(/\/+$/, '');
}
