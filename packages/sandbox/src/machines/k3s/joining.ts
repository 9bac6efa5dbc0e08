import { connect } from 'node:tls';
import type { Surroundings } from '../Surroundings';
import { TlsAnswer, TlsClient, TlsRequest } from '../tlsRequest';
import { caHashOf, Token } from './token';
import { isRefused } from './supervisor';

/** Thrown when a server does not let a node in, or cannot be trusted: trying again changes nothing. */
export class JoinRefusedError extends Error {}

/** A server that a node joins, with the CA that the token vouches for. */
export class JoinedServer {
  readonly #client: TlsClient;

  constructor(
    /** Its URL, as the node knows it. */
    readonly url: string,
    /** Where it is on this machine. */
    readonly host: string,
    readonly port: number,
    readonly ca: string,
    private readonly token: Token,
  ) {
    this.#client = new TlsClient({
      host,
      port,
      name: new URL(url).hostname,
      ca,
    });
  }

  /**
   * Makes one of k3s's own calls.
   *
   * @throws JoinRefusedError when the password is wrong
   * @throws Error when there is no good answer
   */
  async call(name: string, request: Partial<TlsRequest> = {}): Promise<string> {
    const { user, password } = this.token;
    const answer = await this.#client.send({
      ...request,
      path: `/v1-k3s/${name}`,
      headers: {
        ...request.headers,
        authorization: `Basic ${Buffer.from(`${user}:${password}`).toString(
          'base64',
        )}`,
      },
    });
    if (isRefused(answer)) {
      throw new JoinRefusedError(
        `${this.url} does not accept the token of user ${user}`,
      );
    }
    if (answer.status !== 200) {
      throw new Error(`${this.url} answered ${answer.status}: ${answer.body}`);
    }
    return answer.body;
  }

  close(): void {
    this.#client.close();
  }
}

/** Where a URL leads from a machine; undefined when nothing answers there. */
export function hostOf(
  url: string,
  surroundings: Surroundings,
): { host: string; port: number } | undefined {
  const { hostname, port } = new URL(url);
  const host = surroundings.route(hostname);
  return host ? { host, port: Number(port || 443) } : undefined;
}

/** Asks a server for its CA without trusting it yet. */
async function askForCa(
  host: string,
  port: number,
  name: string,
): Promise<TlsAnswer> {
  const presented = await presentedCa(host, port);
  const client = new TlsClient({ host, port, name, ca: presented });
  try {
    return await client.send({ path: '/cacerts' });
  } finally {
    client.close();
  }
}

/**
 * The certificates that a server presents above its own, PEM: what it would
 * have the client trust.
 */
function presentedCa(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      // Nothing is sent over this connection: it only shows the certificates,
      // which the token's hash then vouches for.
      rejectUnauthorized: false,
    });
    socket.setTimeout(5_000, () =>
      socket.destroy(new Error('it did not answer in time')),
    );
    socket.on('error', reject);
    socket.on('secureConnect', () => {
      const chain: string[] = [];
      let certificate = socket.getPeerX509Certificate()?.issuerCertificate;
      while (certificate && !chain.includes(certificate.toString())) {
        chain.push(certificate.toString());
        certificate = certificate.issuerCertificate;
      }
      socket.destroy();
      if (chain.length > 0) resolve(chain.join(''));
      else reject(new Error('it presents no certificate authority'));
    });
  });
}

/**
 * Finds out whom a server's certificate is from, and that the token vouches for
 * it. Source: k3s pkg/clientaccess/token.go.
 *
 * @throws JoinRefusedError when the CA is another one than the token's
 * @throws Error when the server does not answer
 */
export async function meetServer(
  url: string,
  token: Token,
  surroundings: Surroundings,
): Promise<JoinedServer> {
  const at = hostOf(url, surroundings);
  if (!at) throw new Error(`no route to ${url}`);
  const { status, body } = await askForCa(
    at.host,
    at.port,
    new URL(url).hostname,
  );
  if (status !== 200) throw new Error(`${url}/cacerts answered ${status}`);
  const hash = caHashOf(body);
  if (token.caHash !== undefined && token.caHash !== hash) {
    throw new JoinRefusedError(
      `token CA hash does not match the CA certificate hash of ${url}: ${token.caHash} != ${hash}`,
    );
  }
  return new JoinedServer(url, at.host, at.port, body, token);
}
