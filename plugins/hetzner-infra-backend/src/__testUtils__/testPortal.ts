import {
  coreServices,
  createServiceFactory,
  type AuditorServiceCreateEventOptions,
  type BackendFeature,
  type BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  isPermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  notificationService,
  type NotificationSendOptions,
} from '@backstage/plugin-notifications-node';
import {
  connectionReadPermission,
  environmentCreatePermission,
  environmentReadPermission,
  environmentRemovePermission,
  RESOURCE_TYPE_ENVIRONMENT,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import request, { type Response } from 'supertest';
import { hetznerInfraPlugin } from '../plugin';
import type { SandboxProcess } from './sandboxProcess';
import { expectDescribed } from './described';

/** People and what they own things through. */
const groups: Record<string, string[]> = {
  'user:default/ada': ['user:default/ada', 'group:default/platform'],
  'user:default/bo': ['user:default/bo', 'group:default/team-a'],
  /** Team A's operator: may read, change and repair what the team has, nothing else. */
  'user:default/op': ['user:default/op', 'group:default/team-a'],
  'user:default/cy': ['user:default/cy', 'group:default/team-b'],
  /** Team B's, and may read connections. */
  'user:default/di': ['user:default/di', 'group:default/team-b'],
  /** Nobody: may do nothing. */
  'user:default/nobody': ['user:default/nobody'],
};

const catalogued = ['platform', 'team-a', 'team-b'].map(name => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name },
  spec: { type: 'team', children: [] },
}));

const isPlatform = (claims: string[]) =>
  claims.includes('group:default/platform');

/** The platform may do everything; others read and create, and act on what they own. */
function decide(
  permission: Permission,
  { principal }: BackstageCredentials,
): PolicyDecision {
  const { type, userEntityRef = '' } = principal as {
    type: string;
    userEntityRef?: string;
  };
  const claims = groups[userEntityRef] ?? [];
  if (type === 'service' || isPlatform(claims)) {
    return { result: AuthorizeResult.ALLOW };
  }
  if (userEntityRef === 'user:default/nobody' || claims.length === 0) {
    return { result: AuthorizeResult.DENY };
  }
  const isOperator = userEntityRef === 'user:default/op';
  if (
    isOperator &&
    (isPermission(permission, environmentCreatePermission) ||
      isPermission(permission, environmentRemovePermission))
  ) {
    return { result: AuthorizeResult.DENY };
  }
  if (
    isPermission(permission, environmentCreatePermission) ||
    (userEntityRef === 'user:default/di' &&
      isPermission(permission, connectionReadPermission))
  ) {
    return { result: AuthorizeResult.ALLOW };
  }
  const isConditional =
    permission.type === 'resource' ||
    isPermission(permission, environmentReadPermission);
  return isConditional
    ? {
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'hetzner-infra',
        resourceType: RESOURCE_TYPE_ENVIRONMENT,
        conditions: {
          rule: 'IS_ENVIRONMENT_OWNER',
          resourceType: RESOURCE_TYPE_ENVIRONMENT,
          params: { claims },
        },
      }
    : { result: AuthorizeResult.DENY };
}

/** One audit event and how it ended. */
export type AuditRecord = {
  eventId: string;
  severityLevel?: string;
  meta?: unknown;
  outcome?: 'success' | 'fail';
  detail?: unknown;
};

/** A backend with the plugin in it, the sandbox as its provider, and people who call it. */
export class TestPortal {
  readonly audit: AuditRecord[] = [];
  readonly logs: string[] = [];
  /** What owners were told. */
  readonly notifications: NotificationSendOptions[] = [];
  #backend: Awaited<ReturnType<typeof startTestBackend>> | undefined;

  private constructor(readonly url: string) {}

  static async start(options: {
    sandbox: SandboxProcess;
    knex?: Knex;
    config?: Record<string, unknown>;
    /** Other plugins of the same backend. */
    features?: BackendFeature[];
  }): Promise<TestPortal> {
    const portal = new TestPortal('');
    await portal.#start(options);
    return portal;
  }

  async #start({
    sandbox,
    knex,
    config = {},
    features = [],
  }: Parameters<typeof TestPortal.start>[0]) {
    const audit = this.audit;
    const logs = this.logs;
    const notifications = this.notifications;
    const record = (...parts: unknown[]) =>
      void logs.push(
        parts
          .map(part =>
            part instanceof Error
              ? `${part.stack} ${JSON.stringify(part)}`
              : JSON.stringify(part),
          )
          .join(' '),
      );
    const logger = mockServices.logger.mock({
      debug: record,
      info: record,
      warn: record,
      error: record,
      child: () => logger,
    });
    this.#backend = await startTestBackend({
      features: [
        hetznerInfraPlugin,
        ...features,
        catalogServiceMock.factory({ entities: catalogued }),
        mockServices.database.factory(knex && { knex }),
        mockServices.rootConfig.factory({
          data: {
            backend: {
              database: { client: 'better-sqlite3', connection: ':memory:' },
            },
            hetznerInfra: {
              hetzner: { endpoint: sandbox.hetznerEndpoint },
              egressCidrs: ['127.0.0.1/32'],
              sealing: {
                keys: [
                  { id: 'test', secret: randomBytes(32).toString('base64') },
                ],
              },
              connections: [
                {
                  name: 'sandbox',
                  kind: 'hetzner',
                  owner: 'group:default/platform',
                  usableBy: ['group:default/platform', 'group:default/team-a'],
                  token: 'sandbox',
                  limits: { servers: 25 },
                  consoleProjectId: '4711',
                },
              ],
              operations: { leaseSeconds: 5 },
              ...config,
            } as never,
          },
        }),
        createServiceFactory({
          service: coreServices.logger,
          deps: {},
          factory: () => logger,
        }),
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({
            async send(options) {
              notifications.push(options);
            },
          }),
        }),
        createServiceFactory({
          service: coreServices.permissions,
          deps: {},
          factory: () => ({
            authorize: async (requests, { credentials }: any) =>
              requests.map(
                ({ permission }) => decide(permission, credentials) as never,
              ),
            authorizeConditional: async (requests, { credentials }: any) =>
              requests.map(({ permission }) => decide(permission, credentials)),
          }),
        }),
        createServiceFactory({
          service: coreServices.userInfo,
          deps: {},
          factory: () => ({
            async getUserInfo(credentials: any) {
              const { userEntityRef } = credentials.principal;
              return {
                userEntityRef,
                ownershipEntityRefs: groups[userEntityRef] ?? [userEntityRef],
              };
            },
          }),
        }),
        createServiceFactory({
          service: coreServices.auditor,
          deps: {},
          factory: () => ({
            async createEvent({
              eventId,
              severityLevel,
              meta,
            }: AuditorServiceCreateEventOptions) {
              const event: AuditRecord = { eventId, severityLevel, meta };
              audit.push(event);
              return {
                async success(end?: { meta?: unknown }) {
                  Object.assign(event, {
                    outcome: 'success',
                    detail: end?.meta,
                  });
                },
                async fail({ error }: { error: Error }) {
                  Object.assign(event, {
                    outcome: 'fail',
                    detail: error.message,
                  });
                },
              };
            },
          }),
        }),
      ],
    });
    // Its calls to the provider would come in between those of a test.
    await this.#logged('Checked the connections of the configuration');
    (
      this as { url: string }
    ).url = `http://127.0.0.1:${this.#backend.server.port()}/api/hetzner-infra`;
  }

  async #logged(text: string): Promise<void> {
    while (!this.logs.some(line => line.includes(text))) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  }

  async stop(): Promise<void> {
    await this.#backend?.stop();
  }

  /** One request by somebody; the answer is checked against the description of the API. */
  async call(
    who: string,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<Response> {
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
    const call = request(this.url)
      [verb](path)
      .set('Authorization', authorization(who));
    const response = await (body === undefined
      ? call
      : call.send(body as object));
    expectDescribed(method, path, response);
    return response;
  }

  /** Reads a history to its end, or until `until` is satisfied. */
  async follow(
    who: string,
    operationId: string,
    options: {
      lastEventId?: string;
      until?: (events: StreamedEvent[]) => boolean;
    } = {},
  ): Promise<{ events: StreamedEvent[]; headers: Headers; ended: boolean }> {
    const response = await fetch(
      `${this.url}/operations/${operationId}/events`,
      {
        headers: {
          Authorization: authorization(who),
          ...(options.lastEventId && { 'Last-Event-ID': options.lastEventId }),
        },
      },
    );
    const events: StreamedEvent[] = [];
    let text = '';
    for await (const chunk of response.body!) {
      text += Buffer.from(chunk).toString();
      const blocks = text.split('\n\n');
      text = blocks.pop()!;
      events.push(...blocks.flatMap(streamedEvent));
      if (options.until?.(events)) {
        return { events, headers: response.headers, ended: false };
      }
    }
    return { events, headers: response.headers, ended: true };
  }
}

/** A server-sent event, its data read. */
export type StreamedEvent = { id: string; event: string; data: any };

function streamedEvent(block: string): StreamedEvent[] {
  const fields = Object.fromEntries(
    block
      .split('\n')
      .filter(line => !line.startsWith(':'))
      .map(line => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 2)];
      }),
  );
  return fields.data
    ? [{ id: fields.id, event: fields.event, data: JSON.parse(fields.data) }]
    : [];
}

function authorization(who: string): string {
  if (who === 'anonymous') {
    return mockCredentials.none.header();
  }
  return who.startsWith('plugin:')
    ? mockCredentials.service.header({
        onBehalfOf: mockCredentials.service(who),
        targetPluginId: 'hetzner-infra',
      })
    : mockCredentials.user.header(`user:default/${who}`);
}
