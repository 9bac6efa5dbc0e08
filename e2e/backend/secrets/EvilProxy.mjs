import { once } from 'node:events';
import http from 'node:http';

/**
 * One request on its way to the provider, for whoever answers it in its stead.
 *
 * @typedef {object} Exchange
 * @property {http.IncomingMessage} request
 * @property {Buffer} body
 * @property {string} token
 * @property {http.ServerResponse} response
 * @property {string} correlationId that the answer may carry; unique
 * @property {string} elsewhere address of another host, which nobody should call
 * @property {() => Promise<{ status: number, headers: http.IncomingHttpHeaders, body: Buffer }>} forward
 *   sends the request to the provider and returns its answer
 *
 * A way to fail.
 *
 * @typedef {object} Failure
 * @property {string} name
 * @property {(exchange: Exchange) => void | Promise<void>} answer
 * @property {(request: http.IncomingMessage) => boolean} [hits] which requests of the scope; all unless set
 *
 * @typedef {'all' | 'writes'} Scope which requests fail
 */

/** Stands between the backend and the provider, and fails the calls of a project as it is told. */
export class EvilProxy {
  #target;
  #server;
  #elsewhere;
  #agent = new http.Agent({ keepAlive: true });
  /** @type {Map<string, { failure: Failure, scope: Scope }>} */
  #failing = new Map();
  #failed = new Map();
  #count = 0;
  /** Tokens that requests came with. */
  tokens = new Set();
  /** Private keys that requests carried, in PEM. */
  privateKeys = new Set();
  /** Correlation ids of failures. */
  correlationIds = new Set();
  /** Requests to the host that redirects lead to. */
  strays = [];

  /** @param {string} target base address of the provider */
  static async start(target) {
    const proxy = new EvilProxy();
    proxy.#target = new URL(target);
    proxy.#server = http.createServer((request, response) =>
      proxy.#handle(request, response).catch(error => response.destroy(error)),
    );
    proxy.#elsewhere = http.createServer((request, response) => {
      proxy.strays.push(`${request.method} ${request.url}`);
      response.end('{}');
    });
    for (const server of [proxy.#server, proxy.#elsewhere]) {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    }
    return proxy;
  }

  /** Base address, to be used in the provider's stead. */
  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  /**
   * From now on calls of a project fail.
   *
   * @param {string} project
   * @param {Failure} failure
   * @param {Scope} scope
   */
  fail(project, failure, scope) {
    this.#failing.set(project, { failure, scope });
  }

  /** From now on calls of a project reach the provider. */
  spare(project) {
    this.#failing.delete(project);
  }

  /** How many calls of a project have failed in a scope. */
  failed(project, scope) {
    return this.#failed.get(`${project} ${scope}`) ?? 0;
  }

  async end() {
    this.#agent.destroy();
    for (const server of [this.#server, this.#elsewhere]) {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  }

  async #handle(request, response) {
    const body = Buffer.concat(await request.toArray());
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    this.tokens.add(token);
    if (body.includes('private_key')) {
      this.privateKeys.add(JSON.parse(body).private_key);
    }
    const project = token.split('.', 1)[0];
    const forward = () => this.#forward(request, body);
    const { failure, scope } = this.#failing.get(project) ?? {};
    const isHit =
      failure &&
      (failure.hits?.(request) ??
        (scope === 'all' || request.method !== 'GET'));
    if (!isHit) {
      const answer = await forward();
      response.writeHead(answer.status, answer.headers).end(answer.body);
      return;
    }
    this.#count += 1;
    const correlationId = `evil-${this.#count}`;
    this.correlationIds.add(correlationId);
    await failure.answer({
      request,
      body,
      token,
      response,
      correlationId,
      elsewhere: `http://127.0.0.1:${this.#elsewhere.address().port}`,
      forward,
    });
    const slot = `${project} ${scope}`;
    this.#failed.set(slot, (this.#failed.get(slot) ?? 0) + 1);
  }

  async #forward({ method, url, headers }, body) {
    const { host, ...passed } = headers;
    const request = http.request(new URL(url, this.#target), {
      method,
      headers: passed,
      agent: this.#agent,
    });
    request.end(body);
    const [answer] = await once(request, 'response');
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: Buffer.concat(await answer.toArray()),
    };
  }
}
