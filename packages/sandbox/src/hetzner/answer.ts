import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Fault } from '../faults';
import { authenticate, Identity } from './authentication';
import type { Cloud } from './cloud';
import { ActionError, ApiError, errors } from './errors';
import { Call, Operation, splitRoute } from './operation';
import { operationNames, Route } from './operationNames';
import { linkHeader, Pagination } from './pagination';
import { parseBody, parseInput } from './requestParsing';

/** An operation that only exists by name, or one that runs. */
export interface Routed {
  name: string;
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
  fault: Fault | undefined;
}

/** What is to be answered. */
export interface Outcome {
  status: number;
  body: unknown;
  headers: Record<string, string>;
}

/** Who a request speaks for; undefined when its token is missing or empty. */
export function identityOf(request: FastifyRequest): Identity | undefined {
  try {
    return authenticate(request.headers.authorization);
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
  { request, fault }: Incoming,
  requestBody: unknown,
): Call {
  const project = cloud.project(identity.project);
  const params = request.params as { id?: string; action_id?: string };
  let actionFault: ActionError | null =
    typeof fault?.effect === 'object' && 'actionError' in fault.effect
      ? fault.effect.actionError
      : null;
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

/** An error that a fault wants answered, before or after the effect. */
function injectedError(fault: Fault | undefined) {
  if (typeof fault?.effect !== 'object' || !('status' in fault.effect)) {
    return undefined;
  }
  const { status, code, message, after } = fault.effect;
  return { after, error: new ApiError(status, code, message) };
}

/**
 * Lets a request take effect and says what to answer: the one way that every
 * request goes, from its token to its error.
 */
export async function answer(
  cloud: Cloud,
  report: (problem: string) => void,
  incoming: Incoming,
): Promise<{ outcome: Outcome; requestBody: unknown }> {
  const { request, fault, url } = incoming;
  const identity = identityOf(request);
  const rate = cloud.takeToken(identity?.project ?? null);
  const headers = {
    'ratelimit-limit': String(rate.headers.limit),
    'ratelimit-remaining': String(rate.headers.remaining),
    'ratelimit-reset': String(rate.headers.reset),
  };
  let requestBody: unknown;
  try {
    if (!identity) throw errors.unauthorized();
    if (!rate.allowed) throw errors.rateLimitExceeded(rate.headers.limit);
    const injected = injectedError(fault);
    if (injected && !injected.after) throw injected.error;
    const operation = permitted(incoming, identity);
    requestBody = parseBody(request.body);
    const call = callOf(cloud, operation, identity, incoming, requestBody);
    const outcome = await run(cloud, operation, call, url);
    if (injected) throw injected.error;
    return {
      outcome: { ...outcome, headers: { ...headers, ...outcome.headers } },
      requestBody,
    };
  } catch (error) {
    const told = error instanceof ApiError ? error : errors.serverError();
    if (told !== error) {
      report(
        `${request.method} ${url.pathname} failed: ${(error as Error).stack}`,
      );
    }
    return {
      outcome: { status: told.status, body: told.body, headers },
      requestBody,
    };
  }
}
