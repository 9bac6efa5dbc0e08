import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import type {
  Operation,
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

const steps = async () =>
  within(await screen.findByRole('list', { name: 'Steps' }))
    .getAllByRole('listitem')
    .map(item => item.textContent);

describe('Operation', () => {
  it('shows what it does, how far it is and each step in words', async () => {
    const stream = openStream();
    server.use(
      operation({
        steps: [
          ...sampleOperation().steps,
          sampleStep({
            key: 'firewall',
            state: 'failed',
            attempts: 3,
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
      expect.stringMatching(/^DoneCreate network2 s$/),
      expect.stringMatching(/^RunningCreate web-1/),
      expect.stringMatching(/^WaitingCreate load-balancer$/),
      expect.stringMatching(
        /^FailedCreate firewallThe provider is busy\. Quote this id: c-93 attempts/,
      ),
    ]);
    expect(
      screen.getByRole('progressbar', { name: 'Progress of the operation' }),
    ).toHaveAttribute('aria-valuetext', '1 of 4 steps');
    expect(
      screen.getByRole('progressbar', { name: 'Create web-1' }),
    ).toHaveAttribute('aria-valuenow', '40');
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
    expect((await steps())[1]).toBe('DoneCreate web-135 s');

    stream.push(ended);
    expect(
      await screen.findByText('Created. 3 resources stand.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Cancel operation' }),
    ).not.toBeInTheDocument();
    expect(screen.getByText('59 s')).toBeInTheDocument();
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
      'DoneCreate network2 s',
      'DoneCreate web-135 s',
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
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'There is no operation op-1',
    );
  });

  describe('cancelling', () => {
    it('says what will be undone, and does it', async () => {
      const stream = openStream();
      let cancelled = false;
      server.use(
        operation(),
        stream.handler,
        answerGet(
          '/environments/xpeditis-prod',
          sampleEnvironment({ state: 'creating' }),
        ),
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
        await within(dialog).findByText(/The environment is removed again/),
      ).toBeInTheDocument();
      expect(
        within(dialog)
          .getAllByRole('listitem')
          .map(item => item.textContent),
      ).toEqual(['Create network', 'Create web-1']);

      await userEvent.click(
        within(dialog).getByRole('button', {
          name: 'Cancel and undo xpeditis-prod',
        }),
      );
      expect(
        await screen.findByText('Undoing 2 resources.'),
      ).toBeInTheDocument();
      expect(cancelled).toBe(true);
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    });

    it('goes back to the revision before when a change is cancelled', async () => {
      server.use(
        operation({ revision: 4 }),
        openStream().handler,
        answerGet(
          '/environments/xpeditis-prod',
          sampleEnvironment({ state: 'changing' }),
        ),
      );
      renderPlugin('/hetzner/operations/op-1');
      await userEvent.click(
        await screen.findByRole('button', { name: 'Cancel operation' }),
      );
      expect(
        await screen.findByText(/goes back to revision 3/),
      ).toBeInTheDocument();
    });

    it('stays open with the reason when it is refused', async () => {
      server.use(
        operation({ goal: 'remove' }),
        openStream().handler,
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
          name: 'Cancel removal of xpeditis-prod',
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
      within(alert).getByRole('button', { name: 'Retry operation' }),
    );
    expect(await screen.findByText('Trying again.')).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.queryByRole('alert')).not.toBeInTheDocument(),
    );
  });
});
