import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { answerGet, answerPost, refuse } from '../../__testUtils__/backend';
import { renderPlugin } from '../../__testUtils__/renderPlugin';
import { sampleConnection } from '../../__testUtils__/samples';

const server = setupServer();
registerMswTestHooks(server);

const connections = (...items: object[]) =>
  answerGet('/connections', { items });
const sandbox = sampleConnection({
  name: 'sandbox',
  origin: 'configuration',
  environments: ['xpeditis-prod'],
});

describe('Connections', () => {
  it('lists who owns them, what uses them and where they come from', async () => {
    server.use(connections(sandbox));
    renderPlugin('/hetzner/connections');
    const row = await screen.findByRole('row', { name: /sandbox/ });
    expect(row).toHaveTextContent('Hetzner Cloud');
    expect(row).toHaveTextContent('Configuration');
    expect(row).toHaveTextContent('Not checked yet');
    expect(
      within(row).getByRole('link', { name: '1 environment' }),
    ).toHaveAttribute('href', '/hetzner/environments?connection=sandbox');
  });

  it('opens with the use of the project, what is left to ask, and where it is used', async () => {
    server.use(
      connections({ ...sandbox, consoleProjectId: '123' }),
      answerGet('/connections/sandbox/usage', {
        quota: [
          { name: 'servers', used: 8, after: 8, limit: 10 },
          { name: 'networks', used: 2, after: 2 },
        ],
        requests: { limit: 3600, remaining: 3590 },
      }),
    );
    renderPlugin('/hetzner/connections');
    await userEvent.click(await screen.findByRole('link', { name: 'sandbox' }));
    const drawer = await screen.findByRole('dialog', { name: 'sandbox' });
    expect(
      await within(drawer).findByRole('meter', { name: 'Servers' }),
    ).toHaveAttribute('aria-valuetext', '8 of 10');
    expect(drawer).toHaveTextContent('Networks2, limit not known');
    expect(
      within(drawer).getByRole('meter', { name: 'Requests an hour' }),
    ).toHaveAttribute('aria-valuetext', '3590 of 3600 left');
    expect(
      within(drawer).getByRole('link', { name: 'xpeditis-prod' }),
    ).toHaveAttribute('href', '/hetzner/environments/xpeditis-prod');
    expect(
      within(drawer).getByRole('link', { name: /console/ }),
    ).toHaveAttribute('href', 'https://console.hetzner.com/projects/123');
  });

  it('shows what the last check found wrong', async () => {
    server.use(
      connections(
        sampleConnection({
          name: 'stale',
          problem: 'The token may only read.',
        }),
      ),
    );
    renderPlugin('/hetzner/connections');
    expect(await screen.findByRole('row', { name: /stale/ })).toHaveTextContent(
      'The token may only read.',
    );
  });

  it('changes only what the portal made and nothing uses', async () => {
    server.use(
      connections(
        sandbox,
        sampleConnection({ name: 'used', environments: ['prod'] }),
        sampleConnection({ name: 'free' }),
      ),
    );
    renderPlugin('/hetzner/connections');
    const buttons = async (name: string) =>
      within(await screen.findByRole('row', { name: new RegExp(name) }))
        .getAllByRole('button')
        .map(button => button.getAttribute('aria-label'));
    expect(await buttons('sandbox')).toEqual(['Check sandbox']);
    expect(await buttons('used')).toEqual(['Check used', 'Replace used']);
    expect(await buttons('free')).toEqual([
      'Check free',
      'Replace free',
      'Delete free',
    ]);
  });

  it('offers nothing to whom it is not permitted', async () => {
    server.use(connections(sampleConnection()));
    renderPlugin('/hetzner/connections', {
      denied: ['hetzner-infra.connection.manage'],
    });
    const row = await screen.findByRole('row', { name: /production/ });
    expect(within(row).queryByRole('button')).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Add connection' }),
    ).not.toBeInTheDocument();
  });

  it.each([
    [true, 'Works', 'Read and write access to 3 servers.'],
    [false, 'Fails', 'The token is read-only.'],
  ])('shows the answer of a check (%p)', async (ok, word, message) => {
    server.use(
      connections(sandbox),
      answerPost('/connections/sandbox/check', { ok, message }),
    );
    renderPlugin('/hetzner/connections');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Check sandbox' }),
    );
    expect(await screen.findByText(word)).toBeInTheDocument();
    expect(screen.getByText(message, { exact: false })).toBeInTheDocument();
  });

  it('adds one with its secrets, which then are nowhere on the page', async () => {
    const put = jest.fn();
    server.use(
      connections(),
      http.put(
        '*/api/hetzner-infra/connections/:name',
        async ({ request, params }) => {
          put(params.name, await request.json());
          server.use(connections(sampleConnection()));
          return HttpResponse.json(sampleConnection());
        },
      ),
    );
    renderPlugin('/hetzner/connections');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Add connection' }),
    );
    const dialog = await screen.findByRole('dialog');
    const submit = within(dialog).getByRole('button', {
      name: 'Add connection',
    });

    await userEvent.click(submit);
    for (const name of [/^Name/, /API token of the portal/]) {
      expect(within(dialog).getByLabelText(name)).toHaveAccessibleDescription(
        expect.stringContaining('Fill this in.'),
      );
    }
    expect(put).not.toHaveBeenCalled();

    const secret = within(dialog).getByLabelText(/API token of the portal/);
    expect(secret).toHaveAttribute('type', 'password');
    await userEvent.type(within(dialog).getByLabelText(/^Name/), 'production');
    await userEvent.type(secret, 'secret-one');
    await userEvent.type(
      within(dialog).getByLabelText(/API token of the clusters/),
      'secret-two',
    );
    await userEvent.click(submit);

    expect(
      await screen.findByRole('row', { name: /production/ }),
    ).toBeInTheDocument();
    expect(put).toHaveBeenCalledWith('production', {
      kind: 'hetzner',
      version: 0,
      owner: 'group:default/platform',
      usableBy: ['group:default/platform'],
      secrets: { token: 'secret-one', clusterToken: 'secret-two' },
    });
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(document.body.innerHTML).not.toMatch(/secret-(one|two)/);
  });

  it('offers the groups of the catalog by name, and sends their references', async () => {
    const put = jest.fn();
    server.use(
      connections(),
      http.put('*/api/hetzner-infra/connections/:name', async ({ request }) => {
        put(await request.json());
        return HttpResponse.json(sampleConnection());
      }),
    );
    renderPlugin('/hetzner/connections', {
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Group',
          metadata: { name: 'checkout', namespace: 'default' },
          spec: { type: 'team', profile: { displayName: 'Team Checkout' } },
        },
      ],
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Add connection' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText(/^Name/), 'production');
    await userEvent.type(
      within(dialog).getByLabelText(/API token of the portal/),
      'one',
    );
    await userEvent.type(
      within(dialog).getByLabelText(/API token of the clusters/),
      'two',
    );
    for (const field of [/Owner/, /Usable by/]) {
      await userEvent.click(
        within(dialog).getByRole('button', { name: field }),
      );
      await userEvent.click(
        await screen.findByRole('option', { name: /Team Checkout/ }),
      );
      await userEvent.keyboard('{Escape}');
    }
    await userEvent.click(
      await screen.findByRole('button', { name: 'Add connection' }),
    );
    await waitFor(() =>
      expect(put).toHaveBeenCalledWith(
        expect.objectContaining({
          owner: 'group:default/checkout',
          usableBy: ['group:default/platform', 'group:default/checkout'],
        }),
      ),
    );
  });

  it('adds object storage by its location and its keys', async () => {
    const put = jest.fn();
    server.use(
      connections(sandbox),
      http.put(
        '*/api/hetzner-infra/connections/:name',
        async ({ request, params }) => {
          put(params.name, await request.json());
          return HttpResponse.json(sampleConnection());
        },
      ),
    );
    renderPlugin('/hetzner/connections');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Add connection' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: /Kind/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Object storage' }),
    );
    expect(within(dialog).queryByLabelText(/API token/)).toBeNull();
    const type = (label: RegExp, text: string) =>
      userEvent.type(within(dialog).getByLabelText(label), text);
    await type(/^Name/, 'files');
    await type(/^Access key/, 'key-one');
    await type(/^Secret key/, 'key-two');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Add connection' }),
    );
    await waitFor(() =>
      expect(put).toHaveBeenCalledWith('files', {
        kind: 'object-storage',
        version: 0,
        owner: 'group:default/platform',
        usableBy: ['group:default/platform'],
        region: 'fsn1',
        secrets: { accessKey: 'key-one', secretKey: 'key-two' },
      }),
    );
  });

  it('keeps the dialog open with the provider’s reason', async () => {
    server.use(
      connections(sampleConnection()),
      refuse('/connections/production', 400, {
        message: 'The token is read-only. Make one with read and write access.',
      }),
    );
    renderPlugin('/hetzner/connections');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Replace production' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Replace production' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'The token is read-only.',
    );
  });

  it('changes the version that the dialog was opened from, and says that somebody was faster', async () => {
    const put = jest.fn();
    server.use(
      connections(sampleConnection({ version: 3 })),
      http.put(
        '*/api/hetzner-infra/connections/production',
        async ({ request }) => {
          put(await request.json());
          return HttpResponse.json(
            {
              error: {
                name: 'ConflictError',
                message: 'In the words of the backend.',
                code: 'connection-changed',
                params: { name: 'production' },
              },
            },
            { status: 409 },
          );
        },
      ),
    );
    renderPlugin('/hetzner/connections');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Replace production' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Replace production' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'Somebody changed the connection production meanwhile.',
    );
    expect(put).toHaveBeenCalledWith(expect.objectContaining({ version: 3 }));
  });

  it('says at the field what the backend says about it', async () => {
    server.use(
      connections(sampleConnection()),
      refuse('/connections/production', 400, {
        message: 'The token was not stored.',
        fields: [{ path: 'secrets.token', message: 'It may only read.' }],
      }),
    );
    renderPlugin('/hetzner/connections');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Replace production' }),
    );
    const dialog = await screen.findByRole('dialog');
    const token = within(dialog).getByLabelText(/API token of the portal/);
    await userEvent.type(token, 'read-only');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Replace production' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'The token was not stored.',
    );
    expect(token).toBeInvalid();
    expect(token).toHaveAccessibleDescription(
      expect.stringContaining('It may only read.'),
    );
    await userEvent.type(token, '-no-more');
    expect(token).toBeValid();
  });

  it('deletes after asking', async () => {
    server.use(
      connections(sampleConnection()),
      http.delete('*/api/hetzner-infra/connections/production', () => {
        server.use(connections());
        return new HttpResponse(null, { status: 204 });
      }),
    );
    renderPlugin('/hetzner/connections');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Delete production' }),
    );
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Delete production',
      }),
    );
    expect(
      await screen.findByText('Add your first connection'),
    ).toBeInTheDocument();
  });
});
