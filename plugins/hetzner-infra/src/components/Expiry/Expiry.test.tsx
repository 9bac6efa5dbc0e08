import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { answerGet } from '../../__testUtils__/backend';
import { renderPlugin } from '../../__testUtils__/renderPlugin';
import { sampleEnvironment } from '../../__testUtils__/samples';

const server = setupServer();
registerMswTestHooks(server);

const HOUR_MS = 3_600_000;
const inHours = (hours: number) =>
  new Date(Date.now() + hours * HOUR_MS).toISOString();

const open = (change: Parameters<typeof sampleEnvironment>[0]) => {
  const environment = sampleEnvironment(change);
  server.use(
    answerGet('/environments/xpeditis-prod', environment),
    answerGet('/environments/xpeditis-prod/resources', {
      items: [],
      observedAt: '2026-11-23T08:00:00Z',
    }),
    answerGet('/operations', { items: [] }),
  );
  renderPlugin('/hetzner/environments/xpeditis-prod');
};
const notice = () =>
  screen.findByRole('region', { name: 'End of the environment' });

describe('the end of an environment', () => {
  it('is told a day before, with the way to extend it', async () => {
    const asked: { until: string }[] = [];
    const expiresAt = inHours(5);
    server.use(
      http.post(
        '*/api/hetzner-infra/environments/xpeditis-prod/extend',
        async ({ request }) => {
          asked.push((await request.json()) as { until: string });
          return HttpResponse.json(sampleEnvironment());
        },
      ),
    );
    open({ expiresAt });
    const region = await notice();
    expect(region).toHaveTextContent('It is removed then');
    await userEvent.click(
      within(region).getByRole('button', { name: 'Extend its time' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('radio', { name: /One week/ }),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Extend xpeditis-prod' }),
    );
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(Date.parse(asked[0].until)).toBe(
      Date.parse(expiresAt) + 7 * 24 * HOUR_MS,
    );
  });

  it('says that a protected one stays', async () => {
    open({
      expiresAt: inHours(-2),
      document: { metadata: { protected: true } },
    });
    expect(await notice()).toHaveTextContent(
      'It stays, because it is protected',
    );
  });

  it('is no news long before', async () => {
    open({ expiresAt: inHours(100) });
    await screen.findByText('Expires');
    expect(
      screen.queryByRole('region', { name: 'End of the environment' }),
    ).not.toBeInTheDocument();
  });
});
