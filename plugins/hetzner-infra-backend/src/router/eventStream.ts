import { once } from 'node:events';
import type { Response } from 'express';
import type { StoredEvent } from '../operations/operation';

/** For tokens that do not run out, such as static ones of pipelines. Milliseconds. */
const MAX_AGE_MS = 3_600_000;

/** Proxies cut what is silent for 60 s; some for less. */
const KEEP_ALIVE_MS = 15_000;

/**
 * Sends the history of an operation as server-sent events (WHATWG HTML, 9.2).
 *
 * Each event has its `seq` as id, so that a client that comes back with
 * Last-Event-ID misses nothing and sees nothing twice. The stream ends after a
 * terminal state, when the client goes, when the caller's token runs out or an
 * hour is over (the client comes back, with a new token), and when the portal
 * stops.
 */
export async function streamEvents(options: {
  response: Response;
  /** When the caller's token runs out. */
  expiresAt?: Date;
  stopping: AbortSignal;
  events: (signal: AbortSignal) => AsyncIterable<StoredEvent>;
  toWire: (event: StoredEvent) => unknown;
}): Promise<void> {
  const { response, expiresAt, stopping } = options;
  const gone = new AbortController();
  // The request's own close comes with its end, long before the client goes.
  response.on('close', () => gone.abort());
  const signal = AbortSignal.any([
    gone.signal,
    stopping,
    AbortSignal.timeout(streamAgeMs(expiresAt, new Date())),
  ]);

  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    // The backend compresses what it may transform, and holds it back for that.
    'Cache-Control': 'no-cache, no-transform',
    // nginx buffers otherwise (ngx_http_proxy_module, proxy_buffering).
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  const send = async (text: string) => {
    const hasRoom = response.write(text);
    (response as { flush?: () => void }).flush?.();
    if (!hasRoom && !signal.aborted) {
      await once(response, 'drain', { signal }).catch(() => {});
    }
  };
  const keepAlive = setInterval(
    () => response.write(': keep-alive\n\n'),
    KEEP_ALIVE_MS,
  );
  try {
    for await (const event of options.events(signal)) {
      await send(
        `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(
          options.toWire(event),
        )}\n\n`,
      );
    }
  } finally {
    clearInterval(keepAlive);
    response.end();
  }
}

/** How long a stream may last, in milliseconds. */
export function streamAgeMs(expiresAt: Date | undefined, now: Date): number {
  const left = expiresAt ? expiresAt.getTime() - now.getTime() : MAX_AGE_MS;
  return Math.min(MAX_AGE_MS, Math.max(0, left));
}
