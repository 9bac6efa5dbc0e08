import {
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { setupServer } from 'msw/node';
import plugin from '../plugin';
import { answerGet } from '../__testUtils__/backend';
import { readerApis } from '../__testUtils__/renderPlugin';
import { sampleEnvironment, sampleResource } from '../__testUtils__/samples';
import { Wizard } from '../__testUtils__/Wizard';
import {
  TypedNameConfirmation,
  validateTypedName,
} from './TypedNameConfirmation';

const server = setupServer();
registerMswTestHooks(server);

function openWizard(form: object) {
  server.use(
    answerGet('/environments/xpeditis-prod', sampleEnvironment()),
    answerGet('/environments/xpeditis-prod/resources', {
      observedAt: '2026-11-20T09:00:00Z',
      items: [
        sampleResource({ key: 'web-1' }),
        sampleResource({ key: 'web-2' }),
        sampleResource({ key: 'network', kind: 'network' }),
      ],
    }),
  );
  renderInTestApp(
    <Wizard
      fields={[
        {
          name: 'TypedNameConfirmation',
          component: TypedNameConfirmation,
          validation: validateTypedName,
        },
      ]}
      properties={{
        environment: { title: 'Environment', type: 'string' },
        confirmation: {
          title: 'Name of the environment',
          type: 'string',
          'ui:field': 'TypedNameConfirmation',
        },
      }}
      required={['confirmation']}
      initial={{ ...form }}
    />,
    { features: [plugin], apis: readerApis() },
  );
}

const field = () =>
  screen.findByRole('textbox', { name: /Type xpeditis-prod to confirm/ });
const goOn = () =>
  userEvent.click(screen.getByRole('button', { name: 'Review' }));

describe('TypedNameConfirmation', () => {
  it('says what goes and what it costs, and goes on with the right name', async () => {
    openWizard({ environment: 'xpeditis-prod' });
    const goes = await screen.findByRole('region', {
      name: 'This goes with xpeditis-prod',
    });
    expect(
      within(goes)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      '2 × Server: xpeditis-prod-web-1, xpeditis-prod-web-2',
      '1 × Network: xpeditis-prod-network',
    ]);
    expect(goes).toHaveTextContent('€49.20 / month');

    await userEvent.type(await field(), 'xpeditis-prod');
    await goOn();
    expect(
      await screen.findByRole('button', { name: 'Create' }),
    ).toBeInTheDocument();
  });

  it.each(['xpeditis', 'Xpeditis-Prod', 'xpeditis-prod '])(
    'refuses %p',
    async typed => {
      openWizard({ environment: 'xpeditis-prod' });
      await userEvent.type(await field(), typed);
      await goOn();
      expect(
        await screen.findByText('Type the name exactly: xpeditis-prod'),
      ).toBeInTheDocument();
      expect(await field()).toBeInvalid();
    },
  );

  it('waits for an environment', async () => {
    openWizard({});
    expect(
      await screen.findByText('Choose an environment first.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('textbox', { name: /Name of the environment/ }),
    ).toBeDisabled();
  });
});
