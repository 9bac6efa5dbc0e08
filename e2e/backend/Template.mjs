const SCAFFOLDER = '/api/scaffolder/v2';

/** A template of the catalog, to be used as the wizard uses it. */
export class Template {
  #entity;

  /**
   * @param {import('./PortalClient.mjs').PortalClient} client
   * @param {string} name
   * @returns {Promise<Template | undefined>} nothing until the catalog has read it
   */
  static async find(client, name) {
    const { status, body } = await client.ask(
      'GET',
      `/api/catalog/entities/by-name/template/default/${name}`,
    );
    if (status !== 200) return undefined;
    const template = new Template();
    template.#entity = body;
    return template;
  }

  /** What the wizard sends when a person changes only these values. */
  valuesWith(changed) {
    const fields = this.#entity.spec.parameters.flatMap(({ properties }) =>
      Object.entries(properties),
    );
    const defaults = fields
      .filter(([, field]) => field.default !== undefined)
      .map(([name, field]) => [name, field.default]);
    return { ...Object.fromEntries(defaults), ...changed };
  }

  /** @returns {Promise<import('./PortalClient.mjs').Answer>} */
  dryRun(client, values) {
    return client.ask('POST', `${SCAFFOLDER}/dry-run`, {
      template: this.#entity,
      values,
      directoryContents: [],
    });
  }

  /** @returns {Promise<string>} id of the task */
  async run(client, values) {
    const { kind, metadata } = this.#entity;
    const { id } = await client.call('POST', `${SCAFFOLDER}/tasks`, {
      templateRef: `${kind}:default/${metadata.name}`.toLowerCase(),
      values,
    });
    return id;
  }
}
