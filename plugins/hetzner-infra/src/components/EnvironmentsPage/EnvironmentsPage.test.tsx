import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { answerGet, refuse } from '../../__testUtils__/backend';
import { renderPlugin } from '../../__testUtils__/renderPlugin';
import { sampleEnvironment } from '../../__testUtils__/samples';

const server = setupServer();
registerMswTestHooks(server);

const production = sampleEnvironment();
const staging = sampleEnvironment({
  name: 'xpeditis-staging',
  state: 'failed',
  sentence: 'The creation failed and was undone.',
  monthly: [{ currency: 'EUR', monthly: '10.00', monthlyMax: '10.00' }],
});
const list = (...items: object[]) =>
  answerGet('/environments', { items, totalItems: items.length });

const names = async () => {
  const table = await screen.findByRole('grid', { name: 'Environments' });
  await within(table).findAllByRole('link');
  return within(table)
    .getAllByRole('rowheader')
    .map(cell => cell.textContent);
};

describe('Environments', () => {
  it('shows state, name, cost and owner of each, and what they cost together', async () => {
    server.use(list(production, staging));
    renderPlugin('/hetzner');

    const row = await screen.findByRole('row', { name: /xpeditis-prod/ });
    expect(row).toHaveTextContent('Ready');
    expect(row).toHaveTextContent('Ready. 3 of 3 servers run.');
    expect(row).toHaveTextContent('€49.20 / month');
    expect(
      within(row).getByRole('link', { name: 'xpeditis-prod' }),
    ).toHaveAttribute('href', '/hetzner/environments/xpeditis-prod');
    expect(within(row).getByRole('link', { name: 'platform' })).toHaveAttribute(
      'href',
      '/catalog/default/group/platform',
    );
    expect(
      within(row).getByRole('link', {
        name: 'Last operation: Apply, Succeeded',
      }),
    ).toHaveAttribute('href', '/hetzner/operations/op-1');
    expect(screen.getByText('€59.20 / month')).toBeInTheDocument();
    expect(screen.getByText(/1 needs attention/)).toBeInTheDocument();
  });

  it('writes amounts in two currencies one under the other', async () => {
    server.use(
      list(
        production,
        sampleEnvironment({
          name: 'abroad',
          monthly: [{ currency: 'USD', monthly: '5', monthlyMax: '5' }],
        }),
      ),
    );
    renderPlugin('/hetzner');
    await screen.findByRole('row', { name: /abroad/ });
    expect(screen.getAllByText('€49.20 / month')).toHaveLength(2);
    expect(screen.getAllByText('$5.00 / month')).toHaveLength(2);
  });

  it('shows what the address filters and orders, and changes the list while typing', async () => {
    server.use(list(production, staging));
    renderPlugin('/hetzner/environments?sort=-name');
    expect(await names()).toEqual(['xpeditis-staging', 'xpeditis-prod']);

    await userEvent.type(screen.getByRole('searchbox'), 'prod');
    await waitFor(async () => expect(await names()).toEqual(['xpeditis-prod']));

    await userEvent.type(screen.getByRole('searchbox'), 'nothing');
    expect(
      await screen.findByText('No environment matches the filter'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear the filter' }),
    );
    await waitFor(async () => expect(await names()).toHaveLength(2));
  });

  it('asks for removed environments when the address does', async () => {
    const removed = sampleEnvironment({ name: 'gone', state: 'removed' });
    server.use(
      http.get('*/api/hetzner-infra/environments', ({ request }) =>
        HttpResponse.json(
          new URL(request.url).searchParams.get('state') === 'removed'
            ? { items: [removed], totalItems: 1 }
            : { items: [production], totalItems: 1 },
        ),
      ),
    );
    renderPlugin('/hetzner/environments?state=removed');
    expect(await names()).toEqual(['gone']);
  });

  it('reads every page that the backend has', async () => {
    server.use(
      http.get('*/api/hetzner-infra/environments', ({ request }) =>
        HttpResponse.json(
          new URL(request.url).searchParams.get('cursor')
            ? { items: [staging], totalItems: 2 }
            : { items: [production], totalItems: 2, nextCursor: 'next' },
        ),
      ),
    );
    renderPlugin('/hetzner');
    expect(await names()).toEqual(['xpeditis-prod', 'xpeditis-staging']);
  });

  describe('when there is none', () => {
    it('invites to create one', async () => {
      server.use(list());
      renderPlugin('/hetzner');
      expect(
        await screen.findByRole('link', { name: 'Create environment' }),
      ).toHaveAttribute('href', '/hetzner/create');
      expect(screen.queryByRole('grid')).not.toBeInTheDocument();
    });

    it.each([
      ['is not permitted', { denied: ['hetzner-infra.environment.create'] }],
      ['is not installed', { isAlone: true }],
    ])('does not invite to what %s', async (_why, options) => {
      server.use(list());
      renderPlugin('/hetzner', options);
      await screen.findByText('Create your first environment');
      expect(
        screen.queryByRole('link', { name: 'Create environment' }),
      ).not.toBeInTheDocument();
    });
  });

  it('says what failed with an id to quote, and tries again', async () => {
    server.use(
      refuse('/environments', 503, {
        message: 'The database does not answer.',
        correlationId: 'c-42',
      }),
    );
    renderPlugin('/hetzner');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The environments could not be read');
    expect(alert).toHaveTextContent('The database does not answer.');
    expect(alert).toHaveTextContent('c-42');

    server.use(list(production));
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await names()).toEqual(['xpeditis-prod']);
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says whom to ask when reading is denied', async () => {
    server.use(
      refuse('/environments', 403, {
        message: 'You may not read environments.',
      }),
    );
    renderPlugin('/hetzner');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('You may not read environments.');
    expect(alert).toHaveTextContent('for access');
  });
});
