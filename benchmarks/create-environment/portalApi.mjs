/** Pause between two looks at an operation. Its end is taken from the operation itself, not from the look. */
const LOOK_PAUSE_MILLISECONDS = 500;

const ENDED = ['succeeded', 'failed', 'cancelled'];

/** A client of the portal's API that is signed in as the guest of the local configuration. */
export class PortalApi {
  #baseUrl;
  #token;

  /** @param {string} baseUrl of the backend */
  static async signIn(baseUrl) {
    const api = new PortalApi();
    api.#baseUrl = baseUrl;
    const { backstageIdentity } = await api.#call(
      'POST',
      '/api/auth/guest/refresh',
      {},
    );
    api.#token = backstageIdentity.token;
    return api;
  }

  quote(environment) {
    return this.#call('POST', '/api/hetzner-infra/quotes', { environment });
  }

  /** Creates an environment and waits for its end. @returns epoch milliseconds of start and end */
  create(environment) {
    return this.#run('POST', '/api/hetzner-infra/environments', {
      environment,
    });
  }

  /** Removes an environment with its data and waits for its end. @returns epoch milliseconds of start and end */
  remove(name) {
    return this.#run(
      'DELETE',
      `/api/hetzner-infra/environments/${name}?data=delete`,
    );
  }

  async #run(method, path, body) {
    const startedAt = Date.now();
    const { operation } = await this.#call(method, path, body);
    for (;;) {
      const now = await this.#call(
        'GET',
        `/api/hetzner-infra/operations/${operation.id}`,
      );
      if (now.state === 'succeeded') {
        return { startedAt, finishedAt: Date.parse(now.finishedAt) };
      }
      if (ENDED.includes(now.state)) {
        throw new Error(
          `The operation ${operation.id} ${now.state}: ${
            now.error?.message ?? now.sentence
          }`,
        );
      }
      await new Promise(resolve =>
        setTimeout(resolve, LOOK_PAUSE_MILLISECONDS),
      );
    }
  }

  async #call(method, path, body) {
    const response = await fetch(`${this.#baseUrl}${path}`, {
      method,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
      },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(
        `${method} ${path} answered ${
          response.status
        }: ${await response.text()}`,
      );
    }
    return response.json();
  }
}
