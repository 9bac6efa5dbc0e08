import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import { setupServer } from 'msw/node';
import { answerGet } from '../../__testUtils__/backend';
import { renderPlugin } from '../../__testUtils__/renderPlugin';
import { sampleEnvironment } from '../../__testUtils__/samples';

/** What the pages ask for beside, and what is nothing unless a test says otherwise. */
const nothingLeft = answerGet('/orphans', {
  items: [],
  monthly: [],
  observedAt: '2026-11-23T08:00:00Z',
  problems: [],
});

const server = setupServer(nothingLeft);
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
