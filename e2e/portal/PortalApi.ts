import { expect } from '@playwright/test';
import { backendUrl } from './portalUnderTest';

/** The portal's HTTP API as a script uses it, signed in as the local guest. */
export class PortalApi {
  #token: string | undefined;

  /** The quote of a document. */
  quote(environment: object): Promise<any> {
    return this.#call('POST', '/api/hetzner-infra/quotes', { environment });
  }

  /** Whether a document can be quoted now. */
  canQuote(environment: object): Promise<boolean> {
    return this.quote(environment).then(
      () => true,
      () => false,
    );
  }

  /** Creates an environment and waits until it stands. */
  async create(environment: object): Promise<void> {
    await this.untilSucceeded(await this.order(environment));
  }

  /**
   * Orders an environment and does not wait for it.
   *
   * @returns id of the operation
   */
  async order(environment: object): Promise<string> {
    const { operation } = await this.#call(
      'POST',
      '/api/hetzner-infra/environments',
      { environment },
    );
    return operation.id;
  }

  /** Removes every environment that there is, and waits until all are gone. */
  async removeAll(): Promise<void> {
    const { items } = await this.#call(
      'GET',
      '/api/hetzner-infra/environments',
    );
    for (const { name, state } of items) {
      if (state === 'removed') continue;
      const { operation } = await this.#call(
        'DELETE',
        `/api/hetzner-infra/environments/${name}?data=delete`,
      );
      await this.untilSucceeded(operation.id);
    }
  }

  /** Forgets every connection that was added by hand. */
  async deleteConnections(): Promise<void> {
    const { items } = await this.#call('GET', '/api/hetzner-infra/connections');
    for (const { name, origin } of items) {
      if (origin === 'api') {
        await this.#call('DELETE', `/api/hetzner-infra/connections/${name}`);
      }
    }
  }

  /** Waits for the end of an operation; it has to be a good one. */
  async untilSucceeded(id: string): Promise<void> {
    await expect
      .poll(
        async () =>
          (
            await this.#call('GET', `/api/hetzner-infra/operations/${id}`)
          ).state,
        { timeout: 60_000 },
      )
      .toBe('succeeded');
  }

  async #call(method: string, path: string, body?: object): Promise<any> {
    this.#token ??= await this.#signIn();
    const response = await fetch(`${backendUrl()}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
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
    return response.status === 204 ? undefined : response.json();
  }

  async #signIn(): Promise<string> {
    const response = await fetch(`${backendUrl()}/api/auth/guest/refresh`, {
      method: 'POST',
    });
    const { backstageIdentity } = (await response.json()) as {
      backstageIdentity: { token: string };
    };
    return backstageIdentity.token;
  }
}
