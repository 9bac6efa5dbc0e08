/**
 * - `says`: what the portal tells people of it.
 * - `operation`: what becomes of an operation whose writes fail so. It `fails`,
 *   one of its steps `stumbles` and is tried again, it `waits` and repeats what was
 *   refused, or it `goes on` because the provider did what it was asked.
 * - `checkSays`: what the check of a connection tells, where it has words of its own.
 * - `passesCheck`: just this refusal tells that a token is valid.
 * - `onlyWrites`: reading is never hit.
 *
 * @typedef {import('./EvilProxy.mjs').Failure & {
 *   says: RegExp,
 *   operation: 'fails' | 'stumbles' | 'waits' | 'goes on',
 *   checkSays?: RegExp,
 *   passesCheck?: boolean,
 *   onlyWrites?: boolean,
 * }} KnownFailure
 */

/** All that a gateway with bad manners can repeat of a request. */
function echoOf({ request, token, body }) {
  return [
    `authorization: ${request.headers.authorization}`,
    `base64 ${Buffer.from(token).toString('base64')}`,
    `basic ${Buffer.from(`token:${token}`).toString('base64')}`,
    `url ${encodeURIComponent(token)}`,
    `body ${body}`,
  ].join(', ');
}

function echoingHeaders({ request, token, correlationId }, type) {
  return {
    'content-type': type,
    'x-correlation-id': correlationId,
    'x-request': request.headers.authorization,
    'www-authenticate': `Bearer error="${encodeURIComponent(token)}"`,
    // The budget is full again at once, so that nobody waits for long.
    'ratelimit-limit': '3600000',
    'ratelimit-remaining': '0',
    'ratelimit-reset': String(Math.ceil(Date.now() / 1000)),
    'set-cookie': `token=${Buffer.from(token).toString('base64')}`,
  };
}

/** A refusal in the provider's envelope (Hetzner Cloud API, "Errors") that repeats the request in every part. */
const refusal = (status, code, operation, more = {}) => ({
  name: `refusal-${status}`,
  operation,
  says: new RegExp(`\\(${code}, ${status}\\)`),
  answer(exchange) {
    const echo = echoOf(exchange);
    exchange.response
      .writeHead(status, echoingHeaders(exchange, 'application/json'))
      .end(
        JSON.stringify({
          error: {
            code,
            message: echo,
            details: {
              fields: [{ name: echo, messages: [echo] }],
              limits: [{ name: echo }],
              announcement: echo,
            },
          },
        }),
      );
  },
  ...more,
});

const page = (status, code) => ({
  name: `page-${status}`,
  operation: 'stumbles',
  says: new RegExp(`\\(${code}, ${status}\\)`),
  answer(exchange) {
    exchange.response
      .writeHead(status, echoingHeaders(exchange, 'text/html'))
      .end(`<html><h1>${status}</h1><pre>${echoOf(exchange)}</pre></html>`);
  },
});

/** @type {KnownFailure[]} */
export const failures = [
  // Until somebody stores another token.
  refusal(401, 'unauthorized', 'waits', {
    checkSays: /does not know this token/,
  }),
  refusal(403, 'forbidden', 'waits', { checkSays: /may only read/ }),
  refusal(404, 'not_found', 'stumbles'),
  refusal(409, 'conflict', 'waits'),
  refusal(412, 'resource_unavailable', 'fails'),
  refusal(422, 'invalid_input', 'fails', { passesCheck: true }),
  refusal(423, 'locked', 'waits'),
  refusal(429, 'rate_limit_exceeded', 'waits'),
  {
    name: 'refusal-that-is-the-token',
    says: /\(\[token\], 400\)/,
    operation: 'fails',
    answer({ response, token, correlationId }) {
      response
        .writeHead(400, {
          'content-type': 'application/json',
          'x-correlation-id': correlationId,
        })
        .end(JSON.stringify({ error: { code: token, message: token } }));
    },
  },
  page(500, 'server_error'),
  page(502, 'bad_gateway'),
  {
    name: 'broken-json',
    operation: 'stumbles',
    says: /\(invalid_response, 200\)/,
    answer(exchange) {
      exchange.response
        .writeHead(200, echoingHeaders(exchange, 'application/json'))
        .end(`{"error": {"message": "${echoOf(exchange)}`);
    },
  },
  {
    name: 'reset-before',
    operation: 'stumbles',
    says: /\(connection_lost\)/,
    answer({ request }) {
      request.socket.resetAndDestroy();
    },
  },
  {
    name: 'reset-after',
    operation: 'goes on',
    says: /\(connection_lost\)/,
    async answer({ request, forward }) {
      await forward();
      request.socket.resetAndDestroy();
    },
  },
  {
    name: 'redirect',
    operation: 'stumbles',
    says: /\(invalid_response, 302\)/,
    answer(exchange) {
      const { elsewhere, token } = exchange;
      exchange.response
        .writeHead(302, {
          ...echoingHeaders(exchange, 'text/html'),
          location: `${elsewhere}/${token}?token=${encodeURIComponent(token)}`,
        })
        .end(echoOf(exchange));
    },
  },
  {
    name: 'failed-action',
    operation: 'stumbles',
    says: /action_failed/,
    onlyWrites: true,
    hits: ({ method, url }) => method === 'GET' && /\/actions\?/.test(url),
    async answer(exchange) {
      const { status, headers, body } = await exchange.forward();
      const answer = JSON.parse(body);
      for (const action of answer.actions) {
        action.status = 'error';
        action.error = { code: 'action_failed', message: echoOf(exchange) };
      }
      const { 'content-length': _, ...kept } = headers;
      exchange.response.writeHead(status, kept).end(JSON.stringify(answer));
    },
  },
];
