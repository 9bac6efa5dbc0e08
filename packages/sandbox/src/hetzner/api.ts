import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Fault, takeFault } from '../faults';
import type { EventRecord } from '../record';
import { answer, identityOf, Routed } from './answer';
import type { Cloud } from './cloud';
import { errors } from './errors';
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
  faults: { get(): Fault[]; set(faults: Fault[]): void };
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
  if (rest > 0) await new Promise<void>(done => clock.after(rest, done));
}

async function serve(
  { cloud, record, faults, report, observe }: ApiContext,
  routed: Routed | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
  number: number,
) {
  const receivedAt = cloud.clock.now();
  const correlationId = randomBytes(16).toString('hex');
  const { method } = request;
  const url = new URL(request.url, `http://${request.host}`);
  const path = url.pathname.slice(HETZNER_PREFIX.length);
  const { hit: fault, left } = takeFault(faults.get(), method, path);
  if (fault) faults.set(left);

  const answered =
    fault?.effect === 'drop-before'
      ? undefined
      : await answer(cloud, report, { request, url, path, routed, fault });
  const operation = routed?.name ?? null;
  await pause(cloud, operation ?? '', { method, number, receivedAt });

  const outcome =
    fault?.effect === 'drop-after' ? undefined : answered?.outcome;
  record.addRequest({
    project: identityOf(request)?.project ?? null,
    method,
    path,
    query: url.search,
    operation,
    status: outcome?.status ?? null,
    receivedAt,
    answeredAt: cloud.clock.now(),
    correlationId,
  });
  if (!answered || !outcome) {
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  observe?.({
    method,
    path,
    query: request.query as Record<string, unknown>,
    requestBody: answered.requestBody,
    status: outcome.status,
    answerBody: outcome.body,
  });
  reply.status(outcome.status).headers({
    ...outcome.headers,
    'x-correlation-id': correlationId,
    'access-control-allow-origin': '*',
  });
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
      return reply.status(status).send(body);
    });
    const runnable = new Map(operations.map(entry => [entry.route, entry]));
    for (const route of Object.keys(operationNames) as Route[]) {
      const { method, path } = splitRoute(route);
      const routed = { name: operationNames[route], run: runnable.get(route) };
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
