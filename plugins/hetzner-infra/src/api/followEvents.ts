import {
  EventStreamContentType,
  fetchEventSource,
} from '@microsoft/fetch-event-source';
import type { OperationEvent } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { OperationStreamListener } from './HetznerInfraApi';
import { InfraError } from './InfraError';
import { isTerminalState } from './operationStates';

const FIRST_RETRY_MILLISECONDS = 1_000;
const SLOWEST_RETRY_MILLISECONDS = 30_000;

/** The backend closed a stream whose operation has not ended. */
class StreamEndedEarly extends Error {}

/**
 * Reads an operation's server-sent events until the backend ends the stream after a terminal
 * state. Breaks are retried with growing pauses and resumed with Last-Event-ID; a stream that the
 * backend ends early, such as when the token expires, is opened again at once.
 * Rejects with an `InfraError` on a 4xx answer.
 */
export async function followEvents(options: {
  url: string;
  fetch: typeof fetch;
  listener: OperationStreamListener;
  signal: AbortSignal;
}): Promise<void> {
  const { url, listener, signal } = options;
  let ended = false;
  let failures = 0;
  await fetchEventSource(url, {
    fetch: options.fetch,
    signal,
    // What nobody sees costs nothing; it resumes where it was when somebody looks again.
    openWhenHidden: false,
    async onopen(response) {
      if (!response.ok) throw await InfraError.fromResponse(response);
      const type = response.headers.get('content-type') ?? '';
      if (!type.startsWith(EventStreamContentType)) {
        throw new InfraError(0, { message: `Expected events, got ${type}` });
      }
      failures = 0;
      listener.onConnect();
    },
    onmessage(message) {
      // A comment that keeps the connection alive arrives as a message without data.
      if (!message.data) return;
      const event: OperationEvent = JSON.parse(message.data);
      ended = ended || isTerminalState(event.operation?.state);
      listener.onEvent(event);
    },
    onclose() {
      if (!ended) throw new StreamEndedEarly();
    },
    onerror(error) {
      listener.onDisconnect();
      if (error instanceof StreamEndedEarly) return FIRST_RETRY_MILLISECONDS;
      if (error instanceof InfraError && isRefusal(error)) throw error;
      failures += 1;
      return Math.min(
        FIRST_RETRY_MILLISECONDS * 2 ** (failures - 1),
        SLOWEST_RETRY_MILLISECONDS,
      );
    },
  });
}

/** 408 and 429 pass; every other 4xx stays refused however often one asks. */
function isRefusal({ status }: InfraError) {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
