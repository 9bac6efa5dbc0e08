import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { answerGet } from '../../__testUtils__/backend';
import { renderPlugin } from '../../__testUtils__/renderPlugin';
import { sampleOperation } from '../../__testUtils__/samples';

const server = setupServer();
registerMswTestHooks(server);

/** Answers with operations that the query asks for, and remembers the queries. */
function backendWith(operations: ReturnType<typeof sampleOperation>[]) {
  const queries: Record<string, string>[] = [];
  server.use(
    answerGet('/environments', { items: [], totalItems: 0 }),
    http.get('*/api/hetzner-infra/operations', ({ request }) => {
      const query = Object.fromEntries(new URL(request.url).searchParams);
      queries.push(query);
      return HttpResponse.json({
        items: operations
          .filter(({ state }) => !query.state || state === query.state)
          .slice(0, Number(query.limit)),
      });
    }),
  );
  return queries;
}

const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    sampleOperation({
      id: `op-${index}`,
      environment: `env-${index}`,
      state: 'succeeded',
      finishedAt: '2026-11-20T08:02:00Z',
      steps: [],
    }),
  );

describe('the list of operations', () => {
  it('asks for what the address says, without steps', async () => {
    const queries = backendWith([
      sampleOperation({ id: 'op-1', state: 'failed', steps: [] }),
    ]);
    renderPlugin(
      '/hetzner/operations?state=failed&goal=apply&environment=xpeditis-prod',
    );
    expect(
      await screen.findByRole('link', { name: 'Create xpeditis-prod' }),
    ).toHaveAttribute('href', '/hetzner/operations/op-1');
    expect(queries[0]).toEqual({
      state: 'failed',
      goal: 'apply',
      environment: 'xpeditis-prod',
      steps: 'false',
      limit: '50',
    });
  });

  it('says that nothing matches, and shows all again', async () => {
    backendWith(many(1));
    renderPlugin('/hetzner/operations?state=failed');
    expect(
      await screen.findByText('No operation is like that'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all operations' }),
    );
    expect(
      await screen.findByRole('link', { name: 'Create env-0' }),
    ).toBeInTheDocument();
  });

  it('shows older ones on demand', async () => {
    backendWith(many(60));
    renderPlugin('/hetzner/operations');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show older operations' }),
    );
    await waitFor(() =>
      expect(
        screen.getByText('The 60 youngest operations'),
      ).toBeInTheDocument(),
    );
    const table = screen.getByRole('grid', { name: 'Operations' });
    expect(within(table).getAllByRole('row')).toHaveLength(61);
    expect(
      screen.queryByRole('button', { name: 'Show older operations' }),
    ).not.toBeInTheDocument();
  });
});
