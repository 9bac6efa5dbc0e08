import https from 'node:https';
import { checkServerIdentity } from 'node:tls';

/** Where a request goes, and who must answer. */
export interface Target {
  /** Address of this machine. */
  host: string;
  port: number;
  /** The name or address that the certificate must be for. */
  name: string;
  /** Certificates that may vouch for the answer, PEM. */
  ca: string;
  /** The client's own certificate. */
  certificate?: string;
  key?: string;
}

/** An answer. */
export interface TlsAnswer {
  status: number;
  body: string;
}

/** What is sent. */
export interface TlsRequest {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

const TIMEOUT_MS = 10_000;

/** Sends requests to one server over TLS, over connections that are kept. */
export class TlsClient {
  readonly #agent: https.Agent;

  constructor(private readonly target: Target) {
    const { name, ca, certificate, key } = target;
    this.#agent = new https.Agent({
      keepAlive: true,
      ca,
      // A bundle need not reach a root.
      allowPartialTrustChain: true,
      cert: certificate,
      key,
      // The connection goes to another address than the server is known by.
      checkServerIdentity: (_host, presented) =>
        checkServerIdentity(name, presented),
    } as https.AgentOptions);
  }

  /**
   * Sends one request and reads the whole answer.
   *
   * @throws Error when there is none
   */
  send(request: TlsRequest): Promise<TlsAnswer> {
    const { host, port } = this.target;
    const { method = 'GET', path, headers, body, signal } = request;
    return new Promise((resolve, reject) => {
      const outgoing = https.request(
        {
          host,
          port,
          method,
          path,
          headers: {
            ...headers,
            ...(body === undefined
              ? {}
              : { 'content-length': String(Buffer.byteLength(body)) }),
          },
          agent: this.#agent,
          timeout: TIMEOUT_MS,
          signal,
        },
        response => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', piece => {
            text += piece;
          });
          response.on('error', reject);
          response.on('end', () =>
            resolve({ status: response.statusCode!, body: text }),
          );
        },
      );
      outgoing.on('timeout', () =>
        outgoing.destroy(new Error('it did not answer in time')),
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
