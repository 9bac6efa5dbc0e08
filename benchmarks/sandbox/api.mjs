import { Agent, request } from 'node:http';

/** The Hetzner Cloud API of a sandbox, over connections that are kept. */
export class Api {
  #agent = new Agent({ keepAlive: true, maxSockets: 16 });
  #url;

  /** @param {string} url of the sandbox */
  constructor(url) {
    this.#url = url;
  }

  /**
   * @param {string} route such as `GET /hetzner/v1/servers`
   * @param {object} [body]
   * @returns {Promise<{ body: any, milliseconds: number }>}
   */
  send(route, body) {
    const [method, target] = route.split(' ');
    const startedAt = performance.now();
    return new Promise((resolve, reject) => {
      const sent = request(`${this.#url}${target}`, {
        method,
        agent: this.#agent,
        headers: {
          authorization: 'Bearer benchmark',
          'content-type': 'application/json',
        },
      });
      sent.on('error', reject);
      sent.on('response', response => {
        const parts = [];
        response.on('error', reject);
        response.on('data', part => parts.push(part));
        response.on('end', () => {
          const milliseconds = performance.now() - startedAt;
          const text = Buffer.concat(parts).toString();
          if (response.statusCode >= 300) {
            reject(
              new Error(`${route} answered ${response.statusCode}: ${text}`),
            );
            return;
          }
          resolve({
            body: text === '' ? undefined : JSON.parse(text),
            milliseconds,
          });
        });
      });
      sent.end(body && JSON.stringify(body));
    });
  }

  close() {
    this.#agent.destroy();
  }
}
