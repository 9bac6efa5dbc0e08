import type { OperationEvent } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { waitFor } from '@testing-library/react';
import { followEvents } from './followEvents';
import { InfraError } from './InfraError';

const ended: OperationEvent = {
  seq: 3,
  type: 'operation',
  at: '2026-11-20T08:01:00Z',
  operation: { state: 'succeeded' },
};
const log = (seq: number): OperationEvent => ({
  seq,
  type: 'log',
  at: '2026-11-20T08:00:00Z',
  message: `event ${seq}`,
});

const stream = (...events: OperationEvent[]) =>
  new Response(
    events
      .map(event => `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`)
      .join(': keep-alive\n\n'),
    { headers: { 'content-type': 'text/event-stream; charset=utf-8' } },
  );

/** Follows a backend that gives these answers one after the other. */
function follow(...answers: (() => Response | Promise<Response>)[]) {
  const requests: Record<string, string>[] = [];
  const seen: number[] = [];
  const stop = new AbortController();
  const connections: ('up' | 'down')[] = [];
  const done = followEvents({
    url: 'plugin://hetzner-infra/operations/op-1/events',
    fetch: async (_url, init) => {
      requests.push({ ...(init?.headers as Record<string, string>) });
      const answer = answers.shift();
      if (!answer) throw new Error('Asked once more than expected');
      return answer();
    },
    listener: {
      onEvent: ({ seq }) => seen.push(seq),
      onConnect: () => connections.push('up'),
      onDisconnect: () => connections.push('down'),
    },
    signal: stop.signal,
  });
  return { done, requests, seen, connections, stop };
}

describe('followEvents', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('gives every event in order and ends with the operation', async () => {
    const { done, seen, connections } = follow(() =>
      stream(log(1), log(2), ended),
    );
    await done;
    expect(seen).toEqual([1, 2, 3]);
    expect(connections).toEqual(['up']);
  });

  it.each<[string, () => Response | Promise<Response>]>([
    ['ends early', () => stream(log(1))],
    [
      'does not answer',
      async () => {
        throw new TypeError('Failed to fetch');
      },
    ],
    ['fails', () => new Response('Bad gateway', { status: 502 })],
    ['is busy', () => new Response('Slow down', { status: 429 })],
    ['is no stream', () => new Response('<html>', { status: 200 })],
  ])('comes back to a stream that %s', async (_what, answer) => {
    const { done, seen, connections } = follow(answer, () =>
      stream(log(2), ended),
    );
    await waitFor(() => expect(connections).toContain('down'));
    await jest.runAllTimersAsync();
    await done;
    expect(seen.slice(-2)).toEqual([2, 3]);
    expect(connections.slice(-2)).toEqual(['down', 'up']);
  });

  it('resumes after the last event that it saw', async () => {
    const { done, requests, seen } = follow(
      () => stream(log(1), log(2)),
      () => stream(ended),
    );
    await waitFor(() => expect(seen).toEqual([1, 2]));
    await jest.runAllTimersAsync();
    await done;
    expect(requests.map(headers => headers['last-event-id'])).toEqual([
      undefined,
      '2',
    ]);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('gives up with the backend’s words when it is refused', async () => {
    const { done } = follow(
      () =>
        new Response(
          JSON.stringify({
            error: { name: 'NotAllowedError', message: 'Not yours.' },
          }),
          { status: 403 },
        ),
    );
    await expect(done).rejects.toMatchObject({
      status: 403,
      message: 'Not yours.',
    });
    await expect(done).rejects.toBeInstanceOf(InfraError);
  });

  it('stops when nobody looks any more', async () => {
    const { done, stop, seen } = follow(() => stream(log(1)));
    await waitFor(() => expect(seen).toEqual([1]));
    stop.abort();
    await jest.runAllTimersAsync();
    await expect(done).resolves.toBeUndefined();
    expect(seen).toEqual([1]);
  });
});
