import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EventRecord } from '../record';
import { answer, identityOf, rateHeaders, Routed } from './answer';
import {
  callKey,
  CallNumbers,
  nameInRequest,
  NumberedCall,
} from './callNumbers';
import type { Cloud } from './cloud';
import { errors } from './errors';
import type { Injection } from './faults/injection';
import type { Holds } from './holds';
import { answerLatency, drawSeconds } from './latency';
import { splitRoute } from './operation';
import { operationNames, Route } from './operationNames';
import { operations } from './operations';

/** Below this path the sandbox is Hetzner Cloud. */
export const HETZNER_PREFIX = '/hetzner/v1';

/** One exchange, for whoever checks that it is as the API's description says. */
export interface Exchange {
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
  numbers: CallNumbers;
  holds: Holds;
  /** What is to go wrong with a request. */
  inject: (call: NumberedCall) => Injection;
  report: (problem: string) => void;
  observe?: (exchange: Exchange) => void;
}

/** Waits until an answer has taken as long as the real one would have. */
async function pause(
  { clock, settings }: Cloud,
  operation: string,
  request: { method: string; number: number; receivedAt: number },
): Promise<void> {
  const seconds = drawSeconds(
    answerLatency(operation, request.method),
    settings.noiseSeed,
    operation,
    request.number,
  );
  const passed = clock.now() - request.receivedAt;
  const rest = (seconds * 1000) / settings.speed - passed;
  if (rest > 0) await clock.pause(rest);
}

/** Waits until an answer has taken seconds on the sandbox's clock, however that runs. */
async function delay(
  { clock }: Cloud,
  receivedAt: number,
  seconds: number,
): Promise<void> {
  const rest = receivedAt + seconds * 1000 - clock.now();
  if (rest > 0) await new Promise<void>(done => clock.after(rest, done));
}

/** Describes a request so that the same one of another run has the same description. */
function describe(
  { cloud, numbers }: ApiContext,
  routed: Routed | undefined,
  request: FastifyRequest,
  path: string,
): NumberedCall {
  const { method } = request;
  const project = identityOf(cloud, request)?.project ?? null;
  const template = routed?.path ?? path;
  const name = nameInRequest(
    project === null ? undefined : cloud.projects.get(project),
    request,
  );
  return numbers.number({
    project,
    method,
    path,
    template,
    operation: routed?.name ?? null,
    key: callKey(method, template, name),
  });
}

/** What every answer has, whatever it is. */
const commonHeaders = () => ({
  'x-correlation-id': randomBytes(16).toString('hex'),
  'access-control-allow-origin': '*',
});

/** Ends a connection without an answer. */
function hangUp(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

async function serve(
  context: ApiContext,
  routed: Routed | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
  count: number,
) {
  const { cloud, record, holds, inject, report, observe } = context;
  const receivedAt = cloud.clock.now();
  const common = commonHeaders();
  const { method } = request;
  const { socket } = request.raw;
  const url = new URL(request.url, `http://${request.host}`);
  const path = url.pathname.slice(HETZNER_PREFIX.length);
  const call = describe(context, routed, request, path);
  const injection = inject(call);
  const held = holds.claim(call);

  const isStopped =
    (await held?.stop('before', socket, null)) === 'drop' ||
    injection.drop === 'before';
  const answered = isStopped
    ? undefined
    : await answer(cloud, report, { request, url, path, routed, injection });
  const isLost =
    (await held?.stop('after', socket, answered?.effectStatus ?? null)) ===
      'drop' || injection.drop === 'after';

  const operation = call.operation ?? '';
  await pause(cloud, operation, { method, number: count, receivedAt });
  await delay(cloud, receivedAt, injection.slowSeconds);

  const outcome = isLost ? undefined : answered?.outcome;
  record.addRequest({
    ...call,
    query: url.search,
    status: outcome?.status ?? null,
    effectStatus: answered?.effectStatus ?? null,
    faults: injection.faults.filter(({ aspect }) =>
      aspect === 'answer' ? true : answered?.met.has(aspect),
    ),
    hold: held?.id ?? null,
    receivedAt,
    answeredAt: cloud.clock.now(),
    correlationId: common['x-correlation-id'],
  });
  if (!answered || !outcome) return hangUp(request, reply);
  if (!outcome.html) {
    observe?.({
      method,
      path,
      query: request.query as Record<string, unknown>,
      requestBody: answered.requestBody,
      status: outcome.status,
      answerBody: outcome.body,
    });
  }
  reply.status(outcome.status).headers({
    ...outcome.headers,
    ...common,
  });
  if (outcome.html) return reply.type('text/html').send(outcome.body);
  if (outcome.body === undefined) return reply.send();
  return reply.type('application/json').send(JSON.stringify(outcome.body));
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
    // Whatever the content type says: clients differ, and JSON is all there is.
    server.removeAllContentTypeParsers();
    server.addContentTypeParser(
      '*',
      { parseAs: 'string' },
      (_request, body, done) => done(null, body),
    );
    server.setErrorHandler((error, request, reply) => {
      context.report(`${request.method} ${request.url} failed: ${error}`);
      const { status, body } = errors.serverError();
      const project = identityOf(context.cloud, request)?.project ?? null;
      return reply
        .status(status)
        .headers({
          ...rateHeaders(context.cloud.takeToken(project)),
          ...commonHeaders(),
        })
        .send(body);
    });
    const runnable = new Map(operations.map(entry => [entry.route, entry]));
    for (const route of Object.keys(operationNames) as Route[]) {
      const { method, path } = splitRoute(route);
      const routed = {
        name: operationNames[route],
        path,
        run: runnable.get(route),
      };
      server.route({
        method,
        url: path.replace(/\{(\w+)\}/g, ':$1'),
        exposeHeadRoute: false,
        handler: (request, reply) => respond(routed, request, reply),
      });
    }
    server.setNotFoundHandler((request, reply) =>
      respond(undefined, request, reply),
    );
  };
}
