import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { hetznerInfraApiRef } from './HetznerInfraApi';
import { InfraError } from './InfraError';
import {
  followOperation,
  NOTHING_FOLLOWED,
  type FollowedOperation,
} from './followedOperation';
import { oneAtATime } from './oneAtATime';
import { isTerminalState } from './operationStates';
import { useRefreshAll } from './queries';

const POLL_MILLISECONDS = 10_000;

export interface FollowResult
  extends Pick<FollowedOperation, 'operation' | 'log'> {
  /** Why the operation could not be read; what was read before stays in `operation`. */
  error?: InfraError;
  /** Whether changes arrive by themselves; false while the stream is down and for what has ended. */
  isLive: boolean;
  /** Reads the operation again. */
  reload(): Promise<void>;
}

/**
 * Reads an operation and keeps it true: by its event stream, by slow polling while the stream is
 * down, until it has ended. Reading again, a second viewer and coming back later give the same.
 */
export function useFollowedOperation(id: string): FollowResult {
  const api = useApi(hetznerInfraApiRef);
  const refreshAll = useRefreshAll();
  const [state, dispatch] = useReducer(followOperation, NOTHING_FOLLOWED);
  const [error, setError] = useState<InfraError>();
  const [isLive, setLive] = useState(false);
  const hasRead = state.operation !== undefined;
  const hasEnded = isTerminalState(state.operation?.state);

  const lastSeq = useRef(0);
  useEffect(() => {
    lastSeq.current = state.lastSeq;
  }, [state.lastSeq]);

  const reload = useMemo(
    () =>
      oneAtATime(async () => {
        const asOf = lastSeq.current;
        try {
          const operation = await api.getOperation(id);
          dispatch({ type: 'read', operation, asOf });
          setError(undefined);
        } catch (reason) {
          setError(reason as InfraError);
        }
      }),
    [api, id],
  );

  useEffect(() => {
    reload();
  }, [reload]);

  useEffect(() => {
    if (!hasRead) return undefined;
    const stop = new AbortController();
    api
      .followOperation(
        id,
        {
          onEvent: event => dispatch({ type: 'event', event }),
          onConnect: () => setLive(true),
          onDisconnect: () => setLive(false),
        },
        stop.signal,
      )
      // Polling takes over, and its own error says why the backend refuses.
      .catch(() => {})
      .finally(() => {
        if (!stop.signal.aborted) setLive(false);
      });
    return () => stop.abort();
  }, [api, id, hasRead]);

  const isPolling = hasRead && !hasEnded && !isLive;
  useEffect(() => {
    if (!isPolling) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) reload();
    }, POLL_MILLISECONDS);
    return () => clearInterval(timer);
  }, [isPolling, reload]);

  // The environment, its resources and its cost are different from now on.
  const [wasRunning, setWasRunning] = useState(false);
  useEffect(() => {
    if (hasRead && !hasEnded) setWasRunning(true);
    if (wasRunning && hasEnded) {
      setWasRunning(false);
      refreshAll();
    }
  }, [hasRead, hasEnded, wasRunning, refreshAll]);

  return {
    operation: state.operation,
    log: state.log,
    error,
    isLive: isLive && !hasEnded,
    reload,
  };
}
