import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { answerGet, refuse } from '../../__testUtils__/backend';
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

const production = sampleEnvironment({
  servers: { running: 3, wanted: 3, observedAt: '2026-11-20T09:00:00Z' },
});
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
    expect(row).toHaveTextContent('3/3');
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
    expect(screen.getByText('2 environments')).toBeInTheDocument();
  });

  it.each<[string, string | undefined, string[]]>([
    [
      'leads to the guide that the configuration names',
      'https://docs.example.com/guide',
      ['https://docs.example.com/guide'],
    ],
    ['offers no guide where there is none', undefined, []],
    ['offers none at an address that is none', 'data:text/html,guide', []],
  ])('%s when nothing is there yet', async (_what, docsUrl, links) => {
    server.use(list());
    renderPlugin('/hetzner', {
      config: { hetznerInfra: docsUrl === undefined ? {} : { docsUrl } },
    });
    await screen.findByText('Create your first environment');
    expect(
      screen
        .queryAllByRole('link', {
          name: 'Read the user guide (opens in a new tab)',
        })
        .map(link => link.getAttribute('href')),
    ).toEqual(links);
  });

  it('shows only what needs attention, servers that are off among it, at the press of a button', async () => {
    const degraded = sampleEnvironment({
      name: 'xpeditis-preview',
      servers: { running: 1, wanted: 3, observedAt: '2026-11-20T09:00:00Z' },
    });
    server.use(list(production, staging, degraded));
    renderPlugin('/hetzner');
    expect(await names()).toHaveLength(3);
    expect(
      screen.getByRole('row', { name: /xpeditis-preview/ }),
    ).toHaveTextContent('Degraded');

    await userEvent.click(
      screen.getByRole('button', { name: '2 need attention' }),
    );
    await waitFor(async () =>
      expect(await names()).toEqual(['xpeditis-preview', 'xpeditis-staging']),
    );
  });

  it('leads from a row to what can be done with it', async () => {
    server.use(list(production));
    renderPlugin('/hetzner');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Actions for xpeditis-prod' }),
    );
    expect(
      screen
        .getAllByRole('menuitem')
        .map(item => [item.textContent, item.getAttribute('href')]),
    ).toEqual([
      ['Open', '/hetzner/environments/xpeditis-prod'],
      ['Operations', '/hetzner/environments/xpeditis-prod/operations'],
      ['Resources', '/hetzner/environments/xpeditis-prod/resources'],
      ['Cost', '/hetzner/environments/xpeditis-prod/cost'],
      ['Change…', '/hetzner/change/xpeditis-prod'],
      [
        'Remove…',
        expect.stringContaining('/create/templates/default/remove-environment'),
      ],
    ]);
  });

  it.each<[string, object, string[]]>([
    [
      'is protected',
      { document: { metadata: { name: 'xpeditis-prod', protected: true } } },
      [],
    ],
    ['may not be removed', {}, ['hetzner-infra.environment.remove']],
  ])('offers no removal of what %s', async (_why, change, denied) => {
    server.use(list(sampleEnvironment(change)));
    renderPlugin('/hetzner', { denied });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Actions for xpeditis-prod' }),
    );
    await screen.findByRole('menuitem', { name: 'Open' });
    expect(
      screen.queryByRole('menuitem', { name: 'Remove…' }),
    ).not.toBeInTheDocument();
  });

  it('shows a thousand page by page, the page by the address', async () => {
    server.use(
      list(
        ...Array.from({ length: 1_000 }, (_, index) =>
          sampleEnvironment({ name: `env-${index + 1}` }),
        ),
      ),
    );
    renderPlugin('/hetzner/environments?page=20');
    expect(await names()).toHaveLength(50);
    expect(screen.getByText('951 to 1000 of 1000')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'env-1000' })).toBeInTheDocument();

    await userEvent.type(screen.getByRole('searchbox'), 'env-99');
    await waitFor(async () => expect(await names()).toHaveLength(11));
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
    // Another one may have its name by now.
    expect(screen.getByRole('link', { name: 'gone' })).toHaveAttribute(
      'href',
      `/hetzner/environments/gone?id=${removed.id}`,
    );
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
