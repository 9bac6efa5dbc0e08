import { mockCredentials } from '@backstage/backend-test-utils';
import { ConflictError, InputError } from '@backstage/errors';
import type { FollowPace } from '../operations/followOperation';
import {
  TEST_PACE,
  runAction,
  servicesAt,
  useApiServer,
} from '../__testUtils__/actionHarness';
import { step } from '../__testUtils__/ApiServer';
import { createEnvironmentAction } from './createEnvironment';

const environment = {
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'shop', owner: 'group:default/platform' },
  spec: {
    connections: { hetzner: 'sandbox' },
    location: 'fsn1',
    pools: [{ name: 'web', serverType: 'cx43', min: 2, max: 8 }],
  },
};

describe('hetzner:environment:create', () => {
  const api = useApiServer();
  const action = async (pace: FollowPace = TEST_PACE) =>
    createEnvironmentAction(await servicesAt(api().baseUrl), pace);

  it('asks with the rights of the initiator, follows with its own, and says what happens', async () => {
    api().onLook = (operation, look) => {
      operation.state = look < 3 ? 'running' : 'succeeded';
      operation.sentence = look < 3 ? 'Creating shop.' : 'shop is ready.';
      operation.steps = [
        [step('network', 'running'), step('server', 'waiting')],
        [
          step('network', 'succeeded', {
            startedAt: '2026-11-23T08:00:00.000Z',
            finishedAt: '2026-11-23T08:00:02.500Z',
          }),
          step('server', 'running'),
        ],
        [step('network', 'succeeded'), step('server', 'succeeded')],
      ][look - 1];
    };

    const { result, outputs, log } = runAction(await action(), {
      environment,
      maxMonthly: '60',
    });
    await result;

    const [submission] = api().requests('POST', '/environments');
    expect(submission.body).toEqual({
      environment,
      requestId: 'task-1:step-1:shop',
      maxMonthly: '60',
    });
    expect(submission.authorization).toBe(
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.user(),
        targetPluginId: 'hetzner-infra',
      }),
    );
    const looks = api().requests('GET', '/operations/o1');
    expect(looks).toHaveLength(3);
    expect(new Set(looks.map(look => look.authorization))).toEqual(
      new Set([
        mockCredentials.service.header({
          onBehalfOf: mockCredentials.service('plugin:scaffolder'),
          targetPluginId: 'hetzner-infra',
        }),
      ]),
    );
    expect(log).toEqual([
      'Creating shop: /hetzner/operations/o1',
      'Creating shop.',
      'Started: Create network',
      'Done: Create network (2.5 s)',
      'Started: Create server',
      'Done: Create server',
      'shop is ready.',
    ]);
    expect(outputs).toEqual({
      operationId: 'o1',
      environment: 'shop',
      entityRef: 'resource:default/shop',
      operationPath: '/hetzner/operations/o1',
    });
  });

  it('finds the same operation when the task is recovered', async () => {
    await runAction(await action(), { environment }).result;
    const again = runAction(await action(), { environment });
    await again.result;

    expect(api().operations).toHaveLength(1);
    expect(again.outputs.operationId).toBe('o1');
  });

  it('needs no token of the initiator when a checkpoint tells the operation', async () => {
    const checkpoints = new Map<string, unknown>();
    await runAction(await action(), { environment }, { checkpoints }).result;

    const again = runAction(
      await action(),
      { environment },
      {
        checkpoints,
        getInitiatorCredentials: async () => {
          throw new Error('The token has expired.');
        },
      },
    );
    await again.result;

    expect(again.outputs.operationId).toBe('o1');
    expect(api().requests('POST', '/environments')).toHaveLength(1);
  });

  it('fails with the reason, the id and the path of the operation', async () => {
    api().onLook = operation => {
      operation.state = 'failed';
      operation.sentence = 'Creating shop failed; what was made is removed.';
      operation.error = {
        code: 'resource_limit_exceeded',
        message: 'The project has no room for another server.',
      };
      operation.steps = [
        step('server', 'failed', {
          error: { code: 'resource_limit_exceeded', message: 'No room.' },
        }),
      ];
    };

    const { result, log } = runAction(await action(), { environment });

    await expect(result).rejects.toThrow(
      'Creating shop failed; what was made is removed. The project has no room for another server. Operation o1: /hetzner/operations/o1',
    );
    expect(log).toContain('error: Failed: Create server. No room.');
  });

  it('fails with words only, and says each once', async () => {
    api().onLook = operation => {
      operation.state = 'failed';
      operation.sentence = 'Creating shop failed. All of it is removed.';
      operation.error = { code: 'full', message: 'No room.' };
    };

    const { result, log } = runAction(await action(), { environment });
    const error = await result.catch(e => e);

    expect(error.stack).toBe(error.message);
    expect(log.join()).not.toContain('All of it is removed');
  });

  it('refuses a name in use with words only', async () => {
    await runAction(await action(), { environment }).result;

    const error = await runAction(
      await action(),
      { environment },
      { task: { id: 'task-2' } },
    ).result.catch(e => e);

    expect(error.stack).toBe(error.message);
    expect(error.message).toContain('The name shop is in use.');
  });

  it.each([
    ['with checkpoints', new Map<string, unknown>()],
    ['without checkpoints', undefined],
  ])(
    'asks anew when a cancelled task is started again, %s',
    async (_, checkpoints) => {
      const run = async (more = {}) =>
        runAction(await action(), { environment }, { checkpoints, ...more });
      await (await run({ signal: AbortSignal.abort() })).result.catch(() => {});
      api().onLook = operation => {
        if (operation.id !== 'o1') operation.state = 'succeeded';
      };

      // The clock has to be past the end of the first one.
      const ended = Date.parse(api().operations[0].finishedAt!);
      while (Date.now() <= ended) await new Promise(setImmediate);
      const again = await run();
      await again.result;

      expect(again.outputs.operationId).toBe('o2');
      expect(api().operations.map(({ requestId }) => requestId)).toEqual([
        'task-1:step-1:shop',
        'task-1:step-1:shop:after-o1',
      ]);

      const recovered = await run();
      await recovered.result;
      expect(recovered.outputs.operationId).toBe('o2');
      expect(api().operations).toHaveLength(2);
    },
  );

  it('gives a reason once that the sentence has already', async () => {
    api().onLook = operation => {
      operation.state = 'failed';
      operation.sentence = 'Creating shop failed: No room.';
      operation.error = { code: 'full', message: 'No room.' };
    };

    await expect(
      runAction(await action(), { environment }).result,
    ).rejects.toThrow(
      'Creating shop failed: No room. Operation o1: /hetzner/operations/o1',
    );
  });

  it('fails when somebody else cancels the operation', async () => {
    api().onLook = operation => {
      operation.state = 'cancelled';
      operation.sentence = 'jane cancelled it; nothing is left.';
    };

    await expect(
      runAction(await action(), { environment }).result,
    ).rejects.toThrow('jane cancelled it; nothing is left. Operation o1');
  });

  it('cancels the operation when the task is cancelled', async () => {
    const abort = new AbortController();
    api().onLook = (operation, look) => {
      operation.state = 'running';
      if (look === 2) abort.abort();
    };

    const { result } = runAction(
      await action(),
      { environment },
      { signal: abort.signal },
    );

    await expect(result).rejects.toThrow(
      'All that was made is removed. Operation o1: /hetzner/operations/o1',
    );
    expect(api().operations[0].state).toBe('cancelled');
    expect(api().requests('POST', '/operations/o1/cancel')).toEqual([
      expect.objectContaining({
        authorization: mockCredentials.service.header({
          onBehalfOf: mockCredentials.service('plugin:scaffolder'),
          targetPluginId: 'hetzner-infra',
        }),
      }),
    ]);
  });

  it('cancels when the task was cancelled before the operation was first seen', async () => {
    const { result } = runAction(
      await action(),
      { environment },
      { signal: AbortSignal.abort() },
    );

    await expect(result).rejects.toThrow('All that was made is removed.');
    expect(api().operations[0].state).toBe('cancelled');
  });

  it('keeps asking while the API is away, and says so once', async () => {
    let refused = 0;
    api().onLook = (operation, look) => {
      operation.state = look < 2 ? 'running' : 'succeeded';
      operation.sentence = look < 2 ? 'Creating shop.' : 'shop is ready.';
      if (look === 1) api().outage = 503;
    };
    const { result, log } = runAction(await action(), { environment });
    const countRefusals = setInterval(() => {
      refused = api().requests('GET', '/operations/o1').length - 1;
      if (refused > 2) api().outage = undefined;
    }, 1);
    await result;
    clearInterval(countRefusals);

    expect(refused).toBeGreaterThan(2);
    expect(log).toEqual([
      'Creating shop: /hetzner/operations/o1',
      'Creating shop.',
      'warn: The backend restarts. The operation goes on without this task, which keeps asking.',
      'shop is ready.',
    ]);
  });

  it('gives up on an API that stays away, and says that the operation may still run', async () => {
    api().onLook = operation => {
      operation.state = 'running';
      api().outage = 503;
    };

    await expect(
      runAction(await action({ ...TEST_PACE, patienceMilliseconds: 0 }), {
        environment,
      }).result,
    ).rejects.toThrow(
      'The backend restarts. The operation may still run. Operation o1: /hetzner/operations/o1',
    );
  });

  it('writes a line while nothing happens', async () => {
    const log: string[] = [];
    api().onLook = operation => {
      operation.sentence = 'Creating shop.';
      operation.steps = [
        step('network', 'succeeded'),
        step('server', 'running', { progress: 40 }),
      ];
      operation.state = log.some(line => line.includes('1 of 2 steps ended'))
        ? 'succeeded'
        : 'running';
    };
    const run = runAction(
      await action({ ...TEST_PACE, heartbeatMilliseconds: 5 }),
      { environment },
    );
    run.log.push = (...lines: string[]) => log.push(...lines);
    await run.result;

    expect(log).toContainEqual(
      expect.stringMatching(
        /^\d+\.\d s: Creating shop\. 1 of 2 steps ended\. Running: Create server, 40 %\.$/,
      ),
    );
  });

  it('names every field of a document that is refused', async () => {
    const error = await runAction(await action(), {
      environment: {
        ...environment,
        metadata: { ...environment.metadata, name: 'Shop' },
      },
    }).result.catch(e => e);

    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toMatch(
      /^The environment document is not valid\.\n- metadata\.name: Use lower-case letters/,
    );
    expect(api().operations).toHaveLength(0);
  });

  it('names the operation that holds the name', async () => {
    await runAction(await action(), { environment }).result;

    const error = await runAction(
      await action(),
      { environment },
      { task: { id: 'task-2' } },
    ).result.catch(e => e);

    expect(error).toBeInstanceOf(ConflictError);
    expect(error.message).toBe(
      'The name shop is in use. Operation o1: /hetzner/operations/o1',
    );
  });

  describe('as a dry run', () => {
    it('writes price, plan, quota and warnings, and creates nothing', async () => {
      api().warnings.push(
        { code: 'w', message: 'Production deserves its own.', blocking: false },
        { code: 'b', message: 'No room for 3 servers.', blocking: true },
      );

      const { result, log, outputs } = runAction(
        await action(),
        { environment },
        { isDryRun: true },
      );
      await result;

      expect(log).toEqual([
        'Price: €55.58 / month net, at most €184.52 when the pools are full',
        '  Control plane cx23 × 1: €5.11 / month (Hetzner, 23 November 2026)',
        'Plan: 1 change',
        '  Create network shop',
        'Quota',
        '  Servers: 1 → 4 of 10',
        'Warning: Production deserves its own.',
        'Would be refused: No room for 3 servers.',
      ]);
      expect(api().received[0].body).toMatchObject({ intent: 'create' });
      expect(api().received.map(({ method, path }) => method + path)).toEqual([
        'POST/quotes',
      ]);
      expect(outputs).toMatchObject({
        operationId: 'dry-run',
        environment: 'shop',
      });
    });

    it('refuses what would be refused', async () => {
      await expect(
        runAction(
          await action(),
          { environment: { kind: 'Environment' } },
          { isDryRun: true },
        ).result,
      ).rejects.toThrow('The environment document is not valid.\n- apiVersion');
    });
  });
});
