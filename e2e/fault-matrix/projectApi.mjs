const collections = [
  'certificates',
  'firewalls',
  'floating_ips',
  'load_balancers',
  'networks',
  'placement_groups',
  'primary_ips',
  'servers',
  'ssh_keys',
  'volumes',
];

/**
 * A project of the cloud, by its public API alone: what is read here knows
 * nothing of the engine.
 */
export class ProjectApi {
  /**
   * @param {string} endpoint with /v1
   * @param {string} token
   */
  constructor(endpoint, token) {
    this.endpoint = endpoint;
    this.token = token;
  }

  /** @throws Error if the answer is no 2xx */
  async call(method, route, body) {
    const response = await fetch(`${this.endpoint}${route}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${route}: ${response.status} ${text}`);
    }
    return text === '' ? undefined : JSON.parse(text);
  }

  /**
   * Everything that stands in the project.
   *
   * @returns {Promise<Record<string, any[]>>} items as the API shows them, by collection
   */
  async everything() {
    const lists = await Promise.all(
      collections.map(async collection => [
        collection,
        await this.#list(collection),
      ]),
    );
    return Object.fromEntries(lists);
  }

  async #list(collection) {
    const items = [];
    for (let page = 1; page; ) {
      const answer = await this.call(
        'GET',
        `/${collection}?per_page=50&page=${page}`,
      );
      items.push(...answer[collection]);
      page = answer.meta.pagination.next_page;
    }
    return items;
  }
}
