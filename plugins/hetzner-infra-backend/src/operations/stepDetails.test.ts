import { withDetails } from './stepDetails';

const action = (id: number, state: 'running' | 'success' = 'running') => ({
  id: String(id),
  command: 'create_server',
  state,
  startedAt: '2026-11-24T08:00:00.000Z',
});
const call = (attempt: number) => ({
  at: '2026-11-24T08:00:00.000Z',
  method: 'POST',
  path: '/servers',
  attempt,
});

describe('withDetails', () => {
  it('tells an action once, as it became, where it began', () => {
    const first = withDetails(
      {},
      { providerActions: [action(1), action(2)], calls: [] },
    );
    const second = withDetails(first, {
      providerActions: [action(1, 'success')],
      calls: [],
    });
    expect(second.providerActions).toEqual([action(1, 'success'), action(2)]);
  });

  it('keeps every call in order, and the resource that is known', () => {
    const first = withDetails(
      {},
      { providerId: '7', providerActions: [], calls: [call(1)] },
    );
    const second = withDetails(first, {
      providerActions: [],
      calls: [call(2)],
    });
    expect(second).toEqual({
      providerId: '7',
      providerActions: [],
      calls: [call(1), call(2)],
    });
  });

  it('forgets the eldest of very many', () => {
    const calls = Array.from({ length: 100 }, (_, index) => call(index));
    const kept = withDetails({}, { providerActions: [], calls }).calls!;
    expect(kept).toHaveLength(30);
    expect(kept.at(-1)).toEqual(call(99));
  });
});
