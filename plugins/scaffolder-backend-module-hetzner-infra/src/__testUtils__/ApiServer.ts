import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  parseEnvironmentDocument,
  type Environment,
  type Operation,
  type OperationStep,
  type Quote,
  type Resource,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** A request as the server received it. */
export interface ReceivedRequest {
  method: string;
  path: string;
  authorization: string | undefined;
  body: any;
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: object = {},
  ) {
    super(message);
  }
}

export const step = (
  id: string,
  state: OperationStep['state'],
  more: Partial<OperationStep> = {},
): OperationStep => ({
  id,
  key: id,
  kind: 'network',
  change: 'create',
  title: `Create ${id}`,
  state,
  ...more,
});

/**
 * The API of hetzner-infra as far as the actions use it, on a port of its own.
 * It checks documents as the real one does, keeps operations by their request
 * id, and lets a test say what an operation does between two looks at it.
 */
export class ApiServer {
  readonly received: ReceivedRequest[] = [];
  readonly operations: Operation[] = [];
  readonly resources: Resource[] = [];
  readonly warnings: Quote['warnings'] = [];
  /** The current revision of each environment. */
  revision = 1;
  /** While set, every request is answered with it. */
  outage: number | undefined;
  /** While set, no operation can be cancelled, for this reason. */
  cancelRefusal: string | undefined;
  /** Called before an operation is sent; changes it to what it has become since. */
  onLook: (operation: Operation, look: number) => void = operation => {
    operation.state = 'succeeded';
  };

  #looks = 0;
  readonly #names = new Set<string>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (request, response) => {
      let status = request.method === 'GET' ? 200 : 202;
      let answer: unknown;
      try {
        answer = await this.#answer(request);
      } catch (error) {
        const { message, details, ...refusal } = error as Refusal;
        status = refusal.status ?? 500;
        answer = {
          error: { name: 'Error', message, ...details },
          response: { statusCode: status },
        };
      }
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    });
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  get baseUrl(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/api/hetzner-infra`;
  }

  /** The requests with this method and path. */
  requests(method: string, path: string): ReceivedRequest[] {
    return this.received.filter(
      request => request.method === method && request.path === path,
    );
  }

  async #answer(request: IncomingMessage): Promise<unknown> {
    const url = new URL(request.url!, 'http://localhost');
    const path = url.pathname.replace('/api/hetzner-infra', '');
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = text === '' ? undefined : JSON.parse(text);
    this.received.push({
      method: request.method!,
      path: path + url.search,
      authorization: request.headers.authorization,
      body,
    });
    if (this.outage) throw new Refusal(this.outage, 'The backend restarts.');

    const [, collection, id, verb] = path.split('/');
    switch (`${request.method} ${collection}${verb ? `/${verb}` : ''}`) {
      case 'POST quotes':
        return this.#quote(body.environment);
      case 'POST environments':
        return this.#create(body);
      case 'GET environments':
        return { id: 'e1', name: id, revision: this.revision };
      case 'PUT environments':
        return this.#change(id, body);
      case 'DELETE environments':
        return this.#accept(id, 'remove', url.searchParams.get('requestId')!);
      case 'GET environments/resources':
        return { items: this.resources, observedAt: '2026-11-23T08:00:00Z' };
      case 'GET operations':
        return this.#look(id);
      case 'POST operations/cancel':
        return this.#cancel(id);
      default:
        throw new Refusal(404, `There is no ${request.method} ${path}.`);
    }
  }

  #checked(environment: unknown) {
    const parsed = parseEnvironmentDocument(environment);
    if ('problems' in parsed) {
      throw new Refusal(400, 'The environment document is not valid.', {
        fields: parsed.problems,
      });
    }
    return parsed.environment;
  }

  #quote(environment: unknown): Quote {
    const { metadata } = this.#checked(environment);
    return {
      totals: [{ currency: 'EUR', monthly: '55.58', monthlyMax: '184.52' }],
      lines: [
        {
          key: 'control-plane',
          description: 'Control plane cx23',
          quantity: 1,
          monthly: '5.11',
          monthlyMax: '5.11',
          currency: 'EUR',
          source: 'Hetzner, 23 November 2026',
        },
      ],
      plan: [
        {
          key: 'network',
          kind: 'network',
          change: 'create',
          title: `Create network ${metadata.name}`,
          reason: 'It does not exist.',
          monthlyDelta: '0.00',
        },
      ],
      quota: [{ name: 'Servers', used: 1, after: 4, limit: 10 }],
      warnings: this.warnings,
    };
  }

  #create(body: { environment: unknown; requestId: string }) {
    const { name } = this.#checked(body.environment).metadata;
    const known = this.operations.find(
      ({ requestId }) => requestId === body.requestId,
    );
    const last = this.operations.at(-1);
    if (!known && this.#names.has(name) && last?.state !== 'cancelled') {
      throw new Refusal(409, `The name ${name} is in use.`, {
        operationId: this.operations[0].id,
      });
    }
    return this.#accept(name, 'apply', body.requestId);
  }

  #change(
    name: string,
    body: { environment: unknown; requestId: string; revision: number },
  ) {
    this.#checked(body.environment);
    if (body.revision !== this.revision) {
      throw new Refusal(
        409,
        `${name} is at revision ${this.revision}; the change was made from ${body.revision}. Load it again and repeat the change.`,
      );
    }
    return this.#accept(name, 'apply', body.requestId);
  }

  #accept(name: string, goal: Operation['goal'], requestId: string) {
    let operation = this.operations.find(
      known => known.requestId === requestId,
    );
    if (!operation) {
      operation = {
        id: `o${this.operations.length + 1}`,
        environment: name,
        environmentId: 'e1',
        goal,
        purpose: goal === 'remove' ? 'remove' : 'create',
        revision: 1,
        state: 'queued',
        sentence: `${name} is queued.`,
        initiator: 'user:default/mock',
        requestId,
        createdAt: '2026-11-23T08:00:00Z',
        steps: [],
      };
      this.operations.push(operation);
    }
    this.#names.add(name);
    const environment: Partial<Environment> = { id: 'e1', name };
    return { environment, operation };
  }

  #operation(id: string): Operation {
    const found = this.operations.find(operation => operation.id === id);
    if (!found) throw new Refusal(404, `There is no operation ${id}.`);
    return found;
  }

  #look(id: string) {
    const operation = this.#operation(id);
    this.#looks += 1;
    this.onLook(operation, this.#looks);
    return operation;
  }

  #cancel(id: string) {
    const operation = this.#operation(id);
    if (this.cancelRefusal) throw new Refusal(409, this.cancelRefusal);
    operation.state = 'cancelling';
    operation.sentence = 'What was made is being removed.';
    this.onLook = cancelling => {
      cancelling.state = 'cancelled';
      cancelling.sentence = 'All that was made is removed.';
      cancelling.finishedAt = new Date().toISOString();
    };
    return { environment: { name: operation.environment }, operation };
  }
}
