import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

export interface ReceivedRequest {
  method: string;
  /** Path and query as sent. */
  url: string;
  headers: http.IncomingHttpHeaders;
  /** The JSON of the body; undefined if there was none. */
  body: unknown;
}

/** What the server does with one request. */
export type Reply = (
  response: http.ServerResponse,
  request: ReceivedRequest,
  socket: Socket,
) => void;

/**
 * A real HTTP server that answers what a test tells it to, in that order. A
 * request that nothing was planned for gets the answer of `otherwise`, or a 500
 * that says so.
 */
export class ScriptedServer {
  readonly requests: ReceivedRequest[] = [];
  readonly #server: http.Server | https.Server;
  readonly #replies: Reply[] = [];
  #otherwise: Reply = json(500, {
    error: { code: 'unplanned', message: 'nothing was planned for this' },
  });

  private constructor(tls?: { key: string; cert: string }) {
    const listener: http.RequestListener = async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk);
      }
      const text = Buffer.concat(chunks).toString();
      const received = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: text === '' ? undefined : JSON.parse(text),
      };
      this.requests.push(received);
      const reply = this.#replies.shift() ?? this.#otherwise;
      reply(response, received, request.socket);
    };
    this.#server = tls
      ? https.createServer(tls, listener)
      : http.createServer(listener);
  }

  static async start(tls?: {
    key: string;
    cert: string;
  }): Promise<ScriptedServer> {
    const server = new ScriptedServer(tls);
    await new Promise<void>(resolve => {
      server.#server.listen(0, '127.0.0.1', resolve);
    });
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** With `/v1`, as an endpoint. */
  get endpoint(): string {
    const scheme = this.#server instanceof https.Server ? 'https' : 'http';
    return `${scheme}://127.0.0.1:${this.port}/v1`;
  }

  /** Plans the answers to the next requests. */
  plan(...replies: Reply[]): this {
    this.#replies.push(...replies);
    return this;
  }

  /** Answers all requests that nothing is planned for. */
  otherwise(reply: Reply): this {
    this.#otherwise = reply;
    return this;
  }

  /** Method and path of each request so far, without the endpoint's path. */
  get log(): string[] {
    return this.requests.map(
      ({ method, url }) => `${method} ${url.replace(/^\/v1/, '')}`,
    );
  }

  /** @throws Error if something was planned that nobody asked for. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve());
    });
    if (this.#replies.length > 0) {
      throw new Error(`${this.#replies.length} planned answers were not used`);
    }
  }
}

export function json(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Reply {
  return response => {
    response.writeHead(status, {
      'Content-Type': 'application/json',
      'X-Correlation-Id': 'c0ffee0123456789c0ffee0123456789',
      ...headers,
    });
    response.end(JSON.stringify(body));
  };
}

/** The API's error envelope. */
export function refusal(
  status: number,
  code: string,
  message = code.replaceAll('_', ' '),
  details: unknown = null,
): Reply {
  return json(status, { error: { code, message, details } });
}

/** What a gateway answers when the API behind it does not. */
export function html(status: number, text = '<h1>Bad Gateway</h1>'): Reply {
  return response => {
    response.writeHead(status, { 'Content-Type': 'text/html' });
    response.end(text);
  };
}

/** 204 without a body. */
export function empty(): Reply {
  return response => {
    response.writeHead(204);
    response.end();
  };
}

/** Takes the request and breaks the connection. */
export function reset(): Reply {
  return (_response, _request, socket) => socket.resetAndDestroy();
}

/** Starts an answer and breaks the connection in the middle of it. */
export function truncated(): Reply {
  return (response, _request, socket) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.write('{"servers": [', () => socket.resetAndDestroy());
  };
}

/** Never answers. */
export function silence(): Reply {
  return () => {};
}
