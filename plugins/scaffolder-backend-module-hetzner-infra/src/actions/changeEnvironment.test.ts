import {
  TEST_PACE,
  runAction,
  servicesAt,
  useApiServer,
} from '../__testUtils__/actionHarness';
import { changeEnvironmentAction } from './changeEnvironment';

const environment = {
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'shop', owner: 'group:default/platform' },
  spec: {
    connections: { hetzner: 'sandbox' },
    location: 'fsn1',
    pools: [{ name: 'web', serverType: 'cx43', min: 4, max: 8 }],
  },
};

describe('hetzner:environment:change', () => {
  const api = useApiServer();
  const run = async (input = {}, more = {}) =>
    runAction(
      changeEnvironmentAction(await servicesAt(api().baseUrl), TEST_PACE),
      { environment, revision: 1, ...input },
      more,
    );

  it('asks for the document made from the revision, and follows', async () => {
    const { result, outputs, log } = await run({ maxMonthly: '60' });
    await result;
    const [submission] = api().requests('PUT', '/environments/shop');
    expect(submission.body).toEqual({
      environment,
      revision: 1,
      requestId: 'task-1:step-1:shop',
      maxMonthly: '60',
    });
    expect(log[0]).toBe('Changing shop: /hetzner/operations/o1');
    expect(outputs).toEqual({
      operationId: 'o1',
      environment: 'shop',
      entityRef: 'resource:default/shop',
      operationPath: '/hetzner/operations/o1',
    });
  });

  it('finds the same operation when the task is recovered', async () => {
    await (
      await run()
    ).result;
    await (
      await run()
    ).result;
    expect(api().operations).toHaveLength(1);
  });

  it.each([false, true])(
    'refuses a change of another revision (dry run: %s)',
    async isDryRun => {
      const { result } = await run({ revision: 7 }, { isDryRun });
      await expect(result).rejects.toThrow(
        'shop is at revision 1; the change was made from 7. Load it again and repeat the change.',
      );
      expect(api().operations).toHaveLength(0);
    },
  );

  it('quotes the change in a dry run, and changes nothing', async () => {
    const { result, log, outputs } = await run({}, { isDryRun: true });
    await result;
    const [quote] = api().requests('POST', '/quotes');
    expect(quote.body).toEqual({ environment });
    expect(log).toContain(
      'Price: €55.58 / month net, at most €184.52 when the pools are full',
    );
    expect(api().requests('PUT', '/environments/shop')).toEqual([]);
    expect(outputs.operationId).toBe('dry-run');
  });

  it('waits while somebody must approve, and ends with the word of a rejection', async () => {
    api().onLook = (operation, look) => {
      operation.state = look < 3 ? 'awaiting-approval' : 'cancelled';
      operation.sentence =
        look < 3
          ? 'Changing shop waits for approval by group:default/platform.'
          : 'Changing shop was not approved. user:default/ada rejected it: No.';
    };
    const { result, log } = await run();
    await expect(result).rejects.toThrow(
      'Changing shop was not approved. user:default/ada rejected it: No. Operation o1: /hetzner/operations/o1',
    );
    expect(log).toContain(
      'Changing shop waits for approval by group:default/platform.',
    );
  });

  it('names what was refused', async () => {
    const { result } = await run({
      environment: { ...environment, spec: { ...environment.spec, pools: [] } },
    });
    await expect(result).rejects.toThrow('spec.pools');
  });
});
