import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { hetznerInfraApiRef } from './HetznerInfraApi';
import { InfraError } from './InfraError';
import {
  followOperation,
  NOTHING_FOLLOWED,
  type FollowedOperation,
} from './followedOperation';
import { inBatches } from './inBatches';
import { hasNoAnswer, LOST_RETRY_MILLISECONDS } from './noAnswer';
import { oneAtATime } from './oneAtATime';
import { isTerminalState } from './operationStates';
import { useRefreshAll } from './queries';
import { Reachability } from './Reachability';
import { useLostSince } from './useLostSince';

const POLL_MILLISECONDS = 10_000;

/** Between two looks at what events do not carry. */
const LOOK_PAUSE_MILLISECONDS = 1_000;

export interface FollowResult
  extends Pick<FollowedOperation, 'operation' | 'log'> {
  /** Why the operation could not be read; what was read before stays in `operation`. */
  error?: InfraError;
  /** Whether changes arrive by themselves; false while the stream is down and for what has ended. */
  isLive: boolean;
  /** Reads the operation again. */
  reload(): Promise<void>;
  /** Reads what events do not carry; for a burst of events it reads at most twice. */
  look(): void;
}

/**
 * Reads an operation and keeps it true: by its event stream, by slow polling while the stream is
 * down, until it has ended; every few seconds while the backend does not answer. Reading again, a second viewer and coming back later give the same.
 */
export function useFollowedOperation(id: string): FollowResult {
  const api = useApi(hetznerInfraApiRef);
  const refreshAll = useRefreshAll();
  const [state, dispatch] = useReducer(followOperation, NOTHING_FOLLOWED);
  const [error, setError] = useState<InfraError>();
  const [isLive, setLive] = useState(false);
  const hasRead = state.operation !== undefined;
  const hasEnded = isTerminalState(state.operation?.state);

  const isLost = useLostSince() !== undefined;
  const isShown = useRef(false);
  isShown.current = hasRead;

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
          Reachability.of(api).answered();
        } catch (reason) {
          const failure = reason as InfraError;
          const isUnanswered = hasNoAnswer(failure);
          if (!isUnanswered) Reachability.of(api).answered();
          if (isUnanswered && isShown.current) {
            // The page says so once for all that it shows.
            Reachability.of(api).unanswered();
          } else {
            setError(failure);
          }
        }
      }),
    [api, id],
  );

  useEffect(() => {
    reload();
  }, [reload]);

  const look = useMemo(
    () => inBatches(reload, LOOK_PAUSE_MILLISECONDS),
    [reload],
  );
  useEffect(() => () => look.cancel(), [look]);

  useEffect(() => {
    if (!hasRead) return undefined;
    const stop = new AbortController();
    api
      .followOperation(
        id,
        {
          onEvent: event => dispatch({ type: 'event', event }),
          onConnect: () => setLive(true),
          onDisconnect: () => {
            setLive(false);
            // Whether the backend is away, or only the stream, is known at once.
            reload();
          },
        },
        stop.signal,
      )
      // Polling takes over, and its own error says why the backend refuses.
      .catch(() => {})
      .finally(() => {
        if (!stop.signal.aborted) setLive(false);
      });
    return () => stop.abort();
  }, [api, id, hasRead, reload]);

  const isAway =
    isLost || (!hasRead && error !== undefined && hasNoAnswer(error));
  const pause = isAway ? LOST_RETRY_MILLISECONDS : POLL_MILLISECONDS;
  // What has ended is asked for too while the backend is away: the page says so, and takes it back.
  const isPolling = isAway || (hasRead && !hasEnded && !isLive);
  useEffect(() => {
    if (!isPolling) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) reload();
    }, pause);
    return () => clearInterval(timer);
  }, [isPolling, pause, reload]);

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
    look,
  };
}
