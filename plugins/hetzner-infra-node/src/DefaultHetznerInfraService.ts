import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  DefaultApiClient,
  type CreateEnvironmentRequest,
  type ListEnvironments,
  type RemoveEnvironment,
  type RequestOptions,
  type TypedResponse,
  type UpdateEnvironmentRequest,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { errorOfNoAnswer, errorOfResponse } from './errors';
import type {
  HetznerInfraService,
  HetznerInfraServiceOptions,
} from './HetznerInfraService';

/** How long one call may take. A quote asks the provider when its catalogue is not cached. */
const CALL_TIMEOUT_MILLISECONDS = 30_000;

const timedFetch: typeof fetch = (input, init) =>
  fetch(input, {
    ...init,
    signal: AbortSignal.timeout(CALL_TIMEOUT_MILLISECONDS),
  });

/** Reads an answer to its end. Throws the error of a refusal, or of an answer that broke off. */
async function read<T>(answer: Promise<TypedResponse<T>>): Promise<T> {
  let refusal: ResponseError;
  try {
    const response = await answer;
    if (response.ok) {
      return await response.json();
    }
    refusal = await ResponseError.fromResponse(response as Response);
  } catch (error) {
    throw errorOfNoAnswer(error);
  }
  throw errorOfResponse(refusal);
}

/** {@link HetznerInfraService} over the plugin's HTTP API. */
export class DefaultHetznerInfraService implements HetznerInfraService {
  readonly #auth: AuthService;
  readonly #client: DefaultApiClient;

  constructor(auth: AuthService, discovery: DiscoveryService) {
    this.#auth = auth;
    this.#client = new DefaultApiClient({
      discoveryApi: discovery,
      fetchApi: { fetch: timedFetch },
    });
  }

  quote(
    environment: CreateEnvironmentRequest['environment'],
    { intent, ...options }: HetznerInfraServiceOptions & { intent?: 'create' },
  ) {
    return this.#call(options, token =>
      this.#client.createQuote(
        { body: { environment, ...(intent && { intent }) } },
        token,
      ),
    );
  }

  createEnvironment(
    request: CreateEnvironmentRequest,
    options: HetznerInfraServiceOptions,
  ) {
    return this.#call(options, token =>
      this.#client.createEnvironment({ body: request }, token),
    );
  }

  changeEnvironment(
    request: { name: string } & UpdateEnvironmentRequest,
    options: HetznerInfraServiceOptions,
  ) {
    const { name, ...body } = request;
    return this.#call(options, token =>
      this.#client.updateEnvironment({ path: { name }, body }, token),
    );
  }

  removeEnvironment(
    request: { name: string } & RemoveEnvironment['query'],
    options: HetznerInfraServiceOptions,
  ) {
    const { name, ...query } = request;
    return this.#call(options, token =>
      this.#client.removeEnvironment({ path: { name }, query }, token),
    );
  }

  getEnvironment(name: string, options: HetznerInfraServiceOptions) {
    return this.#call(options, token =>
      this.#client.getEnvironment({ path: { name } }, token),
    );
  }

  listEnvironments(
    filter: ListEnvironments['query'],
    options: HetznerInfraServiceOptions,
  ) {
    return this.#call(options, token =>
      this.#client.listEnvironments({ query: filter }, token),
    );
  }

  listResources(name: string, options: HetznerInfraServiceOptions) {
    return this.#call(options, token =>
      this.#client.listResources({ path: { name } }, token),
    );
  }

  getOperation(id: string, options: HetznerInfraServiceOptions) {
    return this.#call(options, token =>
      this.#client.getOperation({ path: { id } }, token),
    );
  }

  cancelOperation(id: string, options: HetznerInfraServiceOptions) {
    return this.#call(options, token =>
      this.#client.cancelOperation({ path: { id } }, token),
    );
  }

  async #call<T>(
    { credentials }: HetznerInfraServiceOptions,
    send: (options: RequestOptions) => Promise<TypedResponse<T>>,
  ): Promise<T> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'hetzner-infra',
    });
    return read(send({ token }));
  }
}
