import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { answerGet, answerPost, refuse } from '../../__testUtils__/backend';
import { renderPlugin } from '../../__testUtils__/renderPlugin';
import {
  sampleEnvironment,
  sampleOperation,
  sampleQuote,
  sampleResource,
  sampleStep,
} from '../../__testUtils__/samples';

const server = setupServer();
registerMswTestHooks(server);

const environment = (change?: Partial<Environment>) =>
  answerGet('/environments/xpeditis-prod', sampleEnvironment(change));
const resources = (...items: object[]) =>
  answerGet('/environments/xpeditis-prod/resources', {
    observedAt: '2026-11-20T09:00:00Z',
    items,
  });
const operations = (...items: object[]) => answerGet('/operations', { items });
const quote = answerPost('/quotes', sampleQuote());

describe('One environment', () => {
  it('opens with its state in a sentence, its cost and what can be done', async () => {
    server.use(environment(), quote);
    renderPlugin('/hetzner/environments/xpeditis-prod');

    expect(
      await screen.findByText('Ready. 3 of 3 servers run.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { level: 2, name: 'xpeditis-prod' }),
    ).toBeInTheDocument();
    expect(screen.getAllByText('Ready').length).toBeGreaterThan(0);
    expect(screen.getByRole('button', { name: 'Reconcile' })).toBeEnabled();
    const remove = screen.getByRole('link', { name: 'Remove' });
    const target = new URL(remove.getAttribute('href')!, 'http://portal');
    expect(target.pathname).toBe(
      '/create/templates/default/remove-environment',
    );
    expect(JSON.parse(target.searchParams.get('formData')!)).toEqual({
      environment: 'xpeditis-prod',
    });
    const lines = await screen.findByRole('grid', { name: 'Price lines' });
    expect(
      await within(lines).findByRole('row', {
        name: /Workers of the pool web, cx43/,
      }),
    ).toHaveTextContent('2 – 8€30.98 / month€123.92 / month');
  });

  it.each<[string, Partial<Environment>, string[]]>([
    [
      'is protected',
      {
        document: {
          metadata: { name: 'xpeditis-prod', protected: true },
        },
      },
      [],
    ],
    ['is being removed', { state: 'removing' }, []],
    [
      'may not be removed by the reader',
      {},
      ['hetzner-infra.environment.remove'],
    ],
  ])('offers no removal of what %s', async (_why, change, denied) => {
    server.use(environment(change), quote);
    renderPlugin('/hetzner/environments/xpeditis-prod', { denied });
    await screen.findByText('Facts');
    await screen.findByRole('grid', { name: 'Price lines' });
    expect(
      screen.queryByRole('link', { name: 'Remove' }),
    ).not.toBeInTheDocument();
  });

  it('keeps the total when the price lines are denied', async () => {
    server.use(
      environment(),
      refuse('/quotes', 403, { message: 'You may not quote.' }),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not quote.',
    );
    expect(screen.getAllByText('€49.20 / month').length).toBeGreaterThan(0);
  });

  it('shows the running operation on top', async () => {
    server.use(
      environment({
        state: 'creating',
        operation: { id: 'op-1', goal: 'apply', state: 'running' },
      }),
      quote,
      answerGet('/operations/op-1', sampleOperation()),
      refuse('/operations/op-1/events', 404, { message: 'Not now.' }),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod');
    const running = await screen.findByRole('region', {
      name: 'Operation in progress',
    });
    expect(
      await within(running).findByText('Creating 3 resources.'),
    ).toBeInTheDocument();
    expect(
      within(running).getByRole('link', { name: 'Open the operation' }),
    ).toHaveAttribute('href', '/hetzner/operations/op-1');
  });

  describe('Resources', () => {
    it('are grouped by kind with drift in words', async () => {
      server.use(
        environment(),
        resources(
          sampleResource({ key: 'web-1' }),
          sampleResource({
            key: 'web-2',
            drift: ['It is powered off; it should run.'],
          }),
          sampleResource({
            key: 'load-balancer',
            kind: 'load-balancer',
            monthly: undefined,
          }),
        ),
      );
      renderPlugin('/hetzner/environments/xpeditis-prod/resources');
      expect(
        await screen.findByText(/1 resource differs from what is wanted\./),
      ).toBeInTheDocument();
      expect(
        screen
          .getAllByRole('heading', { level: 3 })
          .map(({ textContent }) => textContent),
      ).toEqual(['Load balancer (1)', 'Server (2)']);
      const servers = screen.getByRole('grid', { name: 'Server' });
      const [, first, second] = within(servers).getAllByRole('row');
      expect(first).toHaveTextContent('As wanted');
      expect(first).toHaveTextContent('4711-web-1');
      expect(first).toHaveTextContent('type cx43');
      expect(first).toHaveTextContent('€15.49 / month');
      expect(second).toHaveTextContent('It is powered off; it should run.');
    });

    it('say when nothing exists', async () => {
      server.use(environment(), resources());
      renderPlugin('/hetzner/environments/xpeditis-prod/resources');
      expect(
        await screen.findByText('Nothing exists at the provider'),
      ).toBeInTheDocument();
    });

    it('say what failed', async () => {
      server.use(
        environment(),
        refuse('/environments/xpeditis-prod/resources', 503, {
          message: 'The provider does not answer.',
        }),
      );
      renderPlugin('/hetzner/environments/xpeditis-prod/resources');
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'The provider does not answer.',
      );
    });
  });

  it('lists operations with the live steps of the running one on top', async () => {
    server.use(
      environment(),
      operations(
        sampleOperation({ id: 'op-1', revision: 2 }),
        sampleOperation({
          id: 'op-0',
          state: 'succeeded',
          finishedAt: '2026-11-20T08:02:13Z',
        }),
      ),
      answerGet('/operations/op-1', sampleOperation({ revision: 2 })),
      refuse('/operations/op-1/events', 404, { message: 'Not now.' }),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod/operations');
    const steps = await screen.findByRole('list', { name: 'Steps' });
    expect(within(steps).getAllByRole('listitem')).toHaveLength(3);
    const history = screen.getByRole('grid', { name: 'Operations' });
    const rows = within(history).getAllByRole('row').slice(1);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toHaveTextContent('2 m 12 s');
    expect(
      within(rows[0]).getByRole('link', { name: 'Create xpeditis-prod' }),
    ).toHaveAttribute('href', '/hetzner/operations/op-0');
  });

  it('reconciles after showing what drifted, and follows the operation', async () => {
    server.use(
      environment(),
      quote,
      resources(sampleResource({ drift: ['It is powered off.'] })),
      answerPost(
        '/environments/xpeditis-prod/reconcile',
        {
          environment: sampleEnvironment(),
          operation: sampleOperation({ id: 'op-3' }),
        },
        202,
      ),
      answerGet(
        '/operations/op-3',
        sampleOperation({
          id: 'op-3',
          steps: [
            sampleStep({
              key: 'web-1',
              kind: 'server',
              change: 'update',
              title: 'Power on web-1',
            }),
          ],
        }),
      ),
      refuse('/operations/op-3/events', 404, { message: 'Not now.' }),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Reconcile' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(
      await within(dialog).findByText(
        'xpeditis-prod-web-1: It is powered off.',
      ),
    ).toBeInTheDocument();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Reconcile xpeditis-prod' }),
    );
    expect(await screen.findByText('Power on web-1')).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: 'Reconcile xpeditis-prod' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  describe('that is not there', () => {
    const unknown = refuse('/environments/xpeditis-prod', 404, {
      message: 'There is no environment named xpeditis-prod.',
    });

    it('says so for a name that never was', async () => {
      server.use(unknown, answerGet('/environments', { items: [] }));
      renderPlugin('/hetzner/environments/xpeditis-prod');
      expect(
        await screen.findByText('There is no environment xpeditis-prod'),
      ).toBeInTheDocument();
      expect(
        screen.getByRole('link', { name: 'Show all environments' }),
      ).toHaveAttribute('href', '/hetzner/environments');
    });

    it('shows the history of the last one that had the name', async () => {
      const removed = sampleEnvironment({ state: 'removed' });
      server.use(
        unknown,
        answerGet('/environments', {
          items: [
            { ...removed, id: 'first', createdAt: '2026-01-01T08:00:00Z' },
            { ...removed, id: 'second', createdAt: '2026-02-01T08:00:00Z' },
            sampleEnvironment({ name: 'other', state: 'removed' }),
          ],
        }),
        http.get('*/api/hetzner-infra/operations', ({ request }) => {
          const of = new URL(request.url).searchParams.get('environment');
          return HttpResponse.json({
            items: [
              sampleOperation({
                id: `removal-of-${of}`,
                goal: 'remove',
                state: 'succeeded',
              }),
            ],
          });
        }),
      );
      renderPlugin('/hetzner/environments/xpeditis-prod');
      expect(
        await screen.findByText(/xpeditis-prod is removed/),
      ).toBeInTheDocument();
      expect(
        await screen.findByRole('link', { name: 'Remove xpeditis-prod' }),
      ).toHaveAttribute('href', '/hetzner/operations/removal-of-second');
    });
  });

  it('reads everything again when its operation has ended', async () => {
    let reads = 0;
    server.use(
      http.get('*/api/hetzner-infra/environments/xpeditis-prod', () => {
        reads += 1;
        return HttpResponse.json(
          reads === 1
            ? sampleEnvironment({
                state: 'creating',
                sentence: 'Creating.',
                operation: { id: 'op-1', goal: 'apply', state: 'running' },
              })
            : sampleEnvironment({ sentence: 'Ready at last.' }),
        );
      }),
      quote,
      answerGet('/operations/op-1', sampleOperation()),
      http.get(
        '*/api/hetzner-infra/operations/op-1/events',
        () =>
          new HttpResponse(
            `id: 1\ndata: ${JSON.stringify({
              seq: 1,
              type: 'operation',
              at: '2026-11-20T08:01:00Z',
              operation: { state: 'succeeded' },
            })}\n\n`,
            { headers: { 'content-type': 'text/event-stream' } },
          ),
      ),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod');
    expect(await screen.findByText('Ready at last.')).toBeInTheDocument();
    await waitFor(() =>
      expect(
        screen.queryByRole('region', { name: 'Operation in progress' }),
      ).not.toBeInTheDocument(),
    );
  });
});
