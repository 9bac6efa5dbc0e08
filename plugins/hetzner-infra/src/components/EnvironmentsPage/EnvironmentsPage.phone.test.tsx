import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import { setupServer } from 'msw/node';
import { answerGet } from '../../__testUtils__/backend';
import { renderPlugin } from '../../__testUtils__/renderPlugin';
import { sampleEnvironment } from '../../__testUtils__/samples';

const server = setupServer();
registerMswTestHooks(server);

// BUI reads the width once, so a phone needs a file of its own.
beforeAll(() => {
  window.innerWidth = 390;
});

it('lists environments with labelled values where a table has no room', async () => {
  server.use(
    answerGet('/environments', { items: [sampleEnvironment()], totalItems: 1 }),
  );
  renderPlugin('/hetzner');
  const row = await screen.findByRole('row', { name: 'xpeditis-prod' });
  expect(screen.queryByRole('columnheader')).not.toBeInTheDocument();
  expect(row).toHaveTextContent('StateReady');
  expect(row).toHaveTextContent('Cost€49.20 / month');
  expect(
    within(row).getByRole('link', { name: 'xpeditis-prod' }),
  ).toBeInTheDocument();
});
