import { request as httpsRequest, type Agent } from 'node:https';
import {
  createConfiguration,
  HttpMethod,
  KubernetesObjectApi,
  PatchStrategy,
  ResponseContext,
  ServerConfiguration,
  wrapHttpLibrary,
  type RequestContext,
  type V1APIResource,
} from '@kubernetes/client-node';
import { NoSuchKind, RefusedAnswer } from './describeKubernetesFailure';
import { FIELD_MANAGER, type KubernetesObject } from './KubernetesCluster';

/**
 * Name that the certificate of every control plane carries (K3s,
 * `pkg/cluster/https.go`), so that no address has to be known in advance.
 */
const SERVER_NAME = 'kubernetes';

/** What a call to a control plane is made with. */
export interface CallMeans {
  agent: Agent;
  signal: AbortSignal;
}

/**
 * The library's knowledge of paths and verbs over connections of our own: its
 * own make a new one for each call, and leave out fields that it does not know.
 */
export class ControlPlane extends KubernetesObjectApi {
  readonly #url: string;

  constructor(url: string, means: CallMeans) {
    super(
      createConfiguration({
        baseServer: new ServerConfiguration(url, {}),
        httpApi: wrapHttpLibrary({ send: sending => send(sending, means) }),
        authMethods: {},
      }),
    );
    this.#url = url;
  }

  /** The same control plane for another call; it knows already which kinds there are. */
  with(means: CallMeans): ControlPlane {
    const other = new ControlPlane(this.#url, means);
    other.apiVersionResourceCache = this.apiVersionResourceCache;
    return other;
  }

  /** The text at a path that is no object's. */
  async text(path: string): Promise<string> {
    const context = this.configuration.baseServer.makeRequestContext(
      path,
      HttpMethod.GET,
    );
    const response = await this.configuration.httpApi.send(context).toPromise();
    return response.body.text();
  }

  /** Server-side apply of an object as it is: the library's own patch sends the fields that it knows. */
  async apply(
    object: KubernetesObject,
    dryRun: boolean,
  ): Promise<KubernetesObject> {
    const context = this.configuration.baseServer.makeRequestContext(
      await this.specUriPath(structuredClone(object) as object, 'patch'),
      HttpMethod.PATCH,
    );
    context.setHeaderParam('Content-Type', PatchStrategy.ServerSideApply);
    context.setQueryParam('fieldManager', FIELD_MANAGER);
    context.setQueryParam('force', 'true');
    if (dryRun) context.setQueryParam('dryRun', 'All');
    // JSON is YAML.
    context.setBody(JSON.stringify(object));
    return this.requestPromise(
      context,
    ) as Promise<unknown> as Promise<KubernetesObject>;
  }

  /** @throws NoSuchKind */
  protected async resource(
    apiVersion: string,
    kind: string,
  ): Promise<V1APIResource> {
    const missing = new NoSuchKind(`${kind} of ${apiVersion}`);
    try {
      const found = await super.resource(apiVersion, kind);
      if (found) return found;
    } catch (error) {
      if (error instanceof RefusedAnswer && error.status === 404) throw missing;
      throw error;
    }
    throw missing;
  }

  /** As the server spells it: times stay texts, and nothing is left out. */
  protected async processResponse<T>(response: ResponseContext): Promise<T> {
    return JSON.parse(await response.body.text()) as T;
  }
}

/** Answers are read as text only. */
function neverAsked(): never {
  throw new Error('An answer is text');
}

/** Sends a request as the library built it. @throws RefusedAnswer unless the answer is a success */
function send(
  sending: RequestContext,
  { agent, signal }: CallMeans,
): Promise<ResponseContext> {
  const body = sending.getBody() as string | undefined;
  return new Promise((resolve, reject) => {
    /** A failure of the network as its system code alone. */
    const fail = ({ code, syscall }: NodeJS.ErrnoException) =>
      reject(Object.assign(new Error('No answer'), { code, syscall }));
    const request = httpsRequest(
      sending.getUrl(),
      {
        agent,
        signal,
        servername: SERVER_NAME,
        method: sending.getHttpMethod(),
        headers: {
          ...sending.getHeaders(),
          ...(body !== undefined && {
            'Content-Length': Buffer.byteLength(body),
          }),
        },
      },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const status = response.statusCode ?? 0;
          if (status < 200 || status > 299) {
            reject(new RefusedAnswer(status, text));
            return;
          }
          resolve(
            new ResponseContext(
              status,
              {},
              {
                text: async () => text,
                binary: neverAsked,
                stream: neverAsked,
              },
            ),
          );
        });
      },
    );
    request.on('error', fail);
    request.end(body);
  });
}
