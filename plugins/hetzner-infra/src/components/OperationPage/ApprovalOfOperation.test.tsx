import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { answerEvents, answerGet } from '../../__testUtils__/backend';
import { renderPlugin } from '../../__testUtils__/renderPlugin';
import { sampleOperation } from '../../__testUtils__/samples';

const server = setupServer();
registerMswTestHooks(server);

const waiting = (initiator: string, change: object = {}) =>
  sampleOperation({
    state: 'awaiting-approval',
    sentence: 'Creating xpeditis-prod waits for approval.',
    initiator,
    steps: [],
    approval: {
      group: 'group:default/platform',
      monthly: '60.00',
      currency: 'EUR',
      total: '120.00',
      budget: '100.00',
      expiresAt: '2030-01-01T00:00:00Z',
      ...change,
    },
  });

function open(operation: ReturnType<typeof sampleOperation>) {
  server.use(
    answerGet('/operations/op-1', operation),
    answerGet('/operations/op-1/changes', { items: [] }),
    answerEvents('/operations/op-1/events', []),
  );
  renderPlugin('/hetzner/operations/op-1');
}

const press = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name }));

describe('an operation that waits for approval', () => {
  it('is approved at the price that was seen', async () => {
    const asked = jest.fn();
    server.use(
      http.post(
        '*/api/hetzner-infra/operations/op-1/approve',
        async ({ request }) => {
          asked(await request.json());
          return HttpResponse.json({}, { status: 202 });
        },
      ),
    );
    open(waiting('user:default/bo'));
    expect(
      await screen.findByText(/It would cost €60.00 a month/),
    ).toHaveTextContent('their budget is €100.00');
    await press('Approve…');
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('begins at once, at €60.00 a month');
    await press('Approve xpeditis-prod');
    await waitFor(() =>
      expect(asked).toHaveBeenCalledWith({ monthly: '60.00' }),
    );
  });

  it('is rejected with a reason, never without', async () => {
    const asked = jest.fn();
    server.use(
      http.post(
        '*/api/hetzner-infra/operations/op-1/reject',
        async ({ request }) => {
          asked(await request.json());
          return HttpResponse.json({}, { status: 202 });
        },
      ),
    );
    open(waiting('user:default/bo'));
    await press('Reject…');
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', {
      name: 'Reject xpeditis-prod',
    });
    expect(confirm).toBeDisabled();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'Use staging.',
    );
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(asked).toHaveBeenCalledWith({ reason: 'Use staging.' }),
    );
  });

  it.each([
    ['who asked', waiting('user:default/guest')],
    ['no member', waiting('user:default/bo', { group: 'group:default/other' })],
  ])('offers no button to %s', async (_, operation) => {
    open(operation);
    expect(
      await screen.findByText(/It would cost €60.00 a month/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Approve…' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Reject…' })).toBeNull();
  });

  it('tells afterwards who decided, and why', async () => {
    open({
      ...waiting('user:default/bo', {
        decision: {
          kind: 'rejected',
          by: 'user:default/ada',
          at: '2026-11-23T08:00:00Z',
          reason: 'Use staging.',
        },
      }),
      state: 'cancelled',
      error: { code: 'approval-rejected', message: 'Use staging.' },
    });
    expect(await screen.findByText(/Rejected by/)).toHaveTextContent(
      'Use staging.',
    );
  });
});
