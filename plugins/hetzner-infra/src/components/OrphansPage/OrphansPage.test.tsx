import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import type {
  Orphan,
  OrphanList,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { answerGet, refuse } from '../../__testUtils__/backend';
import { renderPlugin } from '../../__testUtils__/renderPlugin';
import { sampleEnvironment } from '../../__testUtils__/samples';

const server = setupServer();
registerMswTestHooks(server);

const orphan = (change: Partial<Orphan> = {}): Orphan => ({
  id: 'sandbox.volume.12',
  kind: 'volume',
  name: 'pvc-data',
  providerId: '12',
  connection: 'sandbox',
  labels: { 'managed-by': 'csi-driver' },
  createdAt: '2026-11-20T08:00:00Z',
  monthly: '2.86',
  currency: 'EUR',
  environment: 'staging',
  environmentId: 'gone00000000',
  reason: 'left',
  sentence: 'The volume driver of staging made it, and staging was removed.',
  adoptable: false,
  protectedAtProvider: false,
  ...change,
});

const orphans = (items: Orphan[], change: Partial<OrphanList> = {}) =>
  answerGet('/orphans', {
    items,
    monthly: items.length > 0 ? [{ currency: 'EUR', monthly: '2.86' }] : [],
    observedAt: '2026-11-23T08:00:00Z',
    problems: [],
    ...change,
  });

describe('Orphans', () => {
  it('lists what was left, why, and what it costs', async () => {
    server.use(orphans([orphan()]));
    renderPlugin('/hetzner/orphans');
    const row = await screen.findByRole('row', { name: /pvc-data/ });
    expect(row).toHaveTextContent('Volume');
    expect(row).toHaveTextContent('Left by a cluster');
    expect(row).toHaveTextContent('staging was removed');
    expect(row).toHaveTextContent('€2.86 / month');
    expect(screen.getByText('1 orphan')).toBeInTheDocument();
  });

  it('removes one only after its name was typed', async () => {
    const removed: unknown[] = [];
    server.use(
      orphans([orphan()]),
      http.delete(
        '*/api/hetzner-infra/orphans/sandbox.volume.12',
        async ({ request }) => {
          removed.push(await request.json());
          return new HttpResponse(null, { status: 204 });
        },
      ),
    );
    renderPlugin('/hetzner/orphans');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Remove pvc-data' }),
    );
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', {
      name: 'Remove pvc-data',
    });
    const name = within(dialog).getByRole('textbox', {
      name: /Type pvc-data/,
    });
    expect(confirm).toBeDisabled();
    await userEvent.type(name, 'pvc-dat');
    expect(confirm).toBeDisabled();
    await userEvent.type(name, 'a');
    await userEvent.click(confirm);
    await waitFor(() => expect(removed).toEqual([{ name: 'pvc-data' }]));
  });

  it('says why one was not removed', async () => {
    server.use(
      orphans([orphan()]),
      refuse('/orphans/sandbox.volume.12', 409, {
        message: 'pvc-data stays. It is attached to server 7.',
      }),
    );
    renderPlugin('/hetzner/orphans');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Remove pvc-data' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox'), 'pvc-data');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Remove pvc-data' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'It is attached to server 7.',
    );
  });

  it('adopts the environment of what the database does not know', async () => {
    const adopted: unknown[] = [];
    server.use(
      orphans([
        orphan({
          id: 'sandbox.server.7',
          kind: 'server',
          name: 'demo-web-1-g1',
          reason: 'unknown',
          environment: 'demo',
          adoptable: true,
        }),
      ]),
      http.post(
        '*/api/hetzner-infra/orphans/sandbox.server.7/adopt',
        async ({ request }) => {
          adopted.push(await request.json());
          return HttpResponse.json(sampleEnvironment({ name: 'demo' }));
        },
      ),
      answerGet('/environments/demo', sampleEnvironment({ name: 'demo' })),
      answerGet('/environments/demo/resources', {
        items: [],
        observedAt: '2026-11-23T08:00:00Z',
      }),
      answerGet('/operations', { items: [] }),
    );
    renderPlugin('/hetzner/orphans');
    await userEvent.click(
      await screen.findByRole('button', { name: /Adopt demo/ }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Type demo/ }),
      'demo',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Adopt demo' }),
    );
    await waitFor(() =>
      expect(adopted).toEqual([
        { environment: 'demo', owner: 'group:default/platform' },
      ]),
    );
  });

  it('offers neither to who may not, nor the removal of what the provider protects', async () => {
    server.use(
      orphans([
        orphan({ protectedAtProvider: true }),
        orphan({ id: 'sandbox.server.7', name: 'demo', adoptable: true }),
      ]),
    );
    renderPlugin('/hetzner/orphans', {
      denied: ['hetzner-infra.orphan.adopt'],
    });
    const row = await screen.findByRole('row', { name: /pvc-data/ });
    expect(row).toHaveTextContent('protection has to be lifted');
    await screen.findByRole('button', { name: 'Remove demo' });
    expect(within(row).queryByRole('button')).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /Adopt/ }),
    ).not.toBeInTheDocument();
  });

  it('says that nothing was left', async () => {
    server.use(orphans([]));
    renderPlugin('/hetzner/orphans');
    expect(await screen.findByText('Nothing was left behind')).toBeVisible();
  });

  it('says which project was not searched', async () => {
    server.use(
      orphans([], {
        problems: [
          { connection: 'hetzner-prod', message: 'The token is wrong.' },
        ],
      }),
    );
    renderPlugin('/hetzner/orphans');
    expect(
      await screen.findByText('hetzner-prod: The token is wrong.'),
    ).toBeVisible();
  });

  it('says what who may not see it can do', async () => {
    server.use(
      refuse('/orphans', 403, {
        message: 'You lack the permission hetzner-infra.orphan.read.',
      }),
    );
    renderPlugin('/hetzner/orphans');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You lack the permission hetzner-infra.orphan.read.',
    );
  });

  it('stand in a line above the environments, with their cost', async () => {
    server.use(
      answerGet('/environments', {
        items: [sampleEnvironment({ drift: { open: 2 } })],
        totalItems: 1,
      }),
      orphans([orphan()]),
    );
    renderPlugin('/hetzner/environments');
    const line = await screen.findByRole('complementary', { name: 'Orphans' });
    expect(line).toHaveTextContent('1 resource belongs to no environment');
    expect(line).toHaveTextContent('€2.86 / month');
    expect(
      within(line).getByRole('link', { name: 'See the orphans' }),
    ).toHaveAttribute('href', '/hetzner/orphans');
    expect(
      screen.getByRole('link', { name: '2 things need you.' }),
    ).toHaveAttribute(
      'href',
      '/hetzner/environments/xpeditis-prod/resources?differs=yes',
    );
  });
});
