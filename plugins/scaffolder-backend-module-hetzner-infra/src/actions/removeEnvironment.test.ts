import { mockCredentials } from '@backstage/backend-test-utils';
import {
  TEST_PACE,
  runAction,
  servicesAt,
  useApiServer,
} from '../__testUtils__/actionHarness';
import { removeEnvironmentAction } from './removeEnvironment';

describe('hetzner:environment:remove', () => {
  const api = useApiServer();
  const action = async () =>
    removeEnvironmentAction(await servicesAt(api().baseUrl), TEST_PACE);

  it.each([
    [{ name: 'shop' }, 'keep'],
    [{ name: 'shop', data: 'delete' }, 'delete'],
  ])('removes %p and follows the operation', async (input, data) => {
    const { result, outputs, log } = runAction(await action(), input);
    await result;

    const [submission] = api().requests(
      'DELETE',
      `/environments/shop?data=${data}&requestId=task-1%3Astep-1%3Ashop`,
    );
    expect(submission.authorization).toBe(
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.user(),
        targetPluginId: 'hetzner-infra',
      }),
    );
    expect(log[0]).toBe('Removing shop: /hetzner/operations/o1');
    expect(outputs).toEqual({
      operationId: 'o1',
      operationPath: '/hetzner/operations/o1',
    });
    expect(api().requests('GET', '/operations/o1')).toHaveLength(1);
  });

  it('finds the same operation when the task is recovered', async () => {
    await runAction(await action(), { name: 'shop' }).result;
    await runAction(await action(), { name: 'shop' }).result;

    expect(api().operations).toHaveLength(1);
  });

  it('says why a removal cannot be cancelled any more', async () => {
    const abort = new AbortController();
    api().cancelRefusal = 'Its servers are gone already.';
    api().onLook = operation => {
      operation.state = 'running';
      abort.abort();
    };

    await expect(
      runAction(await action(), { name: 'shop' }, { signal: abort.signal })
        .result,
    ).rejects.toThrow(
      'The task was cancelled, its operation was not. Its servers are gone already. Operation o1: /hetzner/operations/o1',
    );
  });

  it('lists as a dry run what would go, and removes nothing', async () => {
    api().resources.push(
      {
        key: 'web-1',
        kind: 'server',
        name: 'shop-web-1',
        providerId: '1',
        state: 'running',
        labels: {},
        drift: [],
        monthly: '21.49',
        currency: 'EUR',
      },
      {
        key: 'network',
        kind: 'network',
        name: 'shop',
        providerId: '2',
        state: 'available',
        labels: {},
        drift: [],
      },
    );

    const { result, log } = runAction(
      await action(),
      { name: 'shop', data: 'delete' },
      { isDryRun: true },
    );
    await result;

    expect(log).toEqual([
      'Would remove shop with 2 resources and delete its data volumes and buckets.',
      '  server shop-web-1: €21.49 / month',
      '  network shop',
    ]);
    expect(api().operations).toHaveLength(0);
  });
});
