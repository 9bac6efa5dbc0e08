import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { answerGet } from '../../__testUtils__/backend';
import { renderPlugin } from '../../__testUtils__/renderPlugin';
import { sampleEnvironment } from '../../__testUtils__/samples';

const server = setupServer();
registerMswTestHooks(server);

const list = () =>
  answerGet('/environments', {
    items: [sampleEnvironment({ name: 'shop' })],
    totalItems: 1,
  });

describe('A backend that does not answer', () => {
  it('is told above what is shown, once, until it answers again', async () => {
    server.use(
      list(),
      http.get('*/api/hetzner-infra/orphans', () =>
        HttpResponse.json({ items: [] }),
      ),
    );
    renderPlugin('/hetzner/environments');
    await screen.findByRole('link', { name: 'shop' });
    expect(screen.queryByText(/Connection to the portal lost/)).toBeNull();

    server.use(http.all('*/api/hetzner-infra/*', () => HttpResponse.error()));
    // Coming back to the tab reads again.
    document.dispatchEvent(new Event('visibilitychange'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Connection to the portal lost; trying again. What is shown is from: now',
    );
    expect(screen.getByRole('link', { name: 'shop' })).toBeInTheDocument();

    server.use(list());
    await waitFor(
      () =>
        expect(
          screen.queryByText(/Connection to the portal lost/),
        ).not.toBeInTheDocument(),
      { timeout: 8_000 },
    );
  });
});
