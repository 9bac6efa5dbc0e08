import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { answerGet, answerPost, refuse } from '../../__testUtils__/backend';
import { renderPlugin } from '../../__testUtils__/renderPlugin';
import {
  sampleCost,
  sampleEnvironment,
  sampleOperation,
  sampleQuote,
  sampleResource,
  sampleStep,
} from '../../__testUtils__/samples';

/** What the pages ask for beside, and what is nothing unless a test says otherwise. */
const nothingDiffered = answerGet('/environments/:name/drift', {
  open: 0,
  looked: false,
  items: [],
});

const server = setupServer(nothingDiffered);
registerMswTestHooks(server);

const servers = { running: 3, wanted: 3, observedAt: '2026-11-20T09:00:00Z' };
const environment = (change?: Partial<Environment>) =>
  answerGet(
    '/environments/xpeditis-prod',
    sampleEnvironment({ servers, ...change }),
  );
const resources = (...items: object[]) =>
  answerGet('/environments/xpeditis-prod/resources', {
    observedAt: '2026-11-20T09:00:00Z',
    items,
  });
const operations = (...items: object[]) => answerGet('/operations', { items });
const quote = answerPost('/quotes', sampleQuote());

const revision = (number: number, previous?: number) => ({
  revision: number,
  ...(previous && { previous }),
  owner: 'group:default/platform',
  document: {
    metadata: { name: 'xpeditis-prod' },
    spec: { pools: [{ name: 'web', min: 2, max: number * 4 }] },
  },
  monthly: [{ currency: 'EUR', monthly: '49.20', monthlyMax: '80.00' }],
  createdAt: `2026-11-2${number}T08:00:00Z`,
  createdBy: 'user:default/guest',
});

const revisions = answerGet('/environments/xpeditis-prod/revisions', {
  current: 2,
  applied: 1,
  items: [revision(2, 1), revision(1)],
});

/** A whole document, as the drawing reads it. */
const document = {
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'xpeditis-prod', owner: 'group:default/platform' },
  spec: {
    connections: { hetzner: 'sandbox' },
    location: 'fsn1',
    pools: [{ name: 'web', serverType: 'cx43', min: 2, max: 8 }],
  },
};

// What every tab reads besides; a test overrides what it is about.
beforeEach(() => {
  server.use(resources(), operations());
});

const more = async () =>
  userEvent.click(await screen.findByRole('button', { name: 'More actions' }));

describe('One environment', () => {
  it('says that its state is unknown, and when it was last seen, while the provider cannot be read', async () => {
    server.use(
      environment(),
      refuse('/environments/xpeditis-prod/resources', 502, {
        message: 'The provider does not answer.',
      }),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod');
    expect(
      await screen.findByText(
        /^State unknown\. The provider cannot be read now\. Last seen .*2026.*: 3 of 3 servers on\.$/,
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('Unknown')).toBeInTheDocument();
    expect(screen.queryByText(/Nothing needs you/)).not.toBeInTheDocument();
  });

  it('opens with its state in a sentence, its cost and what can be done', async () => {
    server.use(
      environment(),
      resources(
        ...['control-plane-1', 'web-1', 'web-2'].map(key =>
          sampleResource({ key }),
        ),
      ),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod');

    expect(
      await screen.findByText('Running. 3 of 3 servers on. Nothing needs you.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { level: 2, name: 'xpeditis-prod' }),
    ).toBeInTheDocument();
    expect(screen.getAllByText('Ready').length).toBeGreaterThan(0);
    expect(screen.getByText('€49.20 / month')).toBeInTheDocument();
    const remove = screen.getByRole('link', { name: 'Remove' });
    const target = new URL(remove.getAttribute('href')!, 'http://portal');
    expect(target.pathname).toBe(
      '/create/templates/default/remove-environment',
    );
    expect(JSON.parse(target.searchParams.get('formData')!)).toEqual({
      environment: 'xpeditis-prod',
    });
    expect(screen.getByRole('link', { name: 'Settings' })).toHaveAttribute(
      'href',
      '/hetzner/environments/xpeditis-prod/settings',
    );
  });

  it.each<[string, Partial<Environment>, string[]]>([
    [
      'is protected',
      {
        document: {
          metadata: { name: 'xpeditis-prod', protected: true },
        },
      },
      [],
    ],
    ['is being removed', { state: 'removing' }, []],
    [
      'may not be removed by the reader',
      {},
      ['hetzner-infra.environment.remove'],
    ],
  ])('offers no removal of what %s', async (_why, change, denied) => {
    server.use(environment(change));
    renderPlugin('/hetzner/environments/xpeditis-prod', { denied });
    await screen.findByText('Facts');
    expect(
      screen.queryByRole('link', { name: 'Remove' }),
    ).not.toBeInTheDocument();
  });

  it('says in sentences what needs somebody, the urgent first, and how to put it right', async () => {
    server.use(
      environment(),
      resources(
        sampleResource({ key: 'web-1', drift: ['Its labels differ.'] }),
        sampleResource({
          key: 'web-2',
          state: 'off',
          drift: ['It is off; it should run.'],
        }),
      ),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod');
    const findings = await screen.findByRole('region', {
      name: 'What needs you',
    });
    expect(
      within(findings)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'xpeditis-prod-web-2 is off. It is off; it should run.',
      'xpeditis-prod-web-1 differs from what is wanted. Its labels differ.',
    ]);
    expect(
      within(findings).getByRole('button', { name: 'Put right' }),
    ).toBeEnabled();
    expect(
      screen.getByText('Degraded. 1 of 3 servers on. 2 things need you.'),
    ).toBeInTheDocument();
    expect(screen.getByText('Degraded')).toBeInTheDocument();
  });

  it('does not offer to put right what the reader may not act on', async () => {
    server.use(
      environment(),
      resources(sampleResource({ drift: ['Its labels differ.'] })),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod', {
      denied: ['hetzner-infra.environment.operate'],
    });
    await screen.findByRole('region', { name: 'What needs you' });
    expect(
      screen.queryByRole('button', { name: 'Put right' }),
    ).not.toBeInTheDocument();
    await more();
    await screen.findByRole('menuitem', { name: 'Look again' });
    expect(
      screen.queryByRole('menuitem', { name: 'Put right' }),
    ).not.toBeInTheDocument();
  });

  it('draws what exists; a box opens all that is known about it, by the address too', async () => {
    server.use(
      environment({ document }),
      resources(sampleResource({ key: 'web-1' })),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod');
    const topology = await screen.findByRole('group', {
      name: 'Topology of xpeditis-prod',
    });
    await userEvent.click(
      within(topology).getByRole('button', { name: /web-1/ }),
    );
    const drawer = await screen.findByRole('dialog', { name: 'web-1' });
    expect(drawer).toHaveTextContent('4711-web-1');
    expect(drawer).toHaveTextContent(
      'infra.xpeditis.com/environment=xpeditis-prod',
    );
    expect(drawer).toHaveTextContent('€15.49 / month');
  });

  it('does not show a load balancer as well while nothing answers behind it', async () => {
    server.use(
      environment({ document }),
      resources(
        sampleResource({
          key: 'load-balancer',
          kind: 'load-balancer',
          state: 'in place',
          targets: { healthy: 0, total: 2 },
        }),
      ),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod');
    const topology = await screen.findByRole('group', {
      name: 'Topology of xpeditis-prod',
    });
    const balancer = await within(topology).findByRole('button', {
      name: /Load balancer/,
    });
    expect(balancer).toHaveTextContent('No target answers');
    expect(balancer).toHaveTextContent('0 of 2 up');
    expect(balancer).toHaveAttribute('data-tone', 'neutral');
    expect(
      screen.getByText('None of 2 targets answers the load balancer.'),
    ).toBeInTheDocument();
  });

  it('says in words what the drawing shows when some targets answer', async () => {
    server.use(
      environment({ document, state: 'ready' }),
      resources(
        sampleResource({
          key: 'load-balancer',
          kind: 'load-balancer',
          name: 'shop-lb',
          state: 'in place',
          targets: { healthy: 1, total: 2 },
        }),
      ),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod');
    const findings = await screen.findByRole('region', {
      name: 'What needs you',
    });
    expect(findings).toHaveTextContent(
      'Only 1 of 2 targets of shop-lb answer.',
    );
    // Putting right changes what differs, and nothing does.
    expect(within(findings).queryByRole('button')).not.toBeInTheDocument();
    expect(
      await screen.findByText(/Degraded\. .*1 thing needs you/),
    ).toBeInTheDocument();
  });

  it('opens the box that the address names', async () => {
    server.use(
      environment({ document }),
      resources(sampleResource({ key: 'web-1' })),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod?box=xpeditis-prod-web-1');
    expect(
      await screen.findByRole('dialog', { name: 'web-1' }),
    ).toHaveTextContent('Running');
  });

  it('says that a document of another version cannot be drawn', async () => {
    server.use(environment({ document: { metadata: {} } }));
    renderPlugin('/hetzner/environments/xpeditis-prod');
    expect(
      await screen.findByText(/written for another version/),
    ).toBeInTheDocument();
  });

  it('lists the last operations and leads to all of them', async () => {
    server.use(
      environment(),
      operations(
        sampleOperation({
          state: 'succeeded',
          finishedAt: '2026-11-20T08:02Z',
        }),
      ),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod');
    expect(
      await screen.findByRole('link', { name: 'Create xpeditis-prod' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'All operations' }),
    ).toHaveAttribute('href', '/hetzner/environments/xpeditis-prod/operations');
  });

  describe('Cost', () => {
    const cost = answerGet('/environments/xpeditis-prod/cost', sampleCost());

    it('shows what a month cost until now, what it will cost, by line and day', async () => {
      server.use(environment(), quote, cost);
      renderPlugin('/hetzner/environments/xpeditis-prod/cost?month=2026-11');
      const recorded = await screen.findByRole('region', {
        name: 'Recorded cost',
      });
      const chart = await within(recorded).findByRole('slider', {
        name: 'Cost by day in November 2026',
      });
      expect(recorded).toHaveTextContent('So far€2.27');
      expect(recorded).toHaveTextContent('Forecast for November 2026€22.72');
      chart.focus();
      await userEvent.keyboard('{Home}');
      expect(chart).toHaveAttribute('aria-valuetext', 'November 1: €0.00');
      const table = within(recorded).getByRole('grid', {
        name: 'Cost by line',
      });
      expect(
        await within(table).findByRole('row', { name: /Workers web, cx43/ }),
      ).toHaveTextContent('Workers web, cx432€1.98€19.84');
    });

    it('keeps the price lines of the document below', async () => {
      server.use(environment(), quote, cost);
      renderPlugin('/hetzner/environments/xpeditis-prod/cost?month=2026-11');
      const lines = await screen.findByRole('grid', { name: 'Price lines' });
      expect(
        await within(lines).findByRole('row', {
          name: /Workers web, cx43/,
        }),
      ).toHaveTextContent('2 – 8€30.98 / month€123.92 / month');
    });

    it('says why there are no price lines when they are denied', async () => {
      server.use(
        environment(),
        cost,
        refuse('/quotes', 403, { message: 'You may not quote.' }),
      );
      renderPlugin('/hetzner/environments/xpeditis-prod/cost?month=2026-11');
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'You may not quote.',
      );
    });

    it('goes to the months in which the environment stood', async () => {
      const asked: (string | null)[] = [];
      server.use(
        environment({ createdAt: '2026-10-20T08:00:00Z' }),
        quote,
        http.get(
          '*/api/hetzner-infra/environments/xpeditis-prod/cost',
          ({ request }) => {
            const month = new URL(request.url).searchParams.get('month');
            asked.push(month);
            return HttpResponse.json(
              sampleCost({ month: month!, lines: [], totals: [] }),
            );
          },
        ),
      );
      renderPlugin('/hetzner/environments/xpeditis-prod/cost?month=2026-11');
      await screen.findByText('Nothing cost anything in November 2026');
      await userEvent.click(
        screen.getByRole('button', { name: 'Month before' }),
      );
      expect(
        await screen.findByText('Nothing cost anything in October 2026'),
      ).toBeInTheDocument();
      expect(asked).toEqual(['2026-11', '2026-10']);
      expect(
        screen.getByRole('button', { name: 'Month before' }),
      ).toBeDisabled();
    });
  });

  describe('Settings', () => {
    it('shows the document, and what each revision changed', async () => {
      server.use(environment(), revisions);
      renderPlugin('/hetzner/environments/xpeditis-prod/settings');
      expect(
        await screen.findByRole('region', { name: 'Environment document' }),
      ).toHaveTextContent('kind: Environment');
      const history = screen.getByRole('grid', { name: 'Revisions' });
      const row = await within(history).findByRole('row', {
        name: /Revision 2/,
      });
      expect(row).toHaveTextContent('Wanted');
      expect(row).toHaveTextContent('1 change');
      expect(
        within(history).getByRole('row', { name: /Revision 1/ }),
      ).toHaveTextContent('In force');

      await userEvent.click(
        within(row).getByRole('link', { name: 'Revision 2' }),
      );
      const drawer = await screen.findByRole('dialog', { name: 'Revision 2' });
      expect(drawer).toHaveTextContent('Pool web: workers at most4 → 8');
    });

    it('compares a revision with the one that it was made from, not with a cancelled one', async () => {
      server.use(
        environment(),
        answerGet('/environments/xpeditis-prod/revisions', {
          current: 4,
          applied: 2,
          items: [revision(4, 2), revision(3, 2), revision(2, 1), revision(1)],
        }),
      );
      renderPlugin('/hetzner/environments/xpeditis-prod/settings?revision=4');
      const drawer = await screen.findByRole('dialog', { name: 'Revision 4' });
      expect(drawer).toHaveTextContent('against revision 2');
      expect(drawer).toHaveTextContent('Pool web: workers at most8 → 16');
    });

    describe('with a link to a revision further back', () => {
      const page = (items: object[], nextCursor?: string) =>
        HttpResponse.json({ current: 4, applied: 2, items, nextCursor });
      beforeEach(() =>
        server.use(
          environment(),
          http.get(
            '*/api/hetzner-infra/environments/xpeditis-prod/revisions',
            ({ request }) =>
              new URL(request.url).searchParams.get('cursor') === '3'
                ? page([revision(2, 1), revision(1)])
                : page([revision(4, 3), revision(3, 2)], '3'),
          ),
        ),
      );
      const openRevision = async (number: string) => {
        renderPlugin(
          `/hetzner/environments/xpeditis-prod/settings?revision=${number}`,
        );
        return screen.findByRole('dialog', { name: `Revision ${number}` });
      };

      it.each([
        ['that is not listed', '2', 'against revision 1'],
        ['whose source is not listed', '3', 'against revision 2'],
      ])('opens one %s, with what changed', async (_, number, against) => {
        const drawer = await openRevision(number);
        await waitFor(() => expect(drawer).toHaveTextContent(against));
        expect(drawer).toHaveTextContent(`max: ${Number(number) * 4}`);
        expect(
          screen.getByRole('button', {
            name: 'Show older revisions',
            hidden: true,
          }),
        ).toBeInTheDocument();
      });

      it.each(['9', '0', 'x'])('says that there is no %s', async number => {
        const drawer = await openRevision(number);
        expect(
          await within(drawer).findByText(`There is no revision ${number}.`),
        ).toBeInTheDocument();
      });
    });

    it('shows older revisions page by page, and calls only the first one the first', async () => {
      const page = (items: object[], nextCursor?: string) =>
        HttpResponse.json({ current: 4, applied: 2, items, nextCursor });
      server.use(
        environment(),
        http.get(
          '*/api/hetzner-infra/environments/xpeditis-prod/revisions',
          ({ request }) =>
            new URL(request.url).searchParams.get('cursor') === '3'
              ? page([revision(2, 1), revision(1)])
              : page([revision(4, 2), revision(3, 2)], '3'),
        ),
      );
      renderPlugin('/hetzner/environments/xpeditis-prod/settings');
      const older = await screen.findByRole('button', {
        name: 'Show older revisions',
      });
      const history = screen.getByRole('grid', { name: 'Revisions' });
      expect(history).toHaveTextContent('Since revision 2');
      expect(history).not.toHaveTextContent('The first');

      await userEvent.click(older);
      await waitFor(() =>
        expect(
          screen.getByRole('grid', { name: 'Revisions' }),
        ).toHaveTextContent('The first'),
      );
      expect(
        screen.queryByRole('button', { name: 'Show older revisions' }),
      ).not.toBeInTheDocument();
    });

    it.each<[string, Partial<Environment>, string[], string]>([
      [
        'protected',
        {
          document: { metadata: { name: 'xpeditis-prod', protected: true } },
        },
        [],
        'It is protected against removal.',
      ],
      ['on its way', { state: 'removing' }, [], 'It is being removed.'],
      [
        'denied',
        {},
        ['hetzner-infra.environment.remove'],
        'You may not remove it.',
      ],
    ])(
      'says why a removal is not possible: %s',
      async (_why, change, denied, sentence) => {
        server.use(environment(change), revisions);
        renderPlugin('/hetzner/environments/xpeditis-prod/settings', {
          denied,
        });
        const zone = await screen.findByRole('region', {
          name: 'Danger zone',
        });
        expect(zone).toHaveTextContent(sentence);
        expect(within(zone).queryByRole('link')).not.toBeInTheDocument();
      },
    );

    it.each([
      ['Protect xpeditis-prod', false, true],
      ['Lift the protection', true, false],
    ])('changes nothing but the protection: %s', async (name, is, becomes) => {
      const before = {
        metadata: { name: 'xpeditis-prod', protected: is },
        spec: { location: 'fsn1' },
      };
      const asked = jest.fn();
      server.use(
        environment({ document: before, revision: 3, state: 'ready' }),
        revisions,
        http.put(
          '*/api/hetzner-infra/environments/xpeditis-prod',
          async ({ request }) => {
            asked(await request.json());
            return HttpResponse.json({}, { status: 202 });
          },
        ),
      );
      renderPlugin('/hetzner/environments/xpeditis-prod/settings');
      await userEvent.click(
        await screen.findByRole('button', { name: `${name}…` }),
      );
      const dialog = await screen.findByRole('dialog');
      await userEvent.click(
        within(dialog).getByRole('button', { name: new RegExp(`^${name}`) }),
      );
      await waitFor(() =>
        expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
      );
      expect(asked).toHaveBeenCalledWith({
        revision: 3,
        environment: {
          ...before,
          metadata: { ...before.metadata, protected: becomes },
        },
      });
    });

    it('offers no change of the protection to who may not change it', async () => {
      server.use(environment({ state: 'ready' }), revisions);
      renderPlugin('/hetzner/environments/xpeditis-prod/settings', {
        denied: ['hetzner-infra.environment.update'],
      });
      await screen.findByRole('region', { name: 'Danger zone' });
      expect(
        screen.queryByRole('button', { name: /Protect/ }),
      ).not.toBeInTheDocument();
    });

    it('leads to the removal', async () => {
      server.use(environment(), revisions);
      renderPlugin('/hetzner/environments/xpeditis-prod/settings');
      expect(
        await screen.findByRole('link', { name: 'Remove xpeditis-prod…' }),
      ).toHaveAttribute(
        'href',
        expect.stringContaining('/create/templates/default/remove-environment'),
      );
    });
  });

  it('shows the running operation on top', async () => {
    server.use(
      environment({
        state: 'creating',
        operation: { id: 'op-1', goal: 'apply', state: 'running' },
      }),
      quote,
      answerGet(
        '/operations/op-1',
        sampleOperation({
          sentence: 'Waiting for the provider until 2026-11-20T08:00:00Z.',
        }),
      ),
      refuse('/operations/op-1/events', 404, { message: 'Not now.' }),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod');
    const running = await screen.findByRole('region', {
      name: 'Operation in progress',
    });
    expect(
      await within(running).findByText(
        /^Waiting for the provider until Nov 20, 2026/,
      ),
    ).toBeInTheDocument();
    expect(
      within(running).getByRole('link', { name: 'Open the operation' }),
    ).toHaveAttribute('href', '/hetzner/operations/op-1');
  });

  describe('Resources', () => {
    it('are grouped by kind with drift in words', async () => {
      server.use(
        environment(),
        resources(
          sampleResource({ key: 'web-1' }),
          sampleResource({
            key: 'web-2',
            drift: ['It is powered off; it should run.'],
          }),
          sampleResource({
            key: 'load-balancer',
            kind: 'load-balancer',
            monthly: undefined,
          }),
        ),
      );
      renderPlugin('/hetzner/environments/xpeditis-prod/resources');
      expect(
        await screen.findByText(/1 resource differs from what is wanted\./),
      ).toBeInTheDocument();
      expect(
        screen
          .getAllByRole('heading', { level: 3 })
          .map(({ textContent }) => textContent),
      ).toEqual(['Load balancer (1)', 'Server (2)', 'What differed']);
      const table = screen.getByRole('grid', { name: 'Server' });
      const [, first, second] = within(table).getAllByRole('row');
      expect(first).toHaveTextContent('Running');
      expect(first).toHaveTextContent('As wanted');
      expect(first).toHaveTextContent('4711-web-1');
      expect(first).toHaveTextContent('Type cx43');
      expect(first).toHaveTextContent('€15.49 / month');
      expect(second).toHaveTextContent('It is powered off; it should run.');
    });

    it('are narrowed by words and by what differs, in the address', async () => {
      server.use(
        environment(),
        resources(
          sampleResource({ key: 'web-1' }),
          sampleResource({ key: 'web-2', drift: ['Its labels differ.'] }),
          sampleResource({ key: 'network', kind: 'network' }),
        ),
      );
      renderPlugin(
        '/hetzner/environments/xpeditis-prod/resources?search=server',
      );
      const table = await screen.findByRole('grid', { name: 'Server' });
      expect(within(table).getAllByRole('row')).toHaveLength(3);
      expect(
        screen.queryByRole('grid', { name: 'Network' }),
      ).not.toBeInTheDocument();

      await userEvent.click(
        screen.getByRole('switch', { name: 'Only what differs' }),
      );
      await waitFor(() =>
        expect(within(table).getAllByRole('row')).toHaveLength(2),
      );
      await userEvent.type(screen.getByRole('searchbox'), ' nothing');
      expect(
        await screen.findByText('No resource matches the filter'),
      ).toBeInTheDocument();
    });

    it('lead to the provider’s console and open with their labels', async () => {
      server.use(
        environment(),
        resources(
          sampleResource({ consoleUrl: 'https://console.hetzner.com/p/1' }),
        ),
      );
      renderPlugin('/hetzner/environments/xpeditis-prod/resources');
      expect(
        await screen.findByRole('link', {
          name: 'xpeditis-prod-web-1, 4711-web-1, in the provider’s console',
        }),
      ).toHaveAttribute('href', 'https://console.hetzner.com/p/1');
      await userEvent.click(
        screen.getByRole('link', { name: 'xpeditis-prod-web-1' }),
      );
      expect(
        await screen.findByRole('dialog', { name: 'xpeditis-prod-web-1' }),
      ).toHaveTextContent('infra.xpeditis.com/environment=xpeditis-prod');
    });

    it('say when nothing exists', async () => {
      server.use(environment(), resources());
      renderPlugin('/hetzner/environments/xpeditis-prod/resources');
      expect(
        await screen.findByText('Nothing exists at the provider'),
      ).toBeInTheDocument();
    });

    it('show what differed over time, and are compared on demand', async () => {
      let looks = 0;
      server.use(
        environment(),
        resources(sampleResource()),
        answerGet('/environments/xpeditis-prod/drift', {
          open: 0,
          lookedAt: '2026-11-20T09:00:00Z',
          looked: false,
          items: [
            {
              id: '1',
              key: 'web-2',
              kind: 'server',
              name: 'xpeditis-prod-web-2-g1',
              differences: ['It does not exist.'],
              foundAt: '2026-11-20T08:00:00Z',
              lastSeenAt: '2026-11-20T08:10:00Z',
              goneAt: '2026-11-20T08:20:00Z',
            },
          ],
        }),
        http.post(
          '*/api/hetzner-infra/environments/xpeditis-prod/drift',
          () => {
            looks += 1;
            return HttpResponse.json({ open: 0, looked: false, items: [] });
          },
        ),
      );
      renderPlugin('/hetzner/environments/xpeditis-prod/resources');
      const row = await screen.findByRole('row', {
        name: /xpeditis-prod-web-2-g1/,
      });
      expect(row).toHaveTextContent('It does not exist.');
      expect(row).toHaveTextContent('Over since');
      await userEvent.click(screen.getByRole('button', { name: 'Look now' }));
      expect(
        await screen.findByText(/nothing was compared/),
      ).toBeInTheDocument();
      expect(looks).toBe(1);
    });

    it('say what failed', async () => {
      server.use(
        environment(),
        refuse('/environments/xpeditis-prod/resources', 503, {
          message: 'The provider does not answer.',
        }),
      );
      renderPlugin('/hetzner/environments/xpeditis-prod/resources');
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'The provider does not answer.',
      );
    });
  });

  it('lists operations with the live steps of the running one on top', async () => {
    server.use(
      environment(),
      operations(
        sampleOperation({ id: 'op-1', revision: 2 }),
        sampleOperation({
          id: 'op-0',
          state: 'succeeded',
          finishedAt: '2026-11-20T08:02:13Z',
        }),
      ),
      answerGet('/operations/op-1', sampleOperation({ revision: 2 })),
      refuse('/operations/op-1/events', 404, { message: 'Not now.' }),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod/operations');
    const steps = await screen.findByRole('list', { name: 'Steps' });
    expect(within(steps).getAllByRole('button')).toHaveLength(3);
    const history = screen.getByRole('grid', { name: 'Operations' });
    const rows = within(history).getAllByRole('row').slice(1);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toHaveTextContent('2 m 12 s');
    expect(
      within(rows[0]).getByRole('link', { name: 'Create xpeditis-prod' }),
    ).toHaveAttribute('href', '/hetzner/operations/op-0');
  });

  it('reconciles after showing what drifted, and follows the operation', async () => {
    server.use(
      environment(),
      quote,
      resources(sampleResource({ drift: ['It is powered off.'] })),
      answerPost(
        '/environments/xpeditis-prod/reconcile',
        {
          environment: sampleEnvironment(),
          operation: sampleOperation({ id: 'op-3' }),
        },
        202,
      ),
      answerGet(
        '/operations/op-3',
        sampleOperation({
          id: 'op-3',
          purpose: 'reconcile',
          steps: [
            sampleStep({
              key: 'web-1',
              kind: 'server',
              change: 'update',
              title: 'Power on web-1',
            }),
          ],
        }),
      ),
      refuse('/operations/op-3/events', 404, { message: 'Not now.' }),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod');
    await more();
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Put right' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(
      await within(dialog).findByText(
        'Server xpeditis-prod-web-1: It is powered off.',
      ),
    ).toBeInTheDocument();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Put xpeditis-prod right' }),
    );
    expect(
      await screen.findByRole('button', { name: /Power on web-1/ }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: 'Reconcile xpeditis-prod' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  describe('that is not there', () => {
    const unknown = refuse('/environments/xpeditis-prod', 404, {
      message: 'There is no environment named xpeditis-prod.',
    });

    it('says so for a name that never was', async () => {
      server.use(unknown, answerGet('/environments', { items: [] }));
      renderPlugin('/hetzner/environments/xpeditis-prod');
      expect(
        await screen.findByText('There is no environment xpeditis-prod'),
      ).toBeInTheDocument();
      expect(
        screen.getByRole('link', { name: 'Show all environments' }),
      ).toHaveAttribute('href', '/hetzner/environments');
    });

    it('asks for the name, the last one first, and stops where it is', async () => {
      const asked: URLSearchParams[] = [];
      server.use(
        unknown,
        http.get('*/api/hetzner-infra/environments', ({ request }) => {
          asked.push(new URL(request.url).searchParams);
          return HttpResponse.json({
            items: [
              sampleEnvironment({ name: 'xpeditis-prod-2', state: 'removed' }),
              sampleEnvironment({ state: 'removed' }),
            ],
            nextCursor: 'next',
          });
        }),
      );
      renderPlugin('/hetzner/environments/xpeditis-prod');
      expect(
        await screen.findByText(/xpeditis-prod is removed/),
      ).toBeInTheDocument();
      expect(asked.map(query => Object.fromEntries(query))).toEqual([
        {
          state: 'removed',
          search: 'xpeditis-prod',
          sort: '-createdAt',
          limit: '20',
        },
      ]);
    });

    it('shows the one that its address means, though another has its name now', async () => {
      server.use(
        environment(),
        answerGet('/environments', {
          items: [
            sampleEnvironment({ id: 'second', state: 'removed' }),
            sampleEnvironment({ id: 'first', state: 'removed' }),
          ],
        }),
        http.get('*/api/hetzner-infra/operations', ({ request }) => {
          const of = new URL(request.url).searchParams.get('environment');
          return HttpResponse.json({
            items: [
              sampleOperation({
                id: `removal-of-${of}`,
                goal: 'remove',
                purpose: 'remove',
                state: 'succeeded',
              }),
            ],
          });
        }),
      );
      renderPlugin('/hetzner/environments/xpeditis-prod?id=first');
      expect(
        await screen.findByRole('link', { name: 'Remove xpeditis-prod' }),
      ).toHaveAttribute('href', '/hetzner/operations/removal-of-first');
    });

    it('shows the history of the last one that had the name', async () => {
      const removed = sampleEnvironment({ state: 'removed' });
      server.use(
        unknown,
        answerGet('/environments', {
          items: [
            {
              ...removed,
              id: 'second',
              createdAt: '2026-02-01T08:00:00Z',
              removedAt: '2026-11-22T08:00:00Z',
            },
            { ...removed, id: 'first', createdAt: '2026-01-01T08:00:00Z' },
            sampleEnvironment({ name: 'other', state: 'removed' }),
          ],
        }),
        answerGet('/environments/second/cost', sampleCost()),
        answerGet('/environments/second/revisions', {
          current: 1,
          items: [],
        }),
        http.get('*/api/hetzner-infra/operations', ({ request }) => {
          const of = new URL(request.url).searchParams.get('environment');
          return HttpResponse.json({
            items: [
              sampleOperation({
                id: `removal-of-${of}`,
                goal: 'remove',
                purpose: 'remove',
                state: 'succeeded',
              }),
            ],
          });
        }),
      );
      renderPlugin('/hetzner/environments/xpeditis-prod');
      expect(
        await screen.findByText(/xpeditis-prod is removed/),
      ).toBeInTheDocument();
      expect(
        await screen.findByRole('link', { name: 'Remove xpeditis-prod' }),
      ).toHaveAttribute('href', '/hetzner/operations/removal-of-second');
      expect(
        await screen.findByRole('grid', { name: 'Revisions' }),
      ).toBeInTheDocument();
      expect(
        await screen.findByRole('slider', { name: /Cost by day/ }),
      ).toBeInTheDocument();
    });
  });

  it('reads everything again when its operation has ended', async () => {
    let reads = 0;
    server.use(
      http.get('*/api/hetzner-infra/environments/xpeditis-prod', () => {
        reads += 1;
        return HttpResponse.json(
          reads === 1
            ? sampleEnvironment({
                state: 'creating',
                sentence: 'Creating.',
                operation: { id: 'op-1', goal: 'apply', state: 'running' },
              })
            : sampleEnvironment({ servers }),
        );
      }),
      quote,
      answerGet('/operations/op-1', sampleOperation()),
      http.get(
        '*/api/hetzner-infra/operations/op-1/events',
        () =>
          new HttpResponse(
            `id: 1\ndata: ${JSON.stringify({
              seq: 1,
              type: 'operation',
              at: '2026-11-20T08:01:00Z',
              operation: { state: 'succeeded' },
            })}\n\n`,
            { headers: { 'content-type': 'text/event-stream' } },
          ),
      ),
    );
    renderPlugin('/hetzner/environments/xpeditis-prod');
    expect(await screen.findByText('Ready')).toBeInTheDocument();
    await waitFor(() =>
      expect(
        screen.queryByRole('region', { name: 'Operation in progress' }),
      ).not.toBeInTheDocument(),
    );
  });
});
