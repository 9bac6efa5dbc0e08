import { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { API_PORT, API_SERVER_PORT } from './ports';
import type { ServerFiles } from './serverFiles';

/** Headers that only the front may set. */
const IDENTITY = /^x-remote-/i;

/** Who a request is from, as the API server is told. Source: Kubernetes documentation, authenticating proxy. */
function identityOf(socket: TLSSocket): Record<string, string | string[]> {
  if (!socket.authorized) return {};
  const { subject } = socket.getPeerCertificate();
  if (!subject?.CN) return {};
  const groups = subject.O === undefined ? [] : [subject.O].flat();
  return {
    'x-remote-user': [subject.CN].flat()[0],
    'x-remote-group': [...groups, 'system:authenticated'],
  };
}

/** What answers k3s's own calls; true when it has taken the request. */
export type SupervisorHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => boolean;

/** What listens on a control plane's 6443. */
export interface Front {
  close(): Promise<void>;
}

/**
 * Listens on a control plane's API port: k3s's own calls are answered here, and
 * everything else goes to the API server, with the identity of the client's
 * certificate. The API server trusts it by the request header CA, as it does
 * aggregated APIs' proxies.
 *
 * @throws Error when the port is taken
 */
export async function startFront({
  address,
  files,
  names,
  supervisor,
}: {
  address: string;
  files: ServerFiles;
  /** What clients may call the control plane. */
  names: readonly string[];
  supervisor: SupervisorHandler;
}): Promise<Front> {
  const serverCa = files.authority('server-ca').certificates;
  const serving = await files.issue('server-ca', {
    commonName: 'k3s',
    organization: 'k3s',
    names,
    usages: ['serverAuth'],
  });
  const proxy = await files.issue('request-header-ca', {
    commonName: 'system:auth-proxy',
    usages: ['clientAuth'],
  });
  const pool = (identity?: { certificate: string; key: string }) =>
    new https.Agent({
      keepAlive: true,
      ca: serverCa,
      allowPartialTrustChain: true,
      cert: identity?.certificate,
      key: identity?.key,
    } as https.AgentOptions);
  const withIdentity = pool(proxy);
  const withoutIdentity = pool();

  const forward = (request: IncomingMessage) => {
    const identity = identityOf(request.socket as TLSSocket);
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !IDENTITY.test(name)),
    );
    return https.request({
      host: address,
      port: API_SERVER_PORT,
      method: request.method,
      path: request.url,
      headers: { ...headers, ...identity },
      agent: identity['x-remote-user'] ? withIdentity : withoutIdentity,
      setHost: false,
    });
  };

  const server = https.createServer(
    {
      cert: serving.certificate,
      key: serving.key,
      ca: files.authority('client-ca').certificates,
      allowPartialTrustChain: true,
      requestCert: true,
      rejectUnauthorized: false,
    } as https.ServerOptions,
    (request, response) => {
      if (supervisor(request, response)) return;
      const outgoing = forward(request);
      outgoing.on('response', incoming => {
        response.writeHead(incoming.statusCode!, incoming.headers);
        response.flushHeaders();
        incoming.pipe(response);
        incoming.on('error', () => response.destroy());
      });
      outgoing.on('error', () => unavailable(response));
      response.on('close', () => outgoing.destroy());
      request.pipe(outgoing);
    },
  );
  // A watch lasts as long as its client wants.
  server.requestTimeout = 0;
  server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    const outgoing = forward(request);
    socket.on('error', () => outgoing.destroy());
    outgoing.on('error', () => socket.destroy());
    outgoing.on('response', incoming => {
      socket.write(headOf(incoming));
      incoming.pipe(socket);
    });
    outgoing.on('upgrade', (incoming, upstream, upstreamHead) => {
      socket.write(headOf(incoming));
      socket.write(upstreamHead);
      upstream.write(head);
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
      upstream.pipe(socket).pipe(upstream);
    });
    outgoing.end();
  });
  server.on('tlsClientError', () => {}); // a client that went away
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(API_PORT, address, resolve);
  });
  return {
    async close() {
      const closed = new Promise(resolve => server.close(resolve));
      server.closeAllConnections();
      withIdentity.destroy();
      withoutIdentity.destroy();
      await closed;
    },
  };
}

function headOf(incoming: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${incoming.statusCode} ${incoming.statusMessage}`];
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    lines.push(
      `${incoming.rawHeaders[index]}: ${incoming.rawHeaders[index + 1]}`,
    );
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** The API server does not answer: k3s says so in the form of its API. */
function unavailable(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(503, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'apiserver not ready',
      reason: 'ServiceUnavailable',
      code: 503,
    }),
  );
}
