import { inspect } from 'node:util';
import { serializeError, stringifyError } from '@backstage/errors';
import { CloudError } from '../CloudError';
import { InstantClock } from '../../__testUtils__/InstantClock';
import {
  html,
  json,
  refusal,
  reset,
  ScriptedServer,
  silence,
  truncated,
  type Reply,
} from '../../__testUtils__/ScriptedServer';
import { selfSignedCertificate } from '../../__testUtils__/tlsCertificate';
import { connectHetzner } from './connectHetzner';
import { createOrAdopt } from './createOrAdopt';
import type { CallReport } from './HetznerCloud';

const TOKEN =
  'Zk3vXq9LmT7wRb2YcN8sHd5GfJ1pAe4UoKi6VtBxQyWzSrElMnCgDhFjPuIaO0Tz';

const labels = {
  'infra.xpeditis.com/installation': 'i',
  'infra.xpeditis.com/environment-id': 'e',
};

/** Every way in which an error comes to be read. */
function renderings(value: unknown): string[] {
  const error = value as Error;
  return [
    String(error),
    error.message,
    error.stack ?? '',
    JSON.stringify(error),
    JSON.stringify(error, Object.getOwnPropertyNames(error)),
    JSON.stringify(serializeError(error, { includeStack: true })),
    stringifyError(error),
    inspect(error, { depth: Infinity, showHidden: true, getters: true }),
  ];
}

/** A gateway that repeats the whole request, headers included, as some do. */
const echoes =
  (status: number, type: string): Reply =>
  (response, request) => {
    const told = JSON.stringify(request.headers);
    response.writeHead(status, {
      'Content-Type': type,
      'X-Correlation-Id': TOKEN,
    });
    response.end(
      type === 'text/html'
        ? `<pre>${told}</pre>`
        : JSON.stringify({
            error: {
              code: `bad ${told}`,
              message: `you sent ${told}`,
              details: {
                fields: [{ name: told, messages: [told] }],
                limits: [{ name: told }],
                announcement: told,
              },
            },
          }),
    );
  };

const replies: [string, Reply][] = [
  ...[400, 401, 403, 404, 409, 410, 412, 422, 423, 429, 500, 502, 503, 504].map(
    status =>
      [`${status} with the API's envelope`, refusal(status, 'a_code')] as [
        string,
        Reply,
      ],
  ),
  ['429 rate limit', refusal(429, 'rate_limit_exceeded')],
  ['502 with a page', html(502)],
  ['422 that echoes the request', echoes(422, 'application/json')],
  ['502 page that echoes the request', echoes(502, 'text/html')],
  ['200 page that echoes the request', echoes(200, 'text/html')],
  ['malformed JSON', html(200, '{"server": ')],
  ['an empty 200', html(200, '')],
  ['a redirect', json(302, {}, { Location: 'http://127.0.0.1:9/' })],
  ['a reset connection', reset()],
  ['half an answer', truncated()],
  ['no answer in time', silence()],
];

describe('the token', () => {
  let api: ScriptedServer;
  const reports: CallReport[] = [];

  function connect(endpoint = api.endpoint) {
    return connectHetzner({
      token: TOKEN,
      endpoint,
      clock: new InstantClock(),
      timeoutSeconds: 0.1,
      retryLimits: { attempts: 2, baseSeconds: 1, capSeconds: 1 },
      onCall: report => reports.push(report),
    });
  }

  /** What reading, writing, listing, creating and waiting fail with. */
  async function failures(endpoint?: string): Promise<unknown[]> {
    const cloud = connect(endpoint);
    const running = { id: 1, status: 'running', progress: 0 } as never;
    const results = await Promise.allSettled([
      cloud.get('/servers/{id}', { path: { id: 1 } }),
      cloud.post('/servers/{id}/actions/poweron', { path: { id: 1 } }),
      cloud.put('/servers/{id}', { path: { id: 1 }, body: { name: 'x' } }),
      cloud.delete('/servers/{id}', { path: { id: 1 } }),
      cloud.listAll('/servers'),
      createOrAdopt(
        cloud,
        '/networks',
        { name: 'n', ip_range: '10.0.0.0/16', labels },
        { clock: new InstantClock() },
      ),
      cloud.waitFor([running]),
    ]);
    cloud.close();
    return results.map(result =>
      result.status === 'rejected' ? result.reason : undefined,
    );
  }

  /** What is wrong with these errors; nothing, if all is well. */
  function leaks(errors: unknown[]): string[] {
    const found = errors.flatMap(error => {
      const sound = error instanceof CloudError && error.cause === undefined;
      const texts = renderings(error).filter(text => text.includes(TOKEN));
      return sound ? texts : [...texts, `not our own error: ${error}`];
    });
    const told = JSON.stringify(reports);
    return told.includes(TOKEN) ? [...found, told] : found;
  }

  beforeEach(async () => {
    api = await ScriptedServer.start();
    reports.splice(0);
  });

  afterEach(() => api.stop());

  it('reaches the server', async () => {
    api.otherwise(json(200, {}));
    const cloud = connect();
    await cloud.get('/pricing');
    cloud.close();
    expect(api.requests[0].headers.authorization).toBe(`Bearer ${TOKEN}`);
  });

  it.each(replies)('is in no error after %s', async (_, reply) => {
    api.otherwise(reply);
    expect(leaks(await failures())).toEqual([]);
    expect(reports.length).toBeGreaterThan(0);
  });

  it('is in no error when nobody listens', async () => {
    const gone = await ScriptedServer.start();
    const { endpoint } = gone;
    await gone.stop();
    expect(leaks(await failures(endpoint))).toEqual([]);
  });

  it('is in no error when the host is unknown', async () => {
    expect(leaks(await failures('http://does-not-exist.invalid/v1'))).toEqual(
      [],
    );
  });

  it('is in no error when the certificate cannot be verified', async () => {
    const tls = await ScriptedServer.start(await selfSignedCertificate());
    expect(leaks(await failures(tls.endpoint))).toEqual([]);
    await tls.stop();
  });

  it('is in no error when the server speaks no TLS', async () => {
    expect(
      leaks(await failures(api.endpoint.replace('http:', 'https:'))),
    ).toEqual([]);
  });

  it('is in no error of a failed action that repeats it', async () => {
    api.otherwise(
      json(200, {
        actions: [
          {
            id: 1,
            command: 'create_server',
            status: 'error',
            progress: 0,
            resources: [],
            error: { code: 'x', message: `token ${TOKEN} is bad` },
          },
        ],
      }),
    );
    const cloud = connect();
    const error = await cloud
      .waitFor([{ id: 1, status: 'running', progress: 0 } as never])
      .catch(e => e);
    cloud.close();
    expect(leaks([error])).toEqual([]);
  });

  it('cannot be seen on the connection itself', () => {
    const cloud = connect();
    const options = { depth: Infinity, showHidden: true, getters: true };
    expect(inspect(cloud, options)).not.toContain(TOKEN);
    expect(inspect(cloud.scoped({}), options)).not.toContain(TOKEN);
    expect(JSON.stringify(cloud)).not.toContain(TOKEN);
    cloud.close();
  });
});
