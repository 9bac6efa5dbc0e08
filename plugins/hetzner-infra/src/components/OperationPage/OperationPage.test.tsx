import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import type {
  Environment,
  Operation,
  OperationCancellation,
  OperationChanges,
  OperationEvent,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { answerEvents, answerGet, refuse } from '../../__testUtils__/backend';
import { renderPlugin } from '../../__testUtils__/renderPlugin';
import {
  sampleEnvironment,
  sampleOperation,
  sampleStep,
} from '../../__testUtils__/samples';

const server = setupServer();
registerMswTestHooks(server);

const operation = (change?: Partial<Operation>) =>
  answerGet('/operations/op-1', sampleOperation(change));
const events = (...list: OperationEvent[]) =>
  answerEvents('/operations/op-1/events', list);
const ended: OperationEvent = {
  seq: 2,
  type: 'operation',
  at: '2026-11-20T08:01:00Z',
  operation: {
    state: 'succeeded',
    sentence: 'Created. 3 resources stand.',
    finishedAt: '2026-11-20T08:01:00Z',
  },
  message: 'The operation ended.',
};
const webReady: OperationEvent = {
  seq: 1,
  type: 'step',
  at: '2026-11-20T08:00:40Z',
  step: sampleStep({
    key: 'web-1',
    kind: 'server',
    state: 'succeeded',
    startedAt: '2026-11-20T08:00:05Z',
    finishedAt: '2026-11-20T08:00:40Z',
  }),
  message: 'The server web-1 runs.',
};

/** A stream that stays open and gives events when the test says so. */
function openStream() {
  let push: (event: OperationEvent) => void = () => {};
  const encoder = new TextEncoder();
  const handler = http.get(
    '*/api/hetzner-infra/operations/op-1/events',
    () =>
      new HttpResponse(
        new ReadableStream({
          start(controller) {
            push = event =>
              controller.enqueue(
                encoder.encode(
                  `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`,
                ),
              );
          },
        }),
        { headers: { 'content-type': 'text/event-stream' } },
      ),
  );
  return { handler, push: (event: OperationEvent) => push(event) };
}

/** The steps in words, lane by lane. */
const steps = async () =>
  within(await screen.findByRole('list', { name: 'Steps' }))
    .getAllByRole('button')
    .map(bar => bar.getAttribute('title'));

const changes = (change: Partial<OperationChanges> = {}) =>
  answerGet('/operations/op-1/changes', { to: 1, items: [], ...change });
const cancellation = (change: Partial<OperationCancellation>) =>
  answerGet('/operations/op-1/cancellation', {
    possible: true,
    effect: 'remove',
    undoes: [],
    changes: [],
    ...change,
  });
const environment = (change: Partial<Environment> = {}) =>
  answerGet('/environments/xpeditis-prod', sampleEnvironment(change));

describe('Operation', () => {
  beforeEach(() => server.use(changes(), environment()));

  it('says that the provider’s rate limit holds it back, and until when', async () => {
    const until = new Date(Date.now() + 5 * 60_000).toISOString();
    const stream = openStream();
    server.use(operation({ state: 'running' }), stream.handler);
    renderPlugin('/hetzner/operations/op-1');
    await screen.findByRole('list', { name: 'Steps' });
    expect(screen.queryByText(/goes on slowly/)).toBeNull();
    const text = `The requests that the provider allows in an hour are used up. This goes on slowly, one request at a time, until about ${until}.`;
    stream.push({
      seq: 1,
      type: 'log',
      at: '2026-11-20T08:00:40Z',
      message: text,
      phrase: { code: 'rate-limited', params: { until }, text },
    });
    // Above the steps and in the history.
    await waitFor(() =>
      expect(screen.getAllByText(/goes on slowly/)).toHaveLength(2),
    );
    expect(screen.queryByText(new RegExp(until))).toBeNull();
  });

  it('shows what it does, how far it is and each step in words', async () => {
    const stream = openStream();
    server.use(
      operation({
        steps: [
          ...sampleOperation().steps,
          sampleStep({
            key: 'firewall',
            kind: 'firewall',
            state: 'failed',
            attempts: 3,
            startedAt: '2026-11-20T08:00:02Z',
            finishedAt: '2026-11-20T08:00:05Z',
            error: {
              code: 'rate_limit_exceeded',
              message: 'The provider is busy.',
              correlationId: 'c-9',
            },
          }),
        ],
      }),
      stream.handler,
    );
    renderPlugin('/hetzner/operations/op-1');

    expect(
      await screen.findByRole('heading', { name: 'Create xpeditis-prod' }),
    ).toBeInTheDocument();
    expect(await steps()).toEqual([
      'Create network: Done, 2 s',
      'Create firewall: Failed, 3 s',
      expect.stringMatching(/^Create web-1: Running, .*, longer than usual$/),
      'Create load-balancer: Waiting, usually 18 s',
    ]);
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent('Create firewall failed');
    expect(alert).toHaveTextContent('The provider is busy.');
    expect(alert).toHaveTextContent('c-9');
    expect(
      within(screen.getByRole('list', { name: 'Steps' }))
        .getAllByRole('list')
        .map(lane => lane.getAttribute('aria-label')),
    ).toEqual(['Network', 'Workers', 'Load balancer']);
    expect(
      screen.getByRole('progressbar', { name: 'Progress of the operation' }),
    ).toHaveAttribute('aria-valuetext', '1 of 4 steps');
    expect(
      screen.getByText(/^Create web-1 takes longer than usual/),
    ).toBeInTheDocument();
  });

  it('changes in place while it runs, and ends', async () => {
    const stream = openStream();
    server.use(operation(), stream.handler);
    renderPlugin('/hetzner/operations/op-1');
    expect(await screen.findByText('Live')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Cancel operation' }),
    ).toBeInTheDocument();

    stream.push(webReady);
    expect(
      await screen.findByText('The server web-1 runs.'),
    ).toBeInTheDocument();
    expect((await steps())[1]).toBe('Create web-1: Done, 35 s');

    stream.push(ended);
    expect(
      await screen.findByText('Created. 3 resources stand.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Cancel operation' }),
    ).not.toBeInTheDocument();
    expect(screen.getByText(/^Took 59 s, usually/)).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'Open environment' }),
    ).toHaveAttribute('href', '/hetzner/environments/xpeditis-prod');
    expect(
      screen.getByRole('link', { name: 'Open resources' }),
    ).toHaveAttribute('href', '/hetzner/environments/xpeditis-prod/resources');
  });

  it('shows the same to whoever comes later', async () => {
    server.use(
      operation({
        state: 'succeeded',
        sentence: 'Created. 3 resources stand.',
        finishedAt: '2026-11-20T08:01:00Z',
        steps: [sampleOperation().steps[0], webReady.step!],
      }),
      events(webReady, ended),
    );
    renderPlugin('/hetzner/operations/op-1');
    expect(
      await screen.findByText('The server web-1 runs.'),
    ).toBeInTheDocument();
    expect(await steps()).toEqual([
      'Create network: Done, 2 s',
      'Create web-1: Done, 35 s',
    ]);
    expect(screen.queryByText('Updates')).not.toBeInTheDocument();
  });

  it('says so and asks slowly while the stream is down', async () => {
    server.use(
      operation(),
      refuse('/operations/op-1/events', 404, { message: 'No such stream.' }),
    );
    renderPlugin('/hetzner/operations/op-1');
    expect(
      await screen.findByText(/^Every 10 s; the live connection/),
    ).toBeInTheDocument();
    expect(await steps()).toHaveLength(3);
  });

  it('tells an unknown id', async () => {
    server.use(
      refuse('/operations/op-1', 404, { message: 'No operation op-1.' }),
    );
    renderPlugin('/hetzner/operations/op-1');
    expect(
      await screen.findAllByText(/There is no operation op-1/),
    ).toHaveLength(1);
    expect(screen.queryByText(/No operation op-1\./)).toBeNull();
    expect(
      screen.getByRole('link', { name: 'Open all environments' }),
    ).toHaveAttribute('href', '/hetzner/environments');
  });

  describe('cancelling', () => {
    it('says what will be undone, and does it', async () => {
      const stream = openStream();
      let cancelled = false;
      server.use(
        operation(),
        stream.handler,
        cancellation({
          undoes: [
            sampleStep({ key: 'network', providerId: '4711' }),
            sampleStep({ key: 'web-1', kind: 'server', state: 'running' }),
          ],
        }),
        http.post('*/api/hetzner-infra/operations/op-1/cancel', () => {
          cancelled = true;
          server.use(
            operation({
              state: 'cancelling',
              sentence: 'Undoing 2 resources.',
            }),
          );
          return HttpResponse.json(
            { environment: sampleEnvironment(), operation: sampleOperation() },
            { status: 202 },
          );
        }),
      );
      renderPlugin('/hetzner/operations/op-1');
      await userEvent.click(
        await screen.findByRole('button', { name: 'Cancel operation' }),
      );
      const dialog = await screen.findByRole('dialog');
      expect(
        await within(dialog).findByText(/^xpeditis-prod is removed again/),
      ).toBeInTheDocument();
      expect(
        within(dialog).getByText(/^2 resources exist/),
      ).toBeInTheDocument();
      expect(
        within(dialog)
          .getAllByRole('listitem')
          .map(item => item.textContent),
      ).toEqual(['Network network 4711', 'Server web-1 being made']);

      await userEvent.click(
        within(dialog).getByRole('button', {
          name: 'Cancel and remove xpeditis-prod',
        }),
      );
      expect(
        await screen.findByText('Undoing 2 resources.'),
      ).toBeInTheDocument();
      expect(cancelled).toBe(true);
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    });

    it('goes back to the last revision when a change is cancelled', async () => {
      server.use(
        operation({ revision: 4, previousRevision: 3, purpose: 'change' }),
        openStream().handler,
        cancellation({
          effect: 'return',
          revision: 3,
          changes: [{ path: 'spec.pools.web.max', from: '8', to: '4' }],
        }),
      );
      renderPlugin('/hetzner/operations/op-1');
      await userEvent.click(
        await screen.findByRole('button', { name: 'Cancel operation' }),
      );
      expect(
        await screen.findByRole('button', {
          name: 'Return xpeditis-prod to revision 3',
        }),
      ).toBeEnabled();
      expect(
        await screen.findByRole('list', { name: /settings go back/ }),
      ).toHaveTextContent('Pool web: workers at most8 → 4');
    });

    it('knows nothing from an earlier opening', async () => {
      server.use(
        operation({ goal: 'remove', purpose: 'remove' }),
        openStream().handler,
        cancellation({ effect: 'stop' }),
      );
      renderPlugin('/hetzner/operations/op-1');
      const open = await screen.findByRole('button', {
        name: 'Cancel operation',
      });
      await userEvent.click(open);
      expect(
        await screen.findByRole('button', {
          name: 'Stop work on xpeditis-prod',
        }),
      ).toBeEnabled();
      await userEvent.keyboard('{Escape}');
      await waitFor(() =>
        expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
      );
      server.use(
        http.get(
          '*/api/hetzner-infra/operations/op-1/cancellation',
          () => new Promise<never>(() => {}),
        ),
      );
      await userEvent.click(open);
      const dialog = await screen.findByRole('dialog');
      expect(
        within(dialog).getByRole('button', { name: 'Cancel operation' }),
      ).toBeDisabled();
      expect(
        within(dialog).queryByText(/^Nothing new is started/),
      ).not.toBeInTheDocument();
    });

    it('says why it is not possible any more', async () => {
      server.use(
        operation({ goal: 'remove', purpose: 'remove' }),
        openStream().handler,
        cancellation({
          possible: false,
          effect: 'none',
          reason: 'It cannot be cancelled: its first deletion has begun.',
        }),
      );
      renderPlugin('/hetzner/operations/op-1');
      await userEvent.click(
        await screen.findByRole('button', { name: 'Cancel operation' }),
      );
      const dialog = await screen.findByRole('dialog');
      expect(
        await within(dialog).findByText(/its first deletion has begun/),
      ).toBeInTheDocument();
      expect(
        within(dialog).getByRole('button', { name: 'Cancel operation' }),
      ).toBeDisabled();
    });

    it('stays open with the reason when it is refused', async () => {
      server.use(
        operation({ goal: 'remove', purpose: 'remove' }),
        openStream().handler,
        cancellation({ effect: 'stop' }),
        refuse('/operations/op-1/cancel', 409, {
          message: 'The removal has deleted a server.',
        }),
      );
      renderPlugin('/hetzner/operations/op-1');
      await userEvent.click(
        await screen.findByRole('button', { name: 'Cancel operation' }),
      );
      await userEvent.click(
        await screen.findByRole('button', {
          name: 'Stop work on xpeditis-prod',
        }),
      );
      expect(
        await within(screen.getByRole('dialog')).findByRole('alert'),
      ).toHaveTextContent('The removal has deleted a server.');
    });

    it('is not offered to whom it is not permitted', async () => {
      server.use(operation(), openStream().handler);
      renderPlugin('/hetzner/operations/op-1', {
        denied: ['hetzner-infra.environment.operate'],
      });
      await steps();
      expect(
        screen.queryByRole('button', { name: 'Cancel operation' }),
      ).not.toBeInTheDocument();
    });
  });

  it('says why it failed and retries as a new operation', async () => {
    server.use(
      operation({
        state: 'failed',
        finishedAt: '2026-11-20T08:02:00Z',
        error: {
          code: 'resource_unavailable',
          message: 'cx43 is sold out in fsn1. Choose another type.',
          correlationId: 'c-7',
        },
      }),
      events({ ...ended, operation: { state: 'failed' } }),
      http.post('*/api/hetzner-infra/operations/op-1/retry', () =>
        HttpResponse.json(
          {
            environment: sampleEnvironment(),
            operation: sampleOperation({ id: 'op-2' }),
          },
          { status: 202 },
        ),
      ),
      answerGet('/operations/op-2/changes', { to: 1, items: [] }),
      answerGet(
        '/operations/op-2',
        sampleOperation({ id: 'op-2', sentence: 'Trying again.' }),
      ),
      refuse('/operations/op-2/events', 404, { message: 'Not yet.' }),
    );
    renderPlugin('/hetzner/operations/op-1');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      'cx43 is sold out in fsn1. Choose another type.',
    );
    expect(alert).toHaveTextContent('c-7');
    await userEvent.click(
      await within(alert).findByRole('button', {
        name: 'Retry creation of xpeditis-prod',
      }),
    );
    expect(await screen.findByText('Trying again.')).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.queryByRole('alert')).not.toBeInTheDocument(),
    );
  });

  it('says that nothing is left when a creation was undone, and offers to create again, not to retry', async () => {
    server.use(
      operation({
        state: 'failed',
        finishedAt: '2026-11-20T08:02:00Z',
        error: { code: 'resource_unavailable', message: 'Sold out.' },
      }),
      events({ ...ended, operation: { state: 'failed' } }),
      refuse('/environments/xpeditis-prod', 404, { message: 'Gone.' }),
    );
    renderPlugin('/hetzner/operations/op-1');
    expect(
      await screen.findByText(/^Nothing is left of xpeditis-prod/),
    ).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent(
      'xpeditis-prod was not created',
    );
    expect(
      screen.queryByRole('button', { name: /^Retry/ }),
    ).not.toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Create again' })).toHaveAttribute(
      'href',
      '/hetzner/create',
    );
  });

  it('knows no reason that has to go when somebody cancelled a creation', async () => {
    server.use(
      operation({ state: 'cancelled', finishedAt: '2026-11-20T08:02:00Z' }),
      events({ ...ended, operation: { state: 'cancelled' } }),
      refuse('/environments/xpeditis-prod', 404, { message: 'Gone.' }),
    );
    renderPlugin('/hetzner/operations/op-1');
    expect(
      await screen.findByText(/It can be created again at any time\.$/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/when the reason is gone/)).toBeNull();
  });

  it('does not say that nothing is left while the environment cannot be read', async () => {
    server.use(
      operation({
        state: 'failed',
        finishedAt: '2026-11-20T08:02:00Z',
        error: { code: 'resource_unavailable', message: 'Sold out.' },
      }),
      events({ ...ended, operation: { state: 'failed' } }),
      refuse('/environments/xpeditis-prod', 503, { message: 'Busy.' }),
    );
    renderPlugin('/hetzner/operations/op-1');
    const title = await screen.findByText(
      'The environment xpeditis-prod could not be read',
    );
    expect(screen.queryByText(/^Nothing is left/)).not.toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: 'Create again' }),
    ).not.toBeInTheDocument();
    server.use(environment());
    const alert = title.closest<HTMLElement>('[role=alert]')!;
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    expect(
      await screen.findByRole('link', { name: 'Open environment' }),
    ).toBeVisible();
  });

  it('offers no retry of what the backend would not try again', async () => {
    server.use(
      operation({
        state: 'failed',
        retryable: false,
        finishedAt: '2026-11-20T08:02:00Z',
        error: { code: 'resource_unavailable', message: 'Sold out.' },
      }),
      events({ ...ended, operation: { state: 'failed' } }),
    );
    renderPlugin('/hetzner/operations/op-1');
    expect(
      await screen.findByRole('link', { name: 'Open environment' }),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /^Retry/ }),
    ).not.toBeInTheDocument();
  });

  it('shows what a change changed', async () => {
    server.use(
      operation({ revision: 2, previousRevision: 1, purpose: 'change' }),
      openStream().handler,
      changes({
        from: 1,
        to: 2,
        items: [{ path: 'spec.pools.web.max', from: '4', to: '6' }],
      }),
    );
    renderPlugin('/hetzner/operations/op-1');
    expect(
      await screen.findByText('From revision 1 to revision 2:'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('row', { name: 'Pool web: workers at most' }),
    ).toHaveTextContent('Pool web: workers at most46');
  });

  describe('a step', () => {
    const failed = sampleStep({
      key: 'web-1',
      kind: 'server',
      title: 'Create server web-1',
      state: 'failed',
      attempts: 2,
      needs: ['step-network'],
      providerId: '4711',
      consoleUrl:
        'https://console.hetzner.com/projects/1/servers/4711/overview',
      startedAt: '2026-11-20T08:00:05Z',
      finishedAt: '2026-11-20T08:00:40Z',
      error: {
        code: 'server_error',
        message: 'The provider failed.',
        correlationId: 'c-9',
      },
      providerActions: [
        {
          id: '99',
          command: 'create_server',
          state: 'error',
          startedAt: '2026-11-20T08:00:06Z',
        },
      ],
      calls: [
        {
          at: '2026-11-20T08:00:06Z',
          method: 'POST',
          path: '/servers',
          status: 503,
          errorCode: 'unavailable',
          correlationId: 'c-8',
          attempt: 2,
        },
      ],
    });
    const log: OperationEvent = {
      seq: 1,
      type: 'log',
      at: '2026-11-20T08:00:07Z',
      message: 'The server is placed again.',
      stepId: failed.id,
    };

    it('opens beside the page with all that is known of it, and the URL says so', async () => {
      server.use(
        operation({
          state: 'failed',
          finishedAt: '2026-11-20T08:01:00Z',
          steps: [sampleOperation().steps[0], failed],
        }),
        events(log, { ...ended, operation: { state: 'failed' } }),
      );
      renderPlugin('/hetzner/operations/op-1');
      await userEvent.click(
        await screen.findByRole('button', {
          name: /^web-1 .*Create server web-1: Failed, 35 s$/,
        }),
      );
      const drawer = await screen.findByRole('dialog', {
        name: 'Create server web-1',
      });
      expect(within(drawer).getByRole('alert')).toHaveTextContent(
        /server_error.*The provider failed.*c-9/,
      );
      expect(
        within(drawer).getByRole('link', { name: /provider’s console/ }),
      ).toHaveAttribute('href', failed.consoleUrl);
      expect(
        within(drawer).getByRole('list', { name: 'Actions of the provider' }),
      ).toHaveTextContent('create_serverFailedAction 99');
      expect(
        within(drawer).getByRole('list', { name: /^Calls that changed/ }),
      ).toHaveTextContent(
        /POST \/servers503 unavailable.*attempt 2 · Correlation id c-8/,
      );
      expect(
        await within(drawer).findByText('The server is placed again.'),
      ).toBeInTheDocument();

      await userEvent.click(
        within(drawer).getByRole('button', { name: 'Create network' }),
      );
      expect(
        await screen.findByRole('dialog', { name: 'Create network' }),
      ).toBeInTheDocument();
      await userEvent.keyboard('{Escape}');
      await waitFor(() =>
        expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
      );
    });

    it('is open for whoever follows its link, and asks for what events do not carry', async () => {
      const stream = openStream();
      server.use(
        operation({
          steps: [{ ...failed, state: 'running', error: undefined }],
        }),
        stream.handler,
      );
      renderPlugin(`/hetzner/operations/op-1?step=${failed.id}`);
      const drawer = await screen.findByRole('dialog');
      expect(within(drawer).queryByRole('alert')).not.toBeInTheDocument();
      server.use(
        operation({
          steps: [
            {
              ...failed,
              providerActions: [
                ...failed.providerActions!,
                { ...failed.providerActions![0], id: '100' },
              ],
            },
          ],
        }),
      );
      const { providerActions, calls, consoleUrl, ...told } = failed;
      stream.push({ ...webReady, step: told });
      expect(await within(drawer).findByText(/Action 100/)).toBeInTheDocument();
      expect(within(drawer).getByRole('alert')).toBeInTheDocument();
    });
  });
});
