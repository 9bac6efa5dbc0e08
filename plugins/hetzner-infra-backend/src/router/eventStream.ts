import { once } from 'node:events';
import type { Request, Response } from 'express';
import type { StoredEvent } from '../operations/operation';

/** Proxies cut what is silent for 60 s; some for less. */
const KEEP_ALIVE_MS = 15_000;

/**
 * Sends the history of an operation as server-sent events (WHATWG HTML, 9.2).
 *
 * Each event has its `seq` as id, so that a client that comes back with
 * Last-Event-ID misses nothing and sees nothing twice. The stream ends after a
 * terminal state, when the client goes, when the caller's token runs out (the
 * client comes back with a new one), and when the portal stops.
 */
export async function streamEvents(options: {
  request: Request<any, any, any, any>;
  response: Response;
  /** When the caller's token runs out. */
  expiresAt?: Date;
  stopping: AbortSignal;
  events: (signal: AbortSignal) => AsyncIterable<StoredEvent>;
  toWire: (event: StoredEvent) => unknown;
}): Promise<void> {
  const { request, response, expiresAt, stopping } = options;
  const gone = new AbortController();
  request.on('close', () => gone.abort());
  const signals = [gone.signal, stopping];
  if (expiresAt) {
    const left = Math.max(0, expiresAt.getTime() - Date.now());
    signals.push(AbortSignal.timeout(left));
  }
  const signal = AbortSignal.any(signals);

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
