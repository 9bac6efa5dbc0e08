import {
  registerMswTestHooks,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { answerGet, answerPost, refuse } from '../../__testUtils__/backend';
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
import { presetForm } from './presets';

const server = setupServer();
registerMswTestHooks(server);

const connection = sampleConnection({
  name: 'sandbox',
  usableBy: ['group:default/platform'],
});

function openPage(
  options: { search?: string; denied?: string[]; reason?: string } = {},
) {
  const { api, ...scaffolder } = scaffolderWith(
    templateManifest('create-environment'),
    options.reason,
  );
  const { unmount } = renderTestApp({
    features: [plugin],
    initialRouteEntries: [`/hetzner/create${options.search ?? ''}`],
    mountedRoutes: OTHER_PAGES,
    apis: [...readerApis(options.denied), [scaffolderApiRef, api]],
  });
  return { ...scaffolder, unmount };
}

/** A form that is whole. */
const FORM = {
  ...presetForm('production', {
    takenNames: [],
    owner: 'group:default/platform',
    connection: 'sandbox',
    now: 0,
  }),
  name: 'shop',
};

const field = (name: string) => screen.findByRole('textbox', { name });
const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }));
const panel = () =>
  screen.findByRole('complementary', { name: 'Price and plan' });

async function goToReview() {
  await field('Name');
  await press('Next');
  await field('Workers at least');
  await press('Next');
  await field('Bucket');
  await press('Review');
}

beforeEach(() => {
  sessionStorage.clear();
  server.use(
    answerGet('/connections', { items: [connection] }),
    answerGet('/environments', { items: [], totalItems: 0 }),
    answerGet('/catalogue', sampleCatalogue),
    answerPost('/quotes', sampleQuote()),
  );
});

describe('Create environment', () => {
  it('orders what a preset fills in, and leads to the operation', async () => {
    const asked = jest.fn();
    server.use(
      http.get('*/api/hetzner-infra/operations', ({ request }) => {
        asked(new URL(request.url).searchParams.get('requestId'));
        return HttpResponse.json({ items: [sampleOperation()], totalItems: 1 });
      }),
      answerGet('/operations/op-1', sampleOperation()),
    );
    const { scaffold } = openPage({ search: '?preset=mvp' });
    await goToReview();
    const review = await screen.findByRole('region', {
      name: 'Create xpeditis-mvp',
    });
    expect(review).toHaveTextContent('It costs €55.58 / month');
    expect(review).toHaveTextContent(
      'Create the network xpeditis-prod, 10.0.0.0/16.',
    );
    await press('Create xpeditis-mvp');
    await waitFor(() =>
      expect(asked).toHaveBeenCalledWith('task-1:create:xpeditis-mvp'),
    );
    expect(scaffold).toHaveBeenCalledWith({
      templateRef: 'template:default/create-environment',
      values: expect.objectContaining({
        name: 'xpeditis-mvp',
        owner: 'group:default/platform',
        connection: 'sandbox',
        postgres: 'neon',
        quote: expect.objectContaining({ monthly: '55.58', currency: 'EUR' }),
      }),
    });
    await waitFor(() =>
      expect(screen.queryByText('Start from')).not.toBeInTheDocument(),
    );
    expect(sessionStorage).toHaveLength(0);
  });

  it('says why an order was refused, and leads to the task', async () => {
    server.use(answerGet('/operations', { items: [], totalItems: 0 }));
    openPage({ reason: 'An environment named xpeditis-prod exists.' });
    await goToReview();
    await press('Create xpeditis-prod');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('xpeditis-prod was not created');
    expect(alert).toHaveTextContent(
      'An environment named xpeditis-prod exists.',
    );
    expect(
      within(alert).getByRole('link', { name: 'Open the task' }),
    ).toHaveAttribute('href', '/create/tasks/task-1');
  });

  it('does not say that nothing was created when it lost sight of the task', async () => {
    server.use(refuse('/operations', 503, { message: 'Busy.' }));
    openPage({ reason: 'An environment named xpeditis-prod exists.' });
    await goToReview();
    await press('Create xpeditis-prod');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      'It is not known what became of the order for xpeditis-prod',
    );
    expect(
      within(alert).getByRole('link', { name: 'Open the task' }),
    ).toHaveAttribute('href', '/create/tasks/task-1');
  });

  it('stops waiting for its task when it is left', async () => {
    const asked = jest.fn();
    server.use(
      http.get('*/api/hetzner-infra/operations', () => {
        asked();
        return HttpResponse.json({ items: [], totalItems: 0 });
      }),
    );
    const { unmount, unsubscribe } = openPage();
    await goToReview();
    await press('Create xpeditis-prod');
    await waitFor(() => expect(asked).toHaveBeenCalled());
    expect(unsubscribe).not.toHaveBeenCalled();
    unmount();
    expect(unsubscribe).toHaveBeenCalled();
  });

  it('says what is wrong at its field, and draws and prices on', async () => {
    openPage();
    expect(await panel()).toHaveTextContent('€55.58 / month');
    const name = await field('Name');
    await userEvent.clear(name);
    await userEvent.type(name, 'No Name');
    expect(await screen.findAllByText(/Use lower-case letters/)).toHaveLength(
      1,
    );
    expect(await field('Name')).toBeInvalid();
    expect(await panel()).toHaveTextContent('Price of the last valid form.');
    expect(
      within(await panel()).getByRole('group', { name: /^Topology of/ }),
    ).toBeInTheDocument();
  });

  it('does not go on from a mistake, says it once, and leads to its field', async () => {
    openPage();
    await field('Name');
    await press('Next');
    const most = await field('Workers at most');
    await userEvent.clear(most);
    await userEvent.type(most, '300');
    await press('Next');
    await waitFor(() => expect(most).toHaveFocus());
    expect(
      await screen.findAllByText('Use a whole number from 0 to 100.'),
    ).toHaveLength(1);
    await userEvent.clear(most);
    await userEvent.type(most, '8');
    await userEvent.click(
      screen.getByRole('button', { name: /Advanced settings/ }),
    );
    const cookie = await field('Cookie for sticky sessions');
    await userEvent.clear(cookie);
    await press('Next');
    expect(await screen.findByText('Fill this in.')).toBeInTheDocument();
    expect(screen.queryByRole('textbox', { name: 'Bucket' })).toBeNull();
    await userEvent.type(cookie, 'MINE');
    await press('Next');
    expect(await field('Bucket')).toBeInTheDocument();
  });

  it('does not go on from what only the backend knows to be wrong', async () => {
    const message = 'The load balancer lb11 takes 25 targets.';
    server.use(
      http.post('*/api/hetzner-infra/quotes', async ({ request }) => {
        const { environment } = (await request.json()) as any;
        return environment.spec.pools[0].max > 25
          ? HttpResponse.json(
              {
                error: {
                  code: 'invalid',
                  message,
                  correlationId: 'c-1',
                  fields: [{ path: 'spec.pools.0.max', message }],
                },
              },
              { status: 400 },
            )
          : HttpResponse.json(sampleQuote());
      }),
    );
    openPage();
    await field('Name');
    await press('Next');
    const most = await field('Workers at most');
    await userEvent.clear(most);
    await userEvent.type(most, '99');
    await press('Next');
    await waitFor(() => expect(most).toHaveFocus());
    expect(await screen.findAllByText(message)).toHaveLength(1);
    expect(screen.queryByRole('textbox', { name: 'Bucket' })).toBeNull();
    expect(await panel()).toHaveTextContent('Price of the last valid form.');
  });

  it('says in the review what an environment without workers means', async () => {
    server.use(
      answerPost(
        '/quotes',
        sampleQuote({
          warnings: [
            {
              code: 'no-workers',
              path: 'spec.pools.0.min',
              message: 'No worker is always there.',
              blocking: false,
            },
          ],
        }),
      ),
    );
    openPage();
    await field('Name');
    await press('Next');
    const least = await field('Workers at least');
    await userEvent.clear(least);
    await userEvent.type(least, '0');
    expect(
      await screen.findAllByText('No worker is always there.'),
    ).toHaveLength(1);
    await press('Next');
    await field('Bucket');
    await press('Review');
    expect(
      await screen.findByText(/It has no workers: nothing answers/),
    ).toBeInTheDocument();
  });

  it('shows what the backend refuses at the field that it names', async () => {
    server.use(
      refuse('/quotes', 409, {
        message: 'An environment named xpeditis-prod exists.',
        fields: [{ path: 'metadata.name', message: 'The name is in use.' }],
      }),
    );
    openPage();
    const step = await screen.findByRole('group', { name: 'Name and owner' });
    expect(await within(step).findByRole('alert')).toHaveTextContent(
      'The name is in use.',
    );
  });

  it('does not order what the quota refuses', async () => {
    server.use(
      answerPost(
        '/quotes',
        sampleQuote({
          quota: [{ name: 'servers', used: 9, after: 12, limit: 10 }],
          warnings: [
            {
              code: 'quota-exceeded',
              message: 'The project may have 10 servers.',
              blocking: true,
            },
          ],
        }),
      ),
    );
    openPage();
    await goToReview();
    expect(
      await screen.findByText(/It cannot be created like this\. The price/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Create xpeditis-prod' }),
    ).toBeDisabled();
    expect(within(await panel()).getByRole('meter')).toHaveAttribute(
      'aria-valuetext',
      '9 → 12 of 10',
    );
  });

  it('lets who meets a quota go on to the sizes, and on from there with fewer', async () => {
    const message = 'The project may have 25 servers.';
    server.use(
      http.post('*/api/hetzner-infra/quotes', async ({ request }) => {
        const { environment } = (await request.json()) as any;
        return HttpResponse.json(
          sampleQuote({
            warnings:
              environment.spec.pools[0].min < 25
                ? []
                : [
                    {
                      code: 'quota-exceeded',
                      path: 'spec.pools.0.min',
                      message,
                      blocking: true,
                    },
                  ],
          }),
        );
      }),
    );
    sessionStorage.setItem(
      'hetzner-infra.create-environment',
      JSON.stringify({
        preset: 'production',
        form: { ...FORM, poolMin: 25, poolMax: 25 },
      }),
    );
    openPage();
    expect(await field('Name')).toHaveValue('shop');
    expect(await screen.findByText(message)).toBeInTheDocument();
    await press('Next');
    const least = await field('Workers at least');
    await press('Next');
    await waitFor(() => expect(least).toHaveFocus());
    expect(screen.queryByRole('textbox', { name: 'Bucket' })).toBeNull();
    await userEvent.clear(least);
    await userEvent.type(least, '2');
    await press('Next');
    expect(await field('Bucket')).toBeInTheDocument();
  });

  it('does not order at a price from before the connection was lost', async () => {
    sessionStorage.setItem(
      'hetzner-infra.create-environment',
      JSON.stringify({ preset: 'production', form: FORM }),
    );
    openPage();
    await goToReview();
    const order = { name: 'Create shop' };
    await waitFor(() =>
      expect(screen.getByRole('button', order)).toBeEnabled(),
    );
    await press('Back');
    const bucket = await field('Bucket');
    server.use(
      http.post('*/api/hetzner-infra/quotes', () => HttpResponse.error()),
    );
    await userEvent.type(bucket, 'shop-files');
    expect(
      await within(await panel()).findByText(/backend does not answer/),
    ).toBeInTheDocument();
    expect(await panel()).toHaveTextContent('Price of the last valid form.');
    await press('Review');
    expect(await screen.findByRole('button', order)).toBeDisabled();
    expect(screen.queryByText(/It costs/)).not.toBeInTheDocument();

    server.use(answerPost('/quotes', sampleQuote()));
    await waitFor(
      () => expect(screen.getByRole('button', order)).toBeEnabled(),
      { timeout: 8_000 },
    );
  }, 30_000);

  it('says above the form that the connection is lost', async () => {
    openPage();
    await field('Name');
    server.use(http.all('*/api/hetzner-infra/*', () => HttpResponse.error()));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(
      await screen.findByText('Connection to the portal lost; trying again.'),
    ).toBeInTheDocument();
    expect(await field('Name')).toHaveValue('xpeditis-prod');
  });

  it('takes a free name, and keeps owner and project when the preset changes', async () => {
    server.use(
      answerGet('/environments', {
        items: [sampleEnvironment({ name: 'xpeditis-staging' })],
        totalItems: 1,
      }),
    );
    openPage();
    await field('Name');
    await userEvent.click(screen.getByRole('radio', { name: /^Staging/ }));
    await waitFor(async () =>
      expect(await field('Name')).toHaveValue('xpeditis-staging-2'),
    );
    expect(
      await screen.findByRole('button', { name: /Owner/ }),
    ).toHaveTextContent('platform');
  });

  it('keeps what was typed for a reload', async () => {
    sessionStorage.setItem(
      'hetzner-infra.create-environment',
      JSON.stringify({ preset: 'production', form: { name: 'shop' } }),
    );
    openPage();
    expect(await field('Name')).toHaveValue('shop');
    const presets = screen.getByRole('radiogroup', { name: 'Start from' });
    expect(within(presets).queryByRole('button')).not.toBeInTheDocument();
    await press('Start over');
    await waitFor(async () =>
      expect(await field('Name')).toHaveValue('xpeditis-prod'),
    );
  });
});

describe('Create environment, when nothing can be filled in', () => {
  it('says whom to ask when it is not permitted', async () => {
    openPage({ denied: ['hetzner-infra.environment.create'] });
    expect(
      await screen.findByText('You may not create environments'),
    ).toBeInTheDocument();
    expect(screen.getByText(/Ask the platform team/)).toBeInTheDocument();
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('leads to the connections when there is none', async () => {
    server.use(answerGet('/connections', { items: [] }));
    openPage();
    expect(
      await screen.findByRole('link', { name: 'Go to connections' }),
    ).toHaveAttribute('href', '/hetzner/connections');
  });

  it('says that no connection is theirs', async () => {
    server.use(answerGet('/connections', { items: [sampleConnection()] }));
    openPage({ denied: ['hetzner-infra.platform.act'] });
    expect(
      await screen.findByText(/No connection may be used by your groups/),
    ).toBeInTheDocument();
  });

  it('says what could not be read, and tries again', async () => {
    server.use(refuse('/connections', 503, { message: 'Down.' }));
    openPage();
    expect(await screen.findByRole('alert')).toHaveTextContent('Down.');
    server.use(answerGet('/connections', { items: [connection] }));
    await press('Try again');
    expect(await field('Name')).toHaveValue('xpeditis-prod');
  });
});
