/** Pause between two looks at an operation. Its end is taken from the operation itself, not from the look. */
const LOOK_PAUSE_MILLISECONDS = 500;

/** How long the catalog may take to read its files after the start. */
const CATALOG_MILLISECONDS = 60_000;

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

  /** Waits until the catalog has an entity: it reads its files some seconds after the start. */
  async untilKnown(entityRef) {
    const [, kind, namespace, name] = /^(.+):(.+)\/(.+)$/.exec(entityRef);
    const path = `/api/catalog/entities/by-name/${kind}/${namespace}/${name}`;
    const endsAt = Date.now() + CATALOG_MILLISECONDS;
    while (Date.now() < endsAt) {
      if ((await this.#fetch('GET', path)).ok) return;
      await new Promise(resolve =>
        setTimeout(resolve, LOOK_PAUSE_MILLISECONDS),
      );
    }
    throw new Error(`The catalog does not get to know ${entityRef}.`);
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

  #fetch(method, path, body) {
    return fetch(`${this.#baseUrl}${path}`, {
      method,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
      },
      body: body && JSON.stringify(body),
    });
  }

  async #call(method, path, body) {
    const response = await this.#fetch(method, path, body);
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
