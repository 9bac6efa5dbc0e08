const API = '/api/hetzner-infra';

/**
 * An answer of the portal.
 *
 * @typedef {object} Answer
 * @property {string} request such as `POST /api/hetzner-infra/quotes`
 * @property {number} status
 * @property {string} text status, headers and body as they came
 * @property {any} body undefined when it is no JSON
 */

/** The portal's HTTP API, as the local guest or with another token. It keeps every answer. */
export class PortalClient {
  #baseUrl;
  #token;
  /** @type {Answer[]} but for the one that signs in */
  answers = [];

  /**
   * @param {string} baseUrl of the backend
   * @param {string} [token] the guest's unless given
   */
  static async signIn(baseUrl, token) {
    const client = new PortalClient();
    client.#baseUrl = baseUrl;
    client.#token = token;
    if (!token) {
      const { body } = await client.#send(
        'POST',
        '/api/auth/guest/refresh',
        {},
      );
      client.#token = body.backstageIdentity.token;
    }
    return client;
  }

  /** The token that this client shows. */
  get token() {
    return this.#token;
  }

  /**
   * Any call; any status is an answer.
   *
   * @returns {Promise<Answer>}
   */
  async ask(method, path, body) {
    const answer = await this.#send(method, path, body);
    this.answers.push(answer);
    return answer;
  }

  /**
   * A call that has to go well.
   *
   * @returns {Promise<any>} the body
   * @throws Error with the answer, unless it is a 2xx
   */
  async call(method, path, body) {
    const { status, text, body: answered } = await this.ask(method, path, body);
    if (status < 200 || status > 299) {
      throw new Error(`${method} ${path} was answered:\n${text}`);
    }
    return answered;
  }

  /** Like {@link ask}, below the API of environments. */
  askInfra(method, path, body) {
    return this.ask(method, `${API}${path}`, body);
  }

  /** Like {@link call}, below the API of environments. */
  infra(method, path, body) {
    return this.call(method, `${API}${path}`, body);
  }

  /**
   * Reads the stream of an operation's events until it ends, which is when the
   * operation has ended.
   *
   * @returns {Promise<any>} the operation
   */
  async follow(operationId) {
    await this.call('GET', `${API}/operations/${operationId}/events`);
    return this.infra('GET', `/operations/${operationId}`);
  }

  /**
   * Waits for the end of a scaffolder task.
   *
   * @returns {Promise<{ status: string, events: any[] }>}
   */
  async followTask(taskId) {
    const path = `/api/scaffolder/v2/tasks/${taskId}`;
    const events = [];
    // The call waits for news by itself.
    while (events.at(-1)?.type !== 'completion') {
      const after = events.at(-1)?.id ?? 0;
      events.push(...(await this.call('GET', `${path}/events?after=${after}`)));
    }
    const { status } = await this.call('GET', path);
    return { status, events };
  }

  async #send(method, path, body) {
    const response = await fetch(`${this.#baseUrl}${path}`, {
      method,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    const headers = [...response.headers].map(
      ([name, value]) => `${name}: ${value}`,
    );
    return {
      request: `${method} ${path}`,
      status: response.status,
      text: [response.status, ...headers, '', text].join('\n'),
      body: isJson ? JSON.parse(text) : undefined,
    };
  }
}
