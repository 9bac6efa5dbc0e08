import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  NotImplementedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import express from 'express';
import { DefaultHetznerInfraService } from './DefaultHetznerInfraService';
import { EnvironmentConflictError, InvalidEnvironmentError } from './errors';
import type { HetznerInfraService } from './HetznerInfraService';
import { hetznerInfraServiceRef } from './hetznerInfraServiceRef';

interface ReceivedRequest {
  method?: string;
  url?: string;
  authorization?: string;
  body?: unknown;
}

interface Answer {
  status: number;
  body: unknown;
}

const credentials = mockCredentials.user('user:default/jane');

const environment = {
  id: 'e1',
  name: 'shop',
  owner: 'group:default/platform',
  state: 'creating',
  sentence: 'Being created.',
  revision: 1,
  connection: 'sandbox',
  location: 'fsn1',
  document: { kind: 'Environment' },
  createdAt: '2026-11-23T08:00:00.000Z',
};

const operation = {
  id: 'o1',
  environment: 'shop',
  environmentId: 'e1',
  goal: 'apply',
  revision: 1,
  state: 'running',
  sentence: 'Creating shop.',
  initiator: 'user:default/jane',
  createdAt: '2026-11-23T08:00:00.000Z',
  startedAt: '2026-11-23T08:00:01.000Z',
  steps: [
    {
      id: 's1',
      key: 'network',
      kind: 'network',
      change: 'create',
      title: 'Create network shop',
      state: 'running',
      startedAt: '2026-11-23T08:00:02.000Z',
    },
  ],
};

const refusal = (status: number, error: object): Answer => ({
  status,
  body: { error, response: { statusCode: status } },
});

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? undefined : JSON.parse(text);
}

describe('DefaultHetznerInfraService', () => {
  let received: ReceivedRequest[];
  let answer: Answer;
  let service: HetznerInfraService;

  const server = createServer(async (request, response) => {
    received.push({
      method: request.method,
      url: request.url,
      authorization: request.headers.authorization,
      body: await bodyOf(request),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });

  const serviceAt = (baseUrl: string) =>
    new DefaultHetznerInfraService(
      mockServices.auth({ pluginId: 'scaffolder' }),
      mockServices.discovery.mock({ getBaseUrl: async () => baseUrl }),
    );

  beforeAll(
    () => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)),
  );

  afterAll(() => new Promise(resolve => server.close(resolve)));

  beforeEach(() => {
    received = [];
    const { port } = server.address() as AddressInfo;
    service = serviceAt(`http://127.0.0.1:${port}/api/hetzner-infra`);
  });

  it.each<{
    name: string;
    call: () => Promise<unknown>;
    expected: Omit<ReceivedRequest, 'authorization'>;
  }>([
    {
      name: 'quote',
      call: () =>
        service.quote(
          { kind: 'Environment' },
          { credentials, intent: 'create' },
        ),
      expected: {
        method: 'POST',
        url: '/api/hetzner-infra/quotes',
        body: { environment: { kind: 'Environment' }, intent: 'create' },
      },
    },
    {
      name: 'createEnvironment',
      call: () =>
        service.createEnvironment(
          {
            environment: { kind: 'Environment' },
            requestId: 'task:step',
            maxMonthly: '60.00',
          },
          { credentials },
        ),
      expected: {
        method: 'POST',
        url: '/api/hetzner-infra/environments',
        body: {
          environment: { kind: 'Environment' },
          requestId: 'task:step',
          maxMonthly: '60.00',
        },
      },
    },
    {
      name: 'changeEnvironment',
      call: () =>
        service.changeEnvironment(
          {
            name: 'shop',
            environment: { kind: 'Environment' },
            revision: 3,
            requestId: 'task:step',
          },
          { credentials },
        ),
      expected: {
        method: 'PUT',
        url: '/api/hetzner-infra/environments/shop',
        body: {
          environment: { kind: 'Environment' },
          revision: 3,
          requestId: 'task:step',
        },
      },
    },
    {
      name: 'removeEnvironment',
      call: () =>
        service.removeEnvironment(
          { name: 'shop', data: 'delete', requestId: 'task:step' },
          { credentials },
        ),
      expected: {
        method: 'DELETE',
        url: '/api/hetzner-infra/environments/shop?data=delete&requestId=task%3Astep',
      },
    },
    {
      name: 'getEnvironment',
      call: () => service.getEnvironment('shop', { credentials }),
      expected: {
        method: 'GET',
        url: '/api/hetzner-infra/environments/shop',
      },
    },
    {
      name: 'listEnvironments',
      call: () =>
        service.listEnvironments(
          { state: 'ready', limit: 10 },
          { credentials },
        ),
      expected: {
        method: 'GET',
        url: '/api/hetzner-infra/environments?state=ready&limit=10',
      },
    },
    {
      name: 'listResources',
      call: () => service.listResources('shop', { credentials }),
      expected: {
        method: 'GET',
        url: '/api/hetzner-infra/environments/shop/resources',
      },
    },
    {
      name: 'getOperation',
      call: () => service.getOperation('o1', { credentials }),
      expected: { method: 'GET', url: '/api/hetzner-infra/operations/o1' },
    },
    {
      name: 'cancelOperation',
      call: () => service.cancelOperation('o1', { credentials }),
      expected: {
        method: 'POST',
        url: '/api/hetzner-infra/operations/o1/cancel',
      },
    },
  ])('$name calls the API on behalf of the caller', async test => {
    answer = {
      status: 200,
      body: {
        ...environment,
        ...operation,
        environment,
        operation,
        items: [],
        observedAt: '2026-11-23T08:00:00.000Z',
      },
    };

    await test.call();

    expect(received).toEqual([
      {
        ...test.expected,
        authorization: mockCredentials.service.header({
          onBehalfOf: credentials,
          targetPluginId: 'hetzner-infra',
        }),
      },
    ]);
  });

  it('answers with what the API sent', async () => {
    answer = { status: 202, body: { environment, operation } };

    await expect(
      service.createEnvironment({ environment: {} }, { credentials }),
    ).resolves.toEqual({ environment, operation });
  });

  it('keeps the fields of a refused document', async () => {
    const fields = [
      { path: 'spec.network.nodes', message: 'It lies outside 10.0.0.0/16.' },
    ];
    answer = refusal(400, {
      name: 'InputError',
      message: 'The environment document has 1 problem.',
      fields,
    });

    const error = await service.quote({}, { credentials }).catch(e => e);

    expect(error).toBeInstanceOf(InvalidEnvironmentError);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({
      name: 'InputError',
      message: 'The environment document has 1 problem.',
      fields,
    });
  });

  it('keeps the operation that is in the way', async () => {
    answer = refusal(409, {
      name: 'ConflictError',
      message: 'shop is being created.',
      operationId: 'o1',
    });

    const error = await service
      .removeEnvironment({ name: 'shop' }, { credentials })
      .catch(e => e);

    expect(error).toBeInstanceOf(EnvironmentConflictError);
    expect(error).toBeInstanceOf(ConflictError);
    expect(error).toMatchObject({
      name: 'ConflictError',
      message: 'shop is being created.',
      operationId: 'o1',
    });
  });

  it.each([
    [401, AuthenticationError],
    [403, NotAllowedError],
    [404, NotFoundError],
    [429, ServiceUnavailableError],
    [501, NotImplementedError],
    [503, ServiceUnavailableError],
  ])('translates %d and keeps the sentence', async (status, type) => {
    answer = refusal(status, { name: 'AnyError', message: 'What to do.' });

    const error = await service
      .getOperation('o1', { credentials })
      .catch(e => e);

    expect(error).toBeInstanceOf(type);
    expect(error.message).toBe('What to do.');
    expect(error.cause).toBeUndefined();
  });

  it('names the status of an answer that it does not know', async () => {
    answer = { status: 500, body: 'out of order' };

    await expect(service.getOperation('o1', { credentials })).rejects.toThrow(
      'hetzner-infra answered 500: Request failed with status 500',
    );
  });

  it('says so when nobody answers', async () => {
    const closed = createServer();
    await new Promise<void>(resolve => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise(resolve => closed.close(resolve));

    const error = await serviceAt(`http://127.0.0.1:${port}`)
      .getOperation('o1', { credentials })
      .catch(e => e);

    expect(error).toBeInstanceOf(ServiceUnavailableError);
    expect(error.message).toBe(
      'hetzner-infra does not answer (ECONNREFUSED). Check that the backend runs, then try again.',
    );
    expect(error.cause).toBeUndefined();
  });

  it('says so when the answer is no JSON', async () => {
    answer = { status: 200, body: undefined };

    await expect(
      service.getOperation('o1', { credentials }),
    ).rejects.toBeInstanceOf(ServiceUnavailableError);
  });
});

describe('hetznerInfraServiceRef', () => {
  it('reaches the plugin through the backend with the credentials of the caller', async () => {
    let service: HetznerInfraService | undefined;
    const principals: unknown[] = [];

    const api = createBackendPlugin({
      pluginId: 'hetzner-infra',
      register: env =>
        env.registerInit({
          deps: {
            httpAuth: coreServices.httpAuth,
            httpRouter: coreServices.httpRouter,
          },
          async init({ httpAuth, httpRouter }) {
            const router = express.Router();
            router.get('/operations/:id', async (request, response) => {
              const { principal } = await httpAuth.credentials(request);
              principals.push(principal);
              response.json(operation);
            });
            router.use(mockErrorHandler());
            httpRouter.use(router);
          },
        }),
    });
    const consumer = createBackendPlugin({
      pluginId: 'consumer',
      register: env =>
        env.registerInit({
          deps: { environments: hetznerInfraServiceRef },
          async init({ environments }) {
            service = environments;
          },
        }),
    });
    await startTestBackend({ features: [api, consumer] });

    await service!.getOperation('o1', { credentials });
    await service!.getOperation('o1', {
      credentials: mockCredentials.service('plugin:consumer'),
    });

    expect(principals).toMatchObject([
      { type: 'user', userEntityRef: 'user:default/jane' },
      { type: 'service', subject: 'plugin:consumer' },
    ]);
  });
});
