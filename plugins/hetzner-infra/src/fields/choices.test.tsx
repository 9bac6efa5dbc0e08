import {
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import plugin from '../plugin';
import { answerGet, refuse } from '../__testUtils__/backend';
import { readerApis } from '../__testUtils__/renderPlugin';
import {
  sampleCatalogue,
  sampleConnection,
  sampleEnvironment,
} from '../__testUtils__/samples';
import { Wizard } from '../__testUtils__/Wizard';
import { ConnectionField } from './ConnectionField';
import { EnvironmentField } from './EnvironmentField';
import { LoadBalancerTypeField } from './LoadBalancerTypeField';
import { LocationField } from './LocationField';
import { ServerTypeField } from './ServerTypeField';

const server = setupServer();
registerMswTestHooks(server);

const FIELDS = [
  { name: 'HetznerConnection', component: ConnectionField },
  { name: 'HetznerLocation', component: LocationField },
  { name: 'HetznerServerType', component: ServerTypeField },
  { name: 'HetznerLoadBalancerType', component: LoadBalancerTypeField },
  { name: 'HetznerEnvironment', component: EnvironmentField },
];

function openField(
  field: string,
  form: object = {},
  extra: { denied?: string[]; more?: object } = {},
) {
  const property = (name: string, title: string) => ({
    title,
    type: 'string',
    'ui:field': name,
  });
  renderInTestApp(
    <Wizard
      fields={FIELDS}
      properties={{
        chosen: property(field, 'The choice'),
        ...extra.more,
      }}
      initial={{ ...form }}
    />,
    { features: [plugin], apis: readerApis(extra.denied) },
  );
}

const button = () => screen.findByRole('button', { name: /The choice/ });

/** Opens the list and reads its options: text, and whether it can be chosen. */
async function options() {
  await userEvent.click(await button());
  const list = await screen.findByRole('listbox');
  return within(list)
    .getAllByRole('option')
    .map(option => [
      option.textContent,
      option.getAttribute('aria-disabled') !== 'true',
    ]);
}

const catalogue = answerGet('/catalogue', sampleCatalogue);

describe('HetznerConnection', () => {
  const connections = answerGet('/connections', {
    items: [
      sampleConnection({
        name: 'ours',
        usableBy: ['group:default/platform'],
        environments: ['a', 'b'],
      }),
      sampleConnection({ name: 'theirs', usableBy: ['group:default/other'] }),
      sampleConnection({ name: 'zone', kind: 'cloudflare' }),
    ],
  });
  const owner = 'group:default/platform';

  it('offers the Hetzner connections that the chosen owner may use', async () => {
    server.use(connections);
    openField(
      'HetznerConnection',
      { owner },
      { denied: ['hetzner-infra.platform.act'] },
    );
    expect(await options()).toEqual([
      ['ours2 environments', true],
      ['theirsNot usable by group:default/platform', false],
    ]);
  });

  it('offers all of them to whoever acts for the platform', async () => {
    server.use(connections);
    openField('HetznerConnection', { owner });
    expect(await options()).toEqual([
      ['ours2 environments', true],
      ['theirs0 environments', true],
    ]);
  });

  it('chooses the only one there is', async () => {
    server.use(answerGet('/connections', { items: [sampleConnection()] }));
    openField('HetznerConnection');
    expect(
      await screen.findByRole('button', { name: /production/ }),
    ).toBeInTheDocument();
  });

  it('says what failed and tries again', async () => {
    server.use(refuse('/connections', 503, { message: 'Down.' }));
    openField('HetznerConnection');
    expect(await screen.findByRole('alert')).toHaveTextContent('Down.');
    server.use(connections);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await options()).toHaveLength(2);
  });
});

describe('choices from the catalogue', () => {
  it.each([
    ['HetznerLocation', {}, 'Choose a Hetzner project first.'],
    [
      'HetznerServerType',
      { connection: 'sandbox' },
      'Choose a Hetzner project and a location first.',
    ],
    [
      'HetznerLoadBalancerType',
      {},
      'Choose a Hetzner project and a location first.',
    ],
  ])('%s waits for what comes first', async (field, form, reason) => {
    server.use(catalogue);
    openField(field, form);
    expect(await screen.findByText(reason)).toBeInTheDocument();
    expect(await button()).toBeDisabled();
  });

  it.each<[string, [string, boolean][]]>([
    [
      'HetznerLocation',
      [
        ['fsn1 · Falkenstein, DEeu-central', true],
        ['hel1 · Helsinki, FIeu-central', true],
      ],
    ],
    [
      'HetznerServerType',
      [
        [
          'cx23 · 2 cores, 4 GB · €4.99 / month40 GB disk, x86, shared CPU',
          true,
        ],
        [
          'cx43 · 8 cores, 16 GB · €15.49 / month160 GB disk, x86, shared CPU',
          true,
        ],
        [
          'cx22 · 2 cores, 4 GB · €2.00 / monthNo longer sold in fsn1. 40 GB disk, x86, shared CPU',
          false,
        ],
        [
          'cx53 · 16 cores, 32 GB · €3.00 / monthSold out in fsn1 now. 320 GB disk, x86, shared CPU',
          false,
        ],
      ],
    ],
    [
      'HetznerLoadBalancerType',
      [
        ['lb11 · €6.41 / month25 targets, 5 services, 10 certificates', true],
        ['lb21 · €19.90 / month75 targets, 15 services, 25 certificates', true],
      ],
    ],
  ])('%s offers what is sold, with its price', async (field, expected) => {
    server.use(catalogue);
    openField(field, { connection: 'sandbox', location: 'fsn1' });
    expect(await options()).toEqual(expected);
  });

  it('keeps showing a type that is not offered, as such', async () => {
    server.use(catalogue);
    openField('HetznerServerType', {
      connection: 'sandbox',
      location: 'hel1',
      chosen: 'cx23',
    });
    expect(
      await screen.findByRole('button', { name: /cx23/ }),
    ).toBeInTheDocument();
    expect((await options()).at(-1)).toEqual(['cx23Not offered', false]);
  });

  it('asks for the catalogue once for all fields', async () => {
    let asked = 0;
    server.use(
      http.get('*/api/hetzner-infra/catalogue', () => {
        asked += 1;
        return HttpResponse.json(sampleCatalogue);
      }),
    );
    openField(
      'HetznerServerType',
      { connection: 'sandbox', location: 'fsn1' },
      {
        more: {
          other: {
            title: 'Another',
            type: 'string',
            'ui:field': 'HetznerLoadBalancerType',
          },
        },
      },
    );
    await button();
    await screen.findByRole('button', { name: /Another/ });
    expect(asked).toBe(1);
  });

  it('is chosen by keyboard', async () => {
    server.use(catalogue);
    openField('HetznerLocation', { connection: 'sandbox' });
    (await button()).focus();
    await userEvent.keyboard('{Enter}');
    await screen.findByRole('listbox');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(
      await screen.findByRole('button', { name: /hel1 · Helsinki/ }),
    ).toBeInTheDocument();
  });
});

describe('HetznerEnvironment', () => {
  it('offers what can be removed and says why the rest cannot', async () => {
    server.use(
      answerGet('/environments', {
        items: [
          sampleEnvironment({ name: 'a' }),
          sampleEnvironment({
            name: 'b',
            document: { metadata: { protected: true } },
          }),
          sampleEnvironment({
            name: 'c',
            state: 'removing',
            sentence: 'Going.',
          }),
        ],
        totalItems: 3,
      }),
    );
    openField('HetznerEnvironment');
    expect(await options()).toEqual([
      ['aa is as revision 1 says.', true],
      ['bProtected. Lift the protection first.', false],
      ['cGoing.', false],
    ]);
  });
});
