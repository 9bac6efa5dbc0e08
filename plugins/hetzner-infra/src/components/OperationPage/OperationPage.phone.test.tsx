import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import type { OperationEvent } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { setupServer } from 'msw/node';
import { answerEvents, answerGet } from '../../__testUtils__/backend';
import { renderPlugin } from '../../__testUtils__/renderPlugin';
import {
  sampleEnvironment,
  sampleOperation,
} from '../../__testUtils__/samples';

const server = setupServer();
registerMswTestHooks(server);

// BUI reads the width once, so a phone needs a file of its own.
beforeAll(() => {
  window.innerWidth = 390;
});

const ended: OperationEvent = {
  seq: 1,
  type: 'operation',
  at: '2026-11-20T08:01:00Z',
  operation: { state: 'failed' },
};

it('lists the steps by lane where lanes have no room, and opens one', async () => {
  const [network, web] = sampleOperation().steps;
  server.use(
    answerGet(
      '/operations/op-1',
      sampleOperation({
        state: 'failed',
        finishedAt: '2026-11-20T08:01:00Z',
        steps: [
          network,
          {
            ...web,
            state: 'failed',
            attempts: 3,
            finishedAt: '2026-11-20T08:00:40Z',
            error: { code: 'server_error', message: 'It broke.' },
          },
        ],
      }),
    ),
    answerGet('/operations/op-1/changes', { to: 1, items: [] }),
    answerEvents('/operations/op-1/events', [ended]),
    answerGet('/environments/xpeditis-prod', sampleEnvironment()),
  );
  renderPlugin('/hetzner/operations/op-1');
  const workers = await screen.findByRole('list', { name: 'Workers' });
  expect(workers).toHaveTextContent(
    'FailedCreate web-1It broke.3 attempts · 35 s',
  );
  expect(screen.getByRole('list', { name: 'Network' })).toHaveTextContent(
    'DoneCreate network2 s',
  );
  expect(
    screen.queryByRole('radiogroup', { name: 'Show steps as' }),
  ).not.toBeInTheDocument();

  await userEvent.click(within(workers).getByRole('button'));
  expect(
    await screen.findByRole('dialog', { name: 'Create web-1' }),
  ).toHaveTextContent('server_error');
});
