import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Fault, takeFault } from '../faults';
import type { EventRecord } from '../record';
import { authenticate, Identity } from './authentication';
import type { Cloud } from './cloud';
import { ApiError, errors } from './errors';
import { answerLatency, drawSeconds } from './latency';
import { Call, Operation, splitRoute } from './operation';
import { operationNames, Route } from './operationNames';
import { operations } from './operations';
import { linkHeader } from './pagination';
import { parseBody, parseInput } from './requestParsing';

/** Below this path the sandbox is Hetzner Cloud. */
export const HETZNER_PREFIX = '/hetzner/v1';

/** One exchange, for whoever checks that it is as the API's description says. */
export interface Exchange {
  operation: string | null;
  method: string;
  /** Below the prefix, without the query. */
  path: string;
  query: Record<string, unknown>;
  requestBody: unknown;
  status: number;
  answerBody: unknown;
}

/** What the API needs around it. */
export interface ApiContext {
  cloud: Cloud;
  record: EventRecord;
  faults: { get(): Fault[]; set(faults: Fault[]): void };
  report: (problem: string) => void;
  observe?: (exchange: Exchange) => void;
}

/** An operation that only exists by name, or one that runs. */
type Routed = { route: Route; name: string; run?: Operation };

/** What is to be answered. */
interface Outcome {
  status: number;
  body: unknown;
  headers: Record<string, string>;
}

/** Adds the Hetzner Cloud API to a server. */
export function hetznerApi(context: ApiContext) {
  return async (server: FastifyInstance) => {
    let count = 0;
    const respond = (
      routed: Routed | undefined,
      request: FastifyRequest,
      reply: FastifyReply,
    ) => {
      count += 1;
      return serve(context, routed, request, reply, count);
    };
    server.removeAllContentTypeParsers();
    server.addContentTypeParser(
      '*',
      { parseAs: 'string' },
      (_request, body, done) => done(null, body),
    );
    const running = new Map(operations.map(entry => [entry.route, entry]));
    for (const [route, name] of Object.entries(operationNames) as [
      Route,
      string,
    ][]) {
      const { method, path } = splitRoute(route);
      server.route({
        method,
        url: path.replace(/\{(\w+)\}/g, ':$1'),
        exposeHeadRoute: false,
        handler: (request, reply) =>
          respond({ route, name, run: running.get(route) }, request, reply),
      });
    }
    server.setNotFoundHandler((request, reply) =>
      respond(undefined, request, reply),
    );
  };
}

async function serve(
  context: ApiContext,
  routed: Routed | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
  number: number,
) {
  const { cloud, record, faults } = context;
  const receivedAt = cloud.clock.now();
  const correlationId = randomBytes(16).toString('hex');
  const url = new URL(
    request.url,
    `http://${request.headers.host ?? 'localhost'}`,
  );
  const { method } = request;
  const path = url.pathname.slice(HETZNER_PREFIX.length);
  const { hit, left } = takeFault(faults.get(), method, path);
  if (hit) faults.set(left);

  const exchange = { request, url, routed, fault: hit };
  const { outcome, identity, requestBody } =
    hit?.effect === 'drop-before'
      ? {
          outcome: undefined,
          identity: identityOf(request),
          requestBody: undefined,
        }
      : await answer(context, exchange);

  const operation = routed?.name ?? null;
  await pause(context, operation ?? '', method, receivedAt, number);
  const dropped = hit?.effect === 'drop-before' || hit?.effect === 'drop-after';
  record.addRequest({
    project: identity?.project ?? null,
    method,
    path,
    query: url.search,
    operation,
    status: dropped || !outcome ? null : outcome.status,
    receivedAt,
    answeredAt: cloud.clock.now(),
    correlationId,
  });
  if (dropped || !outcome) {
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  context.observe?.({
    operation,
    method,
    path,
    query: request.query as Record<string, unknown>,
    requestBody,
    status: outcome.status,
    answerBody: outcome.body,
  });
  reply.status(outcome.status).headers({
    ...outcome.headers,
    'x-correlation-id': correlationId,
    'access-control-allow-origin': '*',
  });
  return outcome.body === undefined
    ? reply.send()
    : reply
        .header('content-type', 'application/json')
        .send(JSON.stringify(outcome.body));
}

interface Incoming {
  request: FastifyRequest;
  url: URL;
  routed: Routed | undefined;
  fault: Fault | undefined;
}

/** Lets a request take effect and says what to answer. */
async function answer(context: ApiContext, incoming: Incoming) {
  const { cloud } = context;
  const { request, fault } = incoming;
  const identity = identityOf(request);
  const rate = cloud.takeToken(identity?.project ?? null);
  const headers: Record<string, string> = {
    'ratelimit-limit': String(rate.headers.limit),
    'ratelimit-remaining': String(rate.headers.remaining),
    'ratelimit-reset': String(rate.headers.reset),
  };
  let requestBody: unknown;
  let outcome: Outcome;
  try {
    if (!identity) throw errors.unauthorized();
    if (!rate.allowed) throw errors.rateLimitExceeded(rate.headers.limit);
    const injected = injectedError(fault);
    if (injected && !injected.after) throw injected.error;
    const { run } = permitted(incoming, identity);
    requestBody = parseBody(request.body);
    const { body, link } = await handle(
      context,
      run,
      identity,
      incoming,
      requestBody,
    );
    if (injected) throw injected.error;
    outcome = {
      status: run.status,
      body,
      headers: link ? { ...headers, link } : headers,
    };
  } catch (error) {
    const apiError = error instanceof ApiError ? error : errors.serverError();
    if (apiError !== error) {
      context.report(
        `${request.method} ${incoming.url.pathname} failed: ${
          (error as Error).stack
        }`,
      );
    }
    outcome = { status: apiError.status, body: apiError.body, headers };
  }
  return { outcome, identity, requestBody };
}

function identityOf(request: FastifyRequest): Identity | undefined {
  try {
    return authenticate(request.headers.authorization);
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

/** The operation that may run, with everything else refused. */
function permitted(
  { request, url, routed }: Incoming,
  identity: Identity,
): { run: Operation } {
  if (!routed) {
    const path = url.pathname.slice(HETZNER_PREFIX.length);
    throw isKnownPath(path) ? errors.methodNotAllowed() : errors.unknownPath();
  }
  if (identity.readOnly && request.method !== 'GET') {
    throw errors.readOnlyToken();
  }
  if (!routed.run) throw errors.notImplemented(routed.name);
  return { run: routed.run };
}

const knownPaths = (Object.keys(operationNames) as Route[]).map(
  route =>
    new RegExp(`^${splitRoute(route).path.replace(/\{\w+\}/g, '[^/]+')}$`),
);

const isKnownPath = (path: string) =>
  knownPaths.some(known => known.test(path));

async function handle(
  { cloud }: ApiContext,
  run: Operation,
  identity: Identity,
  { request, url, fault }: Incoming,
  requestBody: unknown,
) {
  const project = cloud.project(identity.project);
  const params = request.params as { id?: string; action_id?: string };
  let actionFault =
    fault && typeof fault.effect === 'object' && 'actionError' in fault.effect
      ? fault.effect.actionError
      : null;
  const call: Call = {
    cloud,
    project,
    now: cloud.clock.now(),
    id: numberOf(params.id),
    actionId: numberOf(params.action_id),
    body: parseInput(run.body ?? z.unknown(), requestBody),
    query: parseInput(run.query ?? z.unknown(), request.query),
    start(effect, args, options) {
      const action = cloud.runner.start(project, effect, args, {
        ...options,
        fault: actionFault,
      });
      actionFault = null;
      return action;
    },
  };
  const result = run.handle(call);
  if (request.method !== 'GET') {
    cloud.changed(project);
    await cloud.save(project);
  }
  if (!run.answer) return { body: undefined, link: undefined };
  const body = run.answer.parse(result);
  const { meta } = body as {
    meta?: { pagination: Parameters<typeof linkHeader>[1] };
  };
  return { body, link: meta && linkHeader(url, meta.pagination) };
}

const numberOf = (text: string | undefined) =>
  /^\d{1,15}$/.test(text ?? '') ? Number(text) : 0;

function injectedError(fault: Fault | undefined) {
  if (
    !fault ||
    typeof fault.effect !== 'object' ||
    !('status' in fault.effect)
  ) {
    return undefined;
  }
  const { status, code, message, after } = fault.effect;
  return { after, error: new ApiError(status, code, message) };
}

/** Waits for as long as the real API would have taken. */
async function pause(
  { cloud }: ApiContext,
  operation: string,
  method: string,
  receivedAt: number,
  number: number,
): Promise<void> {
  const { speed, noiseSeed } = cloud.settings;
  const latency = answerLatency(operation, method);
  const total =
    (drawSeconds(latency, noiseSeed, operation, number) * 1000) / speed;
  const rest = total - (cloud.clock.now() - receivedAt);
  if (rest > 0) await new Promise<void>(done => cloud.clock.after(rest, done));
}
