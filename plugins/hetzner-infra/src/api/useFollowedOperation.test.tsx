import { TestApiProvider } from '@backstage/frontend-test-utils';
import type { Operation } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { sampleOperation } from '../__testUtils__/samples';
import { hetznerInfraApiRef } from './HetznerInfraApi';
import { InfraError } from './InfraError';
import { LOST_RETRY_MILLISECONDS } from './noAnswer';
import { Reachability } from './Reachability';
import { useFollowedOperation } from './useFollowedOperation';

describe('useFollowedOperation', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** Follows an operation whose events end at once. */
  function follow(getOperation: jest.Mock<Promise<Operation>>) {
    const api = { getOperation, followOperation: async () => {} };
    const wrapper = ({ children }: PropsWithChildren<{}>) => (
      <TestApiProvider apis={[[hetznerInfraApiRef, api as any]]}>
        {children}
      </TestApiProvider>
    );
    const { result } = renderHook(() => useFollowedOperation('op-1'), {
      wrapper,
    });
    return { result, reachability: Reachability.of(api) };
  }

  const wait = (milliseconds: number) =>
    act(() => jest.advanceTimersByTimeAsync(milliseconds));

  it('asks every few seconds until a first answer comes', async () => {
    const getOperation = jest.fn(
      async (): Promise<Operation> => sampleOperation(),
    );
    getOperation.mockRejectedValueOnce(new InfraError(0, {}));
    getOperation.mockRejectedValueOnce(new InfraError(0, {}));
    const { result } = follow(getOperation);
    await waitFor(() => expect(result.current.error?.status).toBe(0));

    await wait(LOST_RETRY_MILLISECONDS);
    expect(result.current.error?.status).toBe(0);
    await wait(LOST_RETRY_MILLISECONDS);
    expect(result.current.operation?.id).toBe('op-1');
    expect(result.current.error).toBeUndefined();
  });

  it('does not ask again for what the backend refused', async () => {
    const getOperation = jest.fn(
      async (): Promise<Operation> => sampleOperation(),
    );
    getOperation.mockRejectedValueOnce(new InfraError(404, {}));
    const { result } = follow(getOperation);
    await waitFor(() => expect(result.current.error?.status).toBe(404));

    await wait(60_000);
    expect(getOperation).toHaveBeenCalledTimes(1);
  });

  it('asks for one that has ended only while the backend does not answer', async () => {
    const getOperation = jest.fn(
      async (): Promise<Operation> => sampleOperation({ state: 'succeeded' }),
    );
    const { result, reachability } = follow(getOperation);
    await waitFor(() =>
      expect(result.current.operation?.state).toBe('succeeded'),
    );
    await wait(60_000);
    getOperation.mockClear();

    getOperation.mockRejectedValueOnce(new InfraError(0, {}));
    act(() => reachability.unanswered());
    await wait(LOST_RETRY_MILLISECONDS);
    expect(reachability.lostSince()).toBeDefined();
    await wait(LOST_RETRY_MILLISECONDS);
    expect(reachability.lostSince()).toBeUndefined();
    expect(result.current.error).toBeUndefined();

    await wait(60_000);
    expect(getOperation).toHaveBeenCalledTimes(2);
  });
});
