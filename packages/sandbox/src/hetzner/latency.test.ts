import fc from 'fast-check';
import {
  actionLatencies,
  answerLatencies,
  answerLatency,
  drawSeconds,
  Latency,
} from './latency';
import { operationNames } from './operationNames';

const latencies: [string, Latency][] = Object.entries({
  ...actionLatencies,
  ...answerLatencies,
});

describe('latencies', () => {
  it.each(latencies)('of %s are in order', (_name, latency) => {
    expect(latency.minSeconds).toBeLessThanOrEqual(latency.typicalSeconds);
    expect(latency.typicalSeconds).toBeLessThanOrEqual(latency.maxSeconds);
    expect(latency.minSeconds).toBeGreaterThan(0);
  });

  it('stay in their range and are the same for the same seed and key', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...latencies.map(([, latency]) => latency)),
        fc.integer(),
        fc.nat(),
        (latency, seed, id) => {
          const seconds = drawSeconds(latency, seed, 'x', id);
          expect(seconds).toBeGreaterThanOrEqual(latency.minSeconds);
          expect(seconds).toBeLessThanOrEqual(
            latency.stall?.maxSeconds ?? latency.maxSeconds,
          );
          expect(drawSeconds(latency, seed, 'x', id)).toBe(seconds);
        },
      ),
    );
  });

  it('lie evenly around the typical one, and another seed draws others', () => {
    const { create_server: latency } = actionLatencies;
    const draws = Array.from({ length: 4000 }, (_, id) =>
      drawSeconds(latency, 1, id),
    ).sort((left, right) => left - right);
    expect(draws[2000]).toBeCloseTo(latency.typicalSeconds, 0);
    expect(draws[0]).toBeLessThan(latency.minSeconds + 0.1);
    expect(draws[3999]).toBeGreaterThan(latency.maxSeconds - 0.5);
    expect(drawSeconds(latency, 2, 0)).not.toBe(drawSeconds(latency, 1, 0));
  });

  it('stall as often as they say, and then for long', () => {
    const { attach_load_balancer_to_network: latency } = actionLatencies;
    const draws = Array.from({ length: 10_000 }, (_, id) =>
      drawSeconds(latency, 1, 'attach', id),
    );
    const stalled = draws.filter(seconds => seconds > latency.maxSeconds);
    expect(stalled.length / draws.length).toBeCloseTo(latency.stall.share, 2);
    expect(Math.min(...stalled)).toBeGreaterThanOrEqual(
      latency.stall.minSeconds,
    );
  });

  it('are told apart by operation, else by reading and writing', () => {
    expect(answerLatency('create_network', 'POST')).toBe(
      answerLatencies.create_network,
    );
    expect(answerLatency('create_server', 'POST')).toBe(answerLatencies.write);
    expect(answerLatency('list_servers', 'GET')).toBe(answerLatencies.read);
  });

  it('of answers are for operations that exist', () => {
    const names = new Set<string>(Object.values(operationNames));
    const unknown = Object.keys(answerLatencies).filter(
      name => !['read', 'write'].includes(name) && !names.has(name),
    );
    expect(unknown).toEqual([]);
  });
});
