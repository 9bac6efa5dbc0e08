import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { authenticate, Identity } from './authentication';
import type { Cloud } from './cloud';
import { ApiError, errors } from './errors';
import { gatewayPage } from './faults/gatewayPage';
import type { Injection } from './faults/injection';
import { Call, Operation, splitRoute } from './operation';
import { operationNames, Route } from './operationNames';
import { linkHeader, Pagination } from './pagination';
import type { RateDecision } from './rateLimit';
import { parseBody, parseInput } from './requestParsing';

/** An operation that only exists by name, or one that runs. */
export interface Routed {
  name: string;
  /** With `{id}` where an id is. */
  path: string;
  run?: Operation;
}

/** A request on its way. */
export interface Incoming {
  request: FastifyRequest;
  url: URL;
  /** Of the url, below the API's prefix. */
  path: string;
  /** Undefined for an unknown path or method. */
  routed: Routed | undefined;
  injection: Injection;
}

/** What is to be answered. */
export interface Outcome {
  status: number;
  body: unknown;
  headers: Record<string, string>;
  /** True for a page of a gateway; its body is HTML. */
  html?: boolean;
}

/** What became of a request. */
export interface Answered {
  outcome: Outcome;
  requestBody: unknown;
  /** Status that the operation had; null when it did not run to its end. */
  effectStatus: number | null;
  /** Aspects in which injected faults met something that they could change. */
  met: Set<'action' | 'list'>;
}

/** Who a request speaks for; undefined when its token is missing, empty or revoked. */
export function identityOf(
  cloud: Cloud,
  request: FastifyRequest,
): Identity | undefined {
  try {
    return authenticate(
      request.headers.authorization,
      cloud.settings.revokedTokens,
    );
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

const knownPaths = (Object.keys(operationNames) as Route[]).map(
  route =>
    new RegExp(`^${splitRoute(route).path.replace(/\{\w+\}/g, '[^/]+')}$`),
);

/** The operation that may run, with everything else refused. */
function permitted(
  { request, path, routed }: Incoming,
  identity: Identity,
): Operation {
  if (!routed) {
    throw knownPaths.some(known => known.test(path))
      ? errors.methodNotAllowed()
      : errors.unknownPath();
  }
  if (identity.readOnly && request.method !== 'GET') {
    throw errors.readOnlyToken();
  }
  if (!routed.run) throw errors.notImplemented(routed.name);
  return routed.run;
}

const numberOf = (text: string | undefined) =>
  /^\d{1,15}$/.test(text ?? '') ? Number(text) : 0;

/** Everything that a handler needs. */
function callOf(
  cloud: Cloud,
  operation: Operation,
  identity: Identity,
  { request, injection }: Incoming,
  requestBody: unknown,
  met: Answered['met'],
): Call {
  const project = cloud.project(identity.project);
  const params = request.params as { id?: string; action_id?: string };
  let actionFault = injection.action;
  return {
    cloud,
    project,
    now: cloud.clock.now(),
    id: numberOf(params.id),
    actionId: numberOf(params.action_id),
    body: parseInput(operation.body ?? z.unknown(), requestBody),
    query: parseInput(operation.query ?? z.unknown(), request.query),
    start(effect, args, options) {
      const action = cloud.runner.start(project, effect, args, {
        ...options,
        fault: actionFault,
      });
      if (actionFault) met.add('action');
      actionFault = null;
      return action;
    },
  };
}

/** Lets an operation take effect; what it answers is in the file before it is told. */
async function run(
  cloud: Cloud,
  operation: Operation,
  call: Call,
  url: URL,
): Promise<Outcome> {
  const result = operation.handle(call);
  if (operation.method !== 'GET') {
    cloud.changed(call.project);
    await cloud.save(call.project);
  }
  const { status } = operation;
  if (!operation.answer) return { status, body: undefined, headers: {} };
  const body = operation.answer.parse(result);
  const { meta } = body as { meta?: { pagination: Pagination } };
  return {
    status,
    body,
    headers: meta ? { link: linkHeader(url, meta.pagination) } : {},
  };
}

/** Keeps what a request created out of lists for a while; true when it created something. */
function hideCreated(cloud: Cloud, body: unknown, seconds: number): boolean {
  const created = Object.entries((body ?? {}) as Record<string, unknown>)
    .filter(([key]) => key !== 'action')
    .flatMap(([, value]) => {
      const { id } = (value ?? {}) as { id?: unknown };
      return typeof id === 'number' ? [id] : [];
    });
  for (const id of created) cloud.hideFromLists(id, seconds);
  return created.length > 0;
}

/** What every answer tells about the bucket that its request took from. */
export const rateHeaders = ({
  headers: { limit, remaining, reset },
}: RateDecision): Record<string, string> => ({
  'ratelimit-limit': String(limit),
  'ratelimit-remaining': String(remaining),
  'ratelimit-reset': String(reset),
});

/** The headers of a bucket, as an injected 429 wants them. */
const emptyBucket = (cloud: Cloud, resetSeconds: number) => ({
  'ratelimit-remaining': '0',
  'ratelimit-reset': String(
    Math.ceil(cloud.clock.wall() / 1000 + resetSeconds),
  ),
});

/** What an injected error answers instead of what would have been. */
function injectedOutcome(
  cloud: Cloud,
  { status, code, message, html, resetSeconds }: InjectedError,
  headers: Record<string, string>,
): Outcome {
  return {
    status,
    html,
    body: html
      ? gatewayPage(status, message)
      : new ApiError(status, code, message).body,
    headers: {
      ...headers,
      ...(status === 429 ? emptyBucket(cloud, resetSeconds) : {}),
    },
  };
}

type InjectedError = NonNullable<Injection['error']>;

/**
 * Lets a request take effect and says what to answer: the one way that every
 * request goes, from its token to its error.
 */
export async function answer(
  cloud: Cloud,
  report: (problem: string) => void,
  incoming: Incoming,
): Promise<Answered> {
  const { request, injection, url } = incoming;
  const { error: injected } = injection;
  const identity = identityOf(cloud, request);
  const rate = cloud.takeToken(identity?.project ?? null);
  const headers = rateHeaders(rate);
  const met: Answered['met'] = new Set();
  let requestBody: unknown;
  let effectStatus: number | null = null;
  const answered = (outcome: Outcome): Answered => ({
    outcome: { ...outcome, headers: { ...headers, ...outcome.headers } },
    requestBody,
    effectStatus,
    met,
  });
  try {
    if (!identity) throw errors.unauthorized();
    if (!rate.allowed) throw errors.rateLimitExceeded(rate.headers.limit);
    if (injected && !injected.after) {
      return answered(injectedOutcome(cloud, injected, headers));
    }
    const operation = permitted(incoming, identity);
    requestBody = parseBody(request.body);
    const call = callOf(cloud, operation, identity, incoming, requestBody, met);
    const outcome = await run(cloud, operation, call, url);
    effectStatus = outcome.status;
    if (
      injection.staleSeconds > 0 &&
      hideCreated(cloud, outcome.body, injection.staleSeconds)
    ) {
      met.add('list');
    }
    return answered(
      injected ? injectedOutcome(cloud, injected, headers) : outcome,
    );
  } catch (error) {
    const told = error instanceof ApiError ? error : errors.serverError();
    if (told !== error) {
      report(
        `${request.method} ${url.pathname} failed: ${(error as Error).stack}`,
      );
    }
    return answered({ status: told.status, body: told.body, headers });
  }
}
