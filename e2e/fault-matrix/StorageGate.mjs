import { createServer, request } from 'node:http';
import { once } from 'node:events';

/**
 * Stands before the S3 server and counts what the engine sends, so that a run can
 * be disturbed at each of these calls as at those to the cloud.
 */
export class StorageGate {
  #server;
  #target;
  #rule;
  /** How many calls came. */
  calls = 0;

  /** @param {string} target address of the S3 server */
  static async open(target) {
    const gate = new StorageGate();
    gate.#target = target;
    gate.#server = createServer((incoming, outgoing) => {
      gate.#meet(incoming, outgoing).catch(() => outgoing.destroy());
    }).listen(0, '127.0.0.1');
    await once(gate.#server, 'listening');
    return gate;
  }

  get endpoint() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** Ends every disturbance; a held call is dropped. */
  calm() {
    this.#rule?.release?.('drop');
    this.#rule = undefined;
  }

  /**
   * Holds a call.
   *
   * @param {{ nth: number, when: 'before' | 'after', write?: boolean }} which before or after
   *   its effect; `write` counts only calls that change something
   */
  hold({ nth, when, write = false }) {
    const released = Promise.withResolvers();
    this.#rule = {
      nth,
      when,
      write,
      state: 'armed',
      release: released.resolve,
      released: released.promise,
    };
  }

  /** Loses the answer of a call that took effect. */
  loseAnswer(nth) {
    this.#rule = { nth, when: 'lost', state: 'armed' };
  }

  /** Whether the call came that was asked for. */
  get isReached() {
    return this.#rule?.state === 'held';
  }

  /** @param {'drop' | 'continue'} then */
  release(then) {
    this.#rule.release(then);
  }

  async close() {
    this.calm();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #meet(incoming, outgoing) {
    this.calls += 1;
    const rule = this.#ruleFor(incoming.method);
    const body = [];
    for await (const part of incoming) body.push(part);
    if (rule) rule.state = 'held';
    if (rule?.when === 'before' && (await rule.released) === 'drop') {
      outgoing.destroy();
      return;
    }
    const answer = await this.#pass(incoming, Buffer.concat(body));
    if (rule?.when === 'after') await rule.released;
    if (rule?.when === 'after' || rule?.when === 'lost') {
      outgoing.destroy();
      return;
    }
    outgoing.writeHead(answer.status, answer.headers);
    outgoing.end(answer.body);
  }

  #ruleFor(method) {
    const rule = this.#rule;
    const isRead = method === 'GET' || method === 'HEAD';
    if (rule?.state !== 'armed' || (rule.write && isRead)) return undefined;
    rule.nth -= 1;
    return rule.nth === 0 ? rule : undefined;
  }

  async #pass({ method, url, headers }, body) {
    // What is signed stays as it is, the host's name among it.
    const onward = request(new URL(url, this.#target), { method, headers });
    onward.end(body);
    const [answer] = await once(onward, 'response');
    const parts = [];
    for await (const part of answer) parts.push(part);
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: Buffer.concat(parts),
    };
  }
}
