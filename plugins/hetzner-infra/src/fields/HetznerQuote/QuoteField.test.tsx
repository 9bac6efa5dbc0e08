import {
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import plugin from '../../plugin';
import { answerPost, refuse } from '../../__testUtils__/backend';
import { readerApis } from '../../__testUtils__/renderPlugin';
import { sampleQuote } from '../../__testUtils__/samples';
import { Wizard } from '../../__testUtils__/Wizard';
import { QuoteField } from './QuoteField';
import { validateQuote } from './validateQuote';

const server = setupServer();
registerMswTestHooks(server);

const FORM = {
  name: 'xpeditis-prod',
  owner: 'group:default/platform',
  connection: 'sandbox',
  location: 'fsn1',
  poolServerType: 'cx43',
  poolMin: 2,
  poolMax: 8,
};

const openWizard = (form: object = FORM) =>
  renderInTestApp(
    <Wizard
      fields={[
        {
          name: 'HetznerQuote',
          component: QuoteField,
          validation: validateQuote,
        },
      ]}
      properties={{
        name: { title: 'Name', type: 'string' },
        quote: {
          title: 'Price and plan',
          type: 'object',
          'ui:field': 'HetznerQuote',
        },
      }}
      required={['quote']}
      initial={{ ...form }}
    />,
    { features: [plugin], apis: readerApis() },
  );

const quotePanel = () =>
  screen.findByRole('region', { name: 'Price and plan' });
const goOn = async () =>
  userEvent.click(screen.getByRole('button', { name: 'Review' }));
/** Tries to go on, and is told why not. The wizard tells it above the form and at the field. */
async function refused(reason: RegExp) {
  await goOn();
  expect((await screen.findAllByText(reason)).length).toBeGreaterThan(0);
  expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
}
/** The review step has a button that creates, so it tells that the wizard went on. */
const review = () => screen.findByRole('button', { name: 'Create' });

describe('Live quote', () => {
  it('shows price, plan, quota and warnings of the whole form', async () => {
    const asked = jest.fn();
    server.use(
      http.post('*/api/hetzner-infra/quotes', async ({ request }) => {
        asked(await request.json());
        return HttpResponse.json(
          sampleQuote({
            warnings: [
              {
                code: 'retired-type',
                message: 'cx42 is retired; cx43 takes its place.',
                blocking: false,
              },
            ],
          }),
        );
      }),
    );
    openWizard();
    const panel = await quotePanel();
    expect(
      await within(panel).findByText('€55.58 / month'),
    ).toBeInTheDocument();
    expect(within(panel).getByText('€148.52 / month')).toBeInTheDocument();
    expect(
      within(panel).getByText(/Create the network xpeditis-prod/),
    ).toBeInTheDocument();
    expect(
      within(panel).getByText('cx42 is retired; cx43 takes its place.'),
    ).toBeInTheDocument();
    expect(
      within(panel).getByRole('meter', { name: 'Servers' }),
    ).toHaveAttribute('aria-valuetext', '2 → 5 of 10');
    expect(
      within(panel).getByRole('row', { name: /Workers web/ }),
    ).toHaveTextContent('Provider’s price list');
    expect(asked).toHaveBeenCalledWith({
      environment: expect.objectContaining({
        metadata: { name: 'xpeditis-prod', owner: 'group:default/platform' },
      }),
      intent: 'create',
    });

    await goOn();
    expect(await review()).toBeInTheDocument();
  });

  it('names the field of each problem, asks for no price, and does not go on', async () => {
    openWizard({ ...FORM, name: 'Xpeditis', location: undefined });
    const panel = await quotePanel();
    const alert = await within(panel).findByRole('alert');
    expect(alert).toHaveTextContent(/Name: Use lower-case letters/);
    expect(alert).toHaveTextContent(/Location: /);

    await refused(/Put right what the price panel says/);
  });

  it('shows what the backend finds wrong in the same way', async () => {
    server.use(
      refuse('/quotes', 400, {
        message: 'The document does not fit.',
        fields: [
          {
            path: 'spec.pools.0.serverType',
            message: 'cx43 is not sold there.',
          },
        ],
      }),
    );
    openWizard();
    expect(
      await within(await quotePanel()).findByText(
        'Worker type: cx43 is not sold there.',
      ),
    ).toBeInTheDocument();
  });

  it('quotes anew when the form changes, once typing rests', async () => {
    const names: string[] = [];
    server.use(
      http.post('*/api/hetzner-infra/quotes', async ({ request }) => {
        const body: any = await request.json();
        names.push(body.environment.metadata.name);
        return HttpResponse.json(sampleQuote());
      }),
    );
    openWizard();
    await screen.findByText('€55.58 / month');
    await userEvent.type(screen.getByRole('textbox', { name: /Name/ }), '-two');
    await waitFor(() =>
      expect(names).toEqual(['xpeditis-prod', 'xpeditis-prod-two']),
    );
  });

  it('does not go on without a quote', async () => {
    server.use(
      refuse('/quotes', 503, {
        message: 'The sandbox does not answer.',
        correlationId: 'c-3',
      }),
    );
    openWizard();
    const alert = await within(await quotePanel()).findByRole('alert');
    expect(alert).toHaveTextContent('The sandbox does not answer.');
    expect(alert).toHaveTextContent('c-3');
    await refused(
      /There is no price, so it cannot go on: The sandbox does not answer\./,
    );
  });

  it('does not go on with what could not be created', async () => {
    const message = 'The project may have 3 servers; it would have 5.';
    server.use(
      answerPost(
        '/quotes',
        sampleQuote({
          warnings: [{ code: 'quota-exceeded', message, blocking: true }],
        }),
      ),
    );
    openWizard();
    expect(
      await within(await quotePanel()).findByText(
        'It cannot be created like this',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(message)).toBeInTheDocument();
    await refused(/Put right what the price panel says/);
  });

  it('does not go on with a name that was taken meanwhile', async () => {
    server.use(answerPost('/quotes', sampleQuote()));
    openWizard();
    expect(await screen.findByText('€55.58 / month')).toBeVisible();
    server.use(
      refuse('/quotes', 409, {
        message: 'An environment named xpeditis-prod exists.',
        fields: [{ path: 'metadata.name', message: 'The name is in use.' }],
      }),
    );
    await refused(/An environment named xpeditis-prod exists/);
  });

  it('does not go on at a price that nobody saw', async () => {
    server.use(answerPost('/quotes', sampleQuote()));
    openWizard();
    await screen.findByText('€55.58 / month');
    server.use(
      answerPost(
        '/quotes',
        sampleQuote({
          totals: [{ currency: 'EUR', monthly: '99.00', monthlyMax: '99.00' }],
        }),
      ),
    );
    await refused(/The price changed since it was shown/);
    expect(
      (await screen.findAllByText('€99.00 / month')).length,
    ).toBeGreaterThan(0);
    await goOn();
    expect(await review()).toBeInTheDocument();
  });
});
