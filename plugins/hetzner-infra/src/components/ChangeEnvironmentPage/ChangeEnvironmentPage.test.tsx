import {
  registerMswTestHooks,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { answerGet, answerPost } from '../../__testUtils__/backend';
import { OTHER_PAGES, readerApis } from '../../__testUtils__/renderPlugin';
import {
  sampleCatalogue,
  sampleConnection,
  sampleEnvironment,
  sampleOperation,
  sampleQuote,
} from '../../__testUtils__/samples';
import {
  scaffolderWith,
  templateManifest,
} from '../../__testUtils__/templates';
import plugin from '../../plugin';

const server = setupServer();
registerMswTestHooks(server);

const environment = sampleEnvironment({ name: 'shop', revision: 3 });

function openPage(options: { denied?: string[]; reason?: string } = {}) {
  const { api, scaffold } = scaffolderWith(
    templateManifest('change-environment'),
    options.reason,
  );
  renderTestApp({
    features: [plugin],
    initialRouteEntries: ['/hetzner/change/shop'],
    mountedRoutes: OTHER_PAGES,
    apis: [...readerApis(options.denied), [scaffolderApiRef, api]],
  });
  return { scaffold };
}

const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }));

const replacement = sampleQuote({
  plan: [
    {
      key: 'web-3',
      kind: 'server',
      change: 'create',
      title: 'Create server shop-web-3-g1 (cx43)',
      reason: 'It does not exist yet.',
      monthlyDelta: '21.49',
    },
    {
      key: 'load-balancer',
      kind: 'load-balancer',
      change: 'update',
      title: 'Change load balancer shop-load-balancer (lb21)',
      reason: 'type: is lb11, wanted lb21.',
      interrupts: 'Open connections may break while its type changes.',
      monthlyDelta: '-2.00',
    },
  ],
});

beforeEach(() => {
  server.use(
    answerGet('/connections', { items: [sampleConnection()] }),
    answerGet('/environments', { items: [environment], totalItems: 1 }),
    answerGet('/environments/shop', environment),
    answerGet('/environments/shop/resources', { items: [], observedAt: '' }),
    answerGet('/catalogue', sampleCatalogue),
    answerPost('/quotes', replacement),
  );
});

async function growAndReview() {
  await screen.findByRole('group', { name: 'Name and owner' });
  await press('Next');
  const pool = await screen.findByRole('group', { name: 'Pool web' });
  const least = within(pool).getByRole('textbox', { name: 'Workers at least' });
  await userEvent.clear(least);
  await userEvent.type(least, '3');
  await userEvent.tab();
  await press('Next');
  await screen.findByRole('textbox', { name: 'Bucket' });
  await press('Review');
}

describe('Change environment', () => {
  it('begins with how it is, says what changes, and orders it from its revision', async () => {
    const quoted = jest.fn();
    const asked = jest.fn();
    server.use(
      http.post('*/api/hetzner-infra/quotes', async ({ request }) => {
        quoted(await request.json());
        return HttpResponse.json(replacement);
      }),
      http.get('*/api/hetzner-infra/operations', ({ request }) => {
        asked(new URL(request.url).searchParams.get('requestId'));
        return HttpResponse.json({ items: [sampleOperation()], totalItems: 1 });
      }),
      answerGet('/operations/op-1', sampleOperation()),
    );
    const { scaffold } = openPage();
    await growAndReview();

    const review = await screen.findByRole('region', { name: 'Change shop' });
    const table = within(review).getByRole('grid', { name: 'What differs' });
    expect(table).toHaveTextContent(/Pool web: workers at least\s*2\s*3/);
    await waitFor(() => {
      expect(review).toHaveTextContent('+€21.49 / month');
      expect(review).toHaveTextContent('-€2.00 / month');
    });
    expect(review).toHaveTextContent('Open connections may break');
    const panel = screen.getByRole('complementary', { name: 'Price and plan' });
    const change =
      'Now€49.20 / monthAfterwards€30.98 / monthDifference-€18.22 / month';
    expect(panel).toHaveTextContent(change);
    expect(review).toHaveTextContent(change);
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Change shop' })).toBeEnabled(),
    );
    await press('Change shop');
    await waitFor(() =>
      expect(asked).toHaveBeenCalledWith('task-1:change:shop'),
    );
    const wanted = quoted.mock.lastCall[0];
    expect(wanted.intent).toBeUndefined();
    expect(wanted.environment.spec.pools[0].min).toBe(3);
    expect(scaffold).toHaveBeenCalledWith({
      templateRef: 'template:default/change-environment',
      values: expect.objectContaining({
        name: 'shop',
        revision: 3,
        quote: expect.objectContaining({
          monthly: '55.58',
          environment: wanted.environment,
        }),
      }),
    });
  });

  it('orders nothing while nothing differs', async () => {
    openPage();
    await screen.findByRole('group', { name: 'Name and owner' });
    await press('Next');
    await screen.findByRole('group', { name: 'Pool web' });
    await press('Next');
    await screen.findByRole('textbox', { name: 'Bucket' });
    await press('Review');
    expect(
      await screen.findByText(/Nothing differs from how it is/),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Change shop' })).toBeDisabled();
  });

  it('adds and removes pools', async () => {
    openPage();
    await screen.findByRole('group', { name: 'Name and owner' });
    await press('Next');
    await press('Add a pool');
    expect(
      await screen.findByRole('group', { name: 'Pool pool-2' }),
    ).toBeInTheDocument();
    await press('Remove the pool web');
    expect(screen.queryByRole('group', { name: 'Pool web' })).toBeNull();
    expect(
      screen.getByRole('button', { name: 'Remove the pool pool-2' }),
    ).toBeDisabled();
  });

  it('says what is wrong with a pool at its number, once, and goes no further', async () => {
    openPage();
    await screen.findByRole('group', { name: 'Name and owner' });
    await press('Next');
    const pool = await screen.findByRole('group', { name: 'Pool web' });
    const most = within(pool).getByRole('textbox', { name: 'Workers at most' });
    await userEvent.clear(most);
    await userEvent.type(most, '300');
    await userEvent.tab();
    await press('Next');
    await waitFor(() => expect(most).toHaveFocus());
    expect(
      screen.getAllByText('Use a whole number from 0 to 100.'),
    ).toHaveLength(1);
    expect(most).toHaveAccessibleDescription(
      'Use a whole number from 0 to 100.',
    );
    expect(most).toBeInvalid();
  });

  it('says why an order was refused', async () => {
    server.use(answerGet('/operations', { items: [], totalItems: 0 }));
    openPage({ reason: 'shop is at revision 4.' });
    await growAndReview();
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Change shop' })).toBeEnabled(),
    );
    await press('Change shop');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'shop is at revision 4.',
    );
  });

  it('tells what works on it, and lets it not be changed', async () => {
    server.use(
      answerGet('/environments/shop', {
        ...environment,
        state: 'changing',
        sentence: 'Changing shop.',
      }),
    );
    openPage();
    expect(
      await screen.findByText(/shop is being worked on/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Open the operation' }),
    ).toHaveAttribute('href', '/hetzner/operations/op-1');
  });

  it('says whom to ask when it is not permitted', async () => {
    openPage({ denied: ['hetzner-infra.environment.update'] });
    expect(
      await screen.findByText('You may not change shop'),
    ).toBeInTheDocument();
  });
});
