import { Target, TlsClient } from './tlsRequest';

/** An object of the API; only what is used is spelled out. */
export interface KubernetesObject {
  apiVersion?: string;
  kind?: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    deletionTimestamp?: string;
  };
}

/** A node. */
export interface NodeObject extends KubernetesObject {
  spec: {
    providerID?: string;
    unschedulable?: boolean;
    taints?: { key: string; value?: string; effect: string }[];
  };
  status: {
    addresses?: { type: string; address: string }[];
    capacity?: Record<string, string>;
    allocatable?: Record<string, string>;
    conditions?: { type: string; status: string }[];
    nodeInfo?: Record<string, string>;
    daemonEndpoints?: { kubeletEndpoint: { Port: number } };
  };
}

/** Thrown when the API refuses a request. */
export class KubernetesError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

/** Requests to one API server, in JSON. */
export class KubernetesClient {
  readonly #client: TlsClient;

  constructor(target: Target) {
    this.#client = new TlsClient(target);
  }

  /**
   * Sends a request.
   *
   * @throws KubernetesError when it is refused
   * @throws Error when there is no answer
   */
  async send<Answer>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    contentType = 'application/json',
  ): Promise<Answer> {
    const answer = await this.#client.send({
      method,
      path,
      headers: { accept: 'application/json', 'content-type': contentType },
      body: body && JSON.stringify(body),
    });
    if (answer.status >= 300) {
      throw new KubernetesError(answer.status, messageOf(answer.body));
    }
    return (
      answer.body.startsWith('{') || answer.body.startsWith('[')
        ? JSON.parse(answer.body)
        : answer.body
    ) as Answer;
  }

  /** One object; undefined when there is none. */
  async find<Answer>(path: string): Promise<Answer | undefined> {
    try {
      return await this.send<Answer>('GET', path);
    } catch (error) {
      if (error instanceof KubernetesError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  async list<Item>(path: string): Promise<Item[]> {
    return (await this.send<{ items: Item[] }>('GET', path)).items;
  }

  /** Changes fields of an object by a merge patch. */
  patch(path: string, change: object): Promise<unknown> {
    return this.send('PATCH', path, change, 'application/merge-patch+json');
  }

  /** Makes an object what it is to be; the sandbox's fields win. */
  apply(path: string, object: object): Promise<unknown> {
    return this.send(
      'PATCH',
      `${path}?fieldManager=sandbox&force=true`,
      object,
      'application/apply-patch+yaml',
    );
  }

  close(): void {
    this.#client.close();
  }
}

function messageOf(body: string): string {
  try {
    return JSON.parse(body).message ?? body;
  } catch {
    return body;
  }
}
