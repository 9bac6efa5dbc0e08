import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  ServiceFactoryTester,
  mockServices,
} from '@backstage/backend-test-utils';
import type {
  ActionContext,
  TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import { hetznerInfraServiceRef } from '@xpeditis/backstage-plugin-hetzner-infra-node';
import type { FollowServices } from '../operations/followOperation';
import { ApiServer } from './ApiServer';

/** A pace at which a test does not wait for real seconds. */
export const TEST_PACE = {
  pollMilliseconds: 1,
  heartbeatMilliseconds: 60_000,
  patienceMilliseconds: 60_000,
};

/** What one run of an action said and gave. */
export interface ActionRun {
  outputs: Record<string, unknown>;
  log: string[];
  result: Promise<void>;
}

/** Runs an action as the scaffolder would, with an id of task and step, and with checkpoints that survive in `checkpoints`. */
export function runAction(
  action: TemplateAction<any, any, any>,
  input: JsonObject,
  more: Partial<ActionContext<any, any>> & {
    checkpoints?: Map<string, unknown>;
  } = {},
): ActionRun {
  const outputs: Record<string, unknown> = {};
  const log: string[] = [];
  const { checkpoints = new Map<string, unknown>(), ...context } = more;
  const write =
    (level: string) =>
    (line: string): void => {
      log.push(`${level}${line}`);
    };
  const result = action.handler({
    ...createMockActionContext({ input }),
    task: { id: 'task-1' },
    step: { id: 'step-1', name: 'Step' },
    logger: mockServices.logger.mock({
      info: write(''),
      warn: write('warn: '),
      error: write('error: '),
    }),
    output: (name: string | number, value: unknown) => {
      outputs[name] = value;
    },
    async checkpoint({ key, fn }: { key: string; fn: () => Promise<any> }) {
      if (!checkpoints.has(key)) checkpoints.set(key, await fn());
      return checkpoints.get(key) as any;
    },
    ...context,
  } as ActionContext<any, any>);
  return { outputs, log, result };
}

/** An API server that is started before each test and stopped after it. */
export function useApiServer(): () => ApiServer {
  let api: ApiServer;
  beforeEach(async () => {
    api = new ApiServer();
    await api.start();
  });
  afterEach(() => api.stop());
  return () => api;
}

/** What an action gets from the backend, with hetzner-infra at the given address. */
export async function servicesAt(baseUrl: string): Promise<FollowServices> {
  const tester = ServiceFactoryTester.from(mockServices.auth.factory(), {
    dependencies: [
      createServiceFactory({
        service: coreServices.discovery,
        deps: {},
        factory: () =>
          mockServices.discovery.mock({ getBaseUrl: async () => baseUrl }),
      }),
    ],
  });
  return {
    auth: await tester.getSubject('scaffolder'),
    environments: await tester.getService(hetznerInfraServiceRef, 'scaffolder'),
  };
}
