import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { answerGet } from '../../__testUtils__/backend';
import { renderPlugin } from '../../__testUtils__/renderPlugin';
import {
  sampleEnvironment,
  sampleOperation,
} from '../../__testUtils__/samples';

const server = setupServer();
registerMswTestHooks(server);

const list = () =>
  answerGet('/environments', {
    items: [sampleEnvironment({ name: 'shop' })],
    totalItems: 1,
  });

describe('A backend that does not answer', () => {
  it.each<[string, () => Response]>([
    ['cannot be reached', () => HttpResponse.error()],
    [
      'is away behind a gateway',
      () => new HttpResponse('<h1>Bad gateway</h1>', { status: 502 }),
    ],
  ])(
    'is told above what is shown when it %s, once, until it answers again',
    async (_, noAnswer) => {
      server.use(
        list(),
        http.get('*/api/hetzner-infra/orphans', () =>
          HttpResponse.json({ items: [] }),
        ),
      );
      renderPlugin('/hetzner/environments');
      await screen.findByRole('link', { name: 'shop' });
      expect(screen.queryByText(/Connection to the portal lost/)).toBeNull();

      server.use(http.all('*/api/hetzner-infra/*', noAnswer));
      // Coming back to the tab reads again.
      document.dispatchEvent(new Event('visibilitychange'));
      const alert = await screen.findByRole('alert');
      expect(alert).toHaveTextContent(
        /^Connection to the portal lost; trying again\.$/,
      );
      expect(alert.parentElement).toHaveTextContent(
        'trying again. What is shown was read now.',
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
    },
  );

  it('is told above the operations too', async () => {
    server.use(
      list(),
      answerGet('/operations', { items: [sampleOperation()] }),
    );
    renderPlugin('/hetzner/operations');
    await screen.findByRole('link', { name: 'Create xpeditis-prod' });

    server.use(http.all('*/api/hetzner-infra/*', () => HttpResponse.error()));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Connection to the portal lost',
    );
    expect(
      screen.getByRole('link', { name: 'Create xpeditis-prod' }),
    ).toBeInTheDocument();
  });
});
