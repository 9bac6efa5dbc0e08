import { mockApis, registerMswTestHooks } from '@backstage/frontend-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { sampleEnvironment } from '../__testUtils__/samples';
import { HetznerInfraClient } from './HetznerInfraClient';

const server = setupServer();
registerMswTestHooks(server);

const BASE = 'http://localhost:7007/api/hetzner-infra';
const client = new HetznerInfraClient({
  fetchApi: mockApis.fetch({
    injectIdentityAuth: { token: 'a-token' },
    resolvePluginProtocol: {
      discoveryApi: mockApis.discovery({ baseUrl: 'http://localhost:7007' }),
    },
  }),
});

describe('HetznerInfraClient', () => {
  it('asks with the reader’s token and escapes names', async () => {
    server.use(
      http.get(`${BASE}/environments/:name`, ({ request, params }) =>
        HttpResponse.json({
          ...sampleEnvironment({ name: String(params.name) }),
          sentence: request.headers.get('authorization'),
        }),
      ),
    );
    await expect(client.getEnvironment('a b')).resolves.toMatchObject({
      name: 'a b',
      sentence: 'Bearer a-token',
    });
  });

  it.each<[string, () => Response, object]>([
    [
      'the backend’s own words and ids',
      () =>
        HttpResponse.json(
          {
            error: {
              name: 'ConflictError',
              message: 'An operation is running.',
              code: 'operation-running',
              correlationId: 'c-1',
              operationId: 'op-7',
              fields: [{ path: 'spec.location', message: 'No such place.' }],
            },
          },
          { status: 409 },
        ),
      {
        name: 'InfraError',
        status: 409,
        message: 'An operation is running.',
        code: 'operation-running',
        correlationId: 'c-1',
        operationId: 'op-7',
        fields: [{ path: 'spec.location', message: 'No such place.' }],
      },
    ],
    [
      'the status of an answer that is not the backend’s',
      () => new HttpResponse('<h1>Not found</h1>', { status: 404 }),
      { status: 404, message: '404 Not Found', fields: [] },
    ],
    ...[502, 503, 504].map((status): [string, () => Response, object] => [
      `that nothing answered when a gateway says ${status}`,
      () => new HttpResponse('<h1>No upstream</h1>', { status }),
      { status: 0, fields: [] },
    ]),
    [
      'what the backend says with the status of a gateway',
      () =>
        HttpResponse.json(
          { error: { message: 'The provider is away.' } },
          { status: 503 },
        ),
      { status: 503, message: 'The provider is away.', fields: [] },
    ],
    [
      'that nothing answered',
      () => HttpResponse.error(),
      { status: 0, fields: [] },
    ],
  ])('rejects with %s', async (_what, answer, expected) => {
    server.use(http.post(`${BASE}/environments/prod/reconcile`, answer));
    await expect(client.reconcileEnvironment('prod')).rejects.toMatchObject(
      expected,
    );
  });

  it('reads as many operations as are wanted, however many one answer holds', async () => {
    const asked: [string | null, string | null][] = [];
    server.use(
      http.get(`${BASE}/operations`, ({ request }) => {
        const { searchParams } = new URL(request.url);
        const limit = Number(searchParams.get('limit'));
        asked.push([searchParams.get('limit'), searchParams.get('cursor')]);
        return HttpResponse.json({
          items: Array.from({ length: limit }, () => ({})),
          nextCursor: `after-${asked.length}`,
        });
      }),
    );
    await expect(client.listOperations({ limit: 650 })).resolves.toHaveLength(
      650,
    );
    expect(asked).toEqual([
      ['500', null],
      ['150', 'after-1'],
    ]);
  });

  it('accepts an answer without a body', async () => {
    server.use(
      http.delete(
        `${BASE}/connections/old`,
        () => new HttpResponse(null, { status: 204 }),
      ),
    );
    await expect(client.deleteConnection('old')).resolves.toBeUndefined();
  });
});
