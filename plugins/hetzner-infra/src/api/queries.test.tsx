import { TestApiProvider } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  SIGNAL_PULSE_SECONDS,
  type ChangeSignal,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import {
  sampleConnection,
  sampleCost,
  sampleEnvironment,
  sampleOperation,
  sampleResource,
} from '../__testUtils__/samples';
import { hetznerInfraApiRef } from './HetznerInfraApi';
import { InfraError } from './InfraError';
import {
  useConnections,
  useCost,
  useEnvironment,
  useEnvironments,
  useOperations,
  useQuote,
  useResources,
  useRevisions,
} from './queries';

const shop = sampleEnvironment({ name: 'shop' });

describe('queries', () => {
  let say: (signal: ChangeSignal) => void;
  const signals = {
    subscribe: (_channel: string, onMessage: (message: any) => void) => {
      say = onMessage;
      return { unsubscribe: () => {} };
    },
  };
  const api = {
    listEnvironments: jest.fn(async () => [shop]),
    getEnvironment: jest.fn(async () => shop),
    listResources: jest.fn(async () => ({
      observedAt: '2026-11-20T08:00:00Z',
      items: [
        // What is missing has no labels.
        sampleResource({ state: 'missing', labels: {} }),
      ],
    })),
    listConnections: jest.fn(async () => [sampleConnection()]),
    getCost: jest.fn(async () => sampleCost({ environmentId: shop.id })),
    listRevisions: jest.fn(async (_name: string, cursor?: string) => ({
      current: 4,
      items: (cursor ? [2, 1] : [4, 3]).map(revision => ({ revision })),
      ...(!cursor && { nextCursor: '3' }),
    })),
    quote: jest.fn(async (_document: object): Promise<object> => ({})),
    listOperations: jest.fn(async () => [
      sampleOperation({ environment: 'shop', environmentId: shop.id }),
    ]),
  };

  beforeEach(() => {
    jest.useFakeTimers();
    Object.values(api).forEach(call => call.mockClear());
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const wrapper = ({ children }: PropsWithChildren<{}>) => (
    <TestApiProvider
      apis={[
        [hetznerInfraApiRef, api as any],
        [signalApiRef, signals],
      ]}
    >
      {children}
    </TestApiProvider>
  );

  const signal = async (message: Partial<ChangeSignal>) => {
    await act(async () => {
      say({ environments: [], resources: [], ...message });
      await jest.advanceTimersByTimeAsync(2_000);
    });
  };

  /** Reads something with a socket that works. Returns what counts the calls after that. */
  const live = async (
    use: () => { data?: unknown },
    call: jest.Mock,
  ): Promise<() => number> => {
    const { result } = renderHook(use, { wrapper });
    await waitFor(() => expect(result.current.data).toBeDefined());
    await signal({});
    call.mockClear();
    return () => call.mock.calls.length;
  };

  it.each<[string, () => { data?: unknown }, jest.Mock, object, object]>([
    [
      'the list of environments',
      () => useEnvironments(),
      api.listEnvironments,
      { environments: ['another'] },
      { resources: ['another'] },
    ],
    [
      'an environment',
      () => useEnvironment('shop'),
      api.getEnvironment,
      { environments: [shop.id] },
      { environments: ['another'], resources: [shop.id] },
    ],
    [
      'resources',
      () => useResources(shop),
      api.listResources,
      { resources: [shop.id] },
      { environments: [shop.id], resources: ['another'] },
    ],
    [
      'operations of an environment',
      () => useOperations({ environment: 'shop', limit: 5 }),
      api.listOperations,
      { environments: [shop.id] },
      { environments: ['another'] },
    ],
    [
      'all operations',
      () => useOperations({ limit: 5 }),
      api.listOperations,
      { environments: ['another'] },
      { resources: ['another'] },
    ],
    [
      'connections, when one of them changed',
      () => useConnections(),
      api.listConnections,
      { connections: true },
      { resources: [shop.id] },
    ],
    [
      'connections, when what uses them may be another',
      () => useConnections(),
      api.listConnections,
      { environments: ['another'] },
      {},
    ],
    [
      'the revisions of an environment',
      () => useRevisions('shop', shop.id, 1),
      api.listRevisions,
      { environments: [shop.id] },
      { environments: ['another'], resources: [shop.id] },
    ],
    [
      'what an environment cost',
      () => useCost('shop', '2026-11'),
      api.getCost,
      { resources: [shop.id] },
      { environments: ['another'], connections: true },
    ],
  ])(
    'reads %s again when a signal says so, and only then',
    async (_, use, call, concerning, foreign) => {
      const calls = await live(use, call);

      await signal(foreign);
      expect(calls()).toBe(0);
      await signal(concerning);
      expect(calls()).toBe(1);
    },
  );

  it('does not poll while the socket works', async () => {
    const calls = await live(() => useEnvironments(), api.listEnvironments);

    for (let beat = 0; beat < 20; beat += 1) {
      await act(() =>
        jest.advanceTimersByTimeAsync(SIGNAL_PULSE_SECONDS * 1000),
      );
      await signal({});
    }

    expect(calls()).toBe(0);
  });

  it('reads so many pages of revisions as are asked for, as one list', async () => {
    const { result, rerender } = renderHook(
      ({ pages }) => useRevisions('shop', shop.id, pages),
      { wrapper, initialProps: { pages: 1 } },
    );
    const numbers = () =>
      result.current.data?.items.map(({ revision }) => revision);
    await waitFor(() => expect(numbers()).toEqual([4, 3]));
    expect(result.current.data?.nextCursor).toBe('3');

    rerender({ pages: 3 });
    await waitFor(() => expect(numbers()).toEqual([4, 3, 2, 1]));
    expect(result.current.data?.nextCursor).toBeUndefined();
    expect(api.listRevisions).toHaveBeenLastCalledWith('shop', '3');
  });

  it.each<
    [string, (key: string) => { data?: unknown; error?: unknown }, jest.Mock]
  >([
    [
      'operations under another filter',
      environment => useOperations({ environment, limit: 5 }),
      api.listOperations,
    ],
    ['the cost of another month', month => useCost('shop', month), api.getCost],
  ])(
    'takes nothing that was read before for %s when no answer comes',
    async (_, use, call) => {
      const { result, rerender } = renderHook(({ key }) => use(key), {
        wrapper,
        initialProps: { key: '2026-01' },
      });
      await waitFor(() => expect(result.current.data).toBeDefined());
      const first = result.current.data;
      let refuse: (reason: InfraError) => void = () => {};
      call.mockImplementationOnce(
        () => new Promise((_resolve, reject) => (refuse = reject)),
      );
      rerender({ key: '2026-02' });
      expect(result.current.data).toBe(first);
      await act(async () => refuse(new InfraError(0, {})));
      expect(result.current).toMatchObject({
        data: undefined,
        error: { status: 0 },
      });
      await act(() => jest.advanceTimersByTimeAsync(3_000));
      expect(result.current.data).toBeDefined();
      expect(result.current.error).toBeUndefined();
    },
  );

  it('keeps what was read while no answer comes for the same', async () => {
    const { result } = renderHook(() => useEnvironments('removed'), {
      wrapper,
    });
    await waitFor(() => expect(result.current.data).toEqual([shop]));
    api.listEnvironments.mockRejectedValueOnce(new InfraError(0, {}));
    await act(async () => result.current.reload());
    expect(result.current).toMatchObject({ data: [shop], error: undefined });
  });

  it('calls no quote current for which no answer came, not even one that was read', async () => {
    const quoted = { monthly: '1.00' };
    api.quote.mockResolvedValueOnce(quoted);
    const input = { metadata: { name: 'shop' } };
    const { result } = renderHook(() => useQuote(input), { wrapper });
    await waitFor(() => expect(result.current.data).toBe(quoted));
    api.quote.mockRejectedValueOnce(new InfraError(0, {}));
    await act(async () => result.current.reload());
    expect(result.current).toMatchObject({
      data: quoted,
      error: { status: 0 },
    });
  });

  it('polls slowly when the socket is silent', async () => {
    const calls = await live(() => useEnvironments(), api.listEnvironments);

    await act(() => jest.advanceTimersByTimeAsync(60_000));
    const before = calls();
    await act(() => jest.advanceTimersByTimeAsync(120_000));

    expect(calls() - before).toBe(4);
  });

  it('asks for an environment that could not be read with any change', async () => {
    api.getEnvironment.mockRejectedValueOnce(new Error('gone'));
    const { result } = renderHook(() => useEnvironment('shop'), { wrapper });
    await waitFor(() => expect(result.current.error).toBeDefined());
    api.getEnvironment.mockRejectedValueOnce(new Error('gone'));
    await signal({});

    await signal({ environments: ['new'] });

    expect(result.current.data).toEqual(shop);
  });
});
