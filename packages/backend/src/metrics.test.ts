import { createServer, type AddressInfo } from 'node:net';
import { metrics } from '@opentelemetry/api';
import { startMetrics } from './metrics';

/** A port that is free now. */
async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return String(port);
}

describe('startMetrics', () => {
  let stop: (() => Promise<void>) | undefined;
  afterEach(async () => {
    await stop?.();
    stop = undefined;
  });

  it.each([
    {},
    { OTEL_METRICS_EXPORTER: '' },
    { OTEL_METRICS_EXPORTER: 'none' },
  ])('is off with %j', async env => {
    const port = await freePort();
    stop = await startMetrics({ ...env, OTEL_EXPORTER_PROMETHEUS_PORT: port });
    expect(stop).toBeUndefined();
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
  });

  it('serves what was measured, on loopback only', async () => {
    const port = await freePort();
    stop = await startMetrics({
      OTEL_METRICS_EXPORTER: 'prometheus',
      OTEL_EXPORTER_PROMETHEUS_PORT: port,
    });
    metrics
      .getMeter('backstage-plugin-x')
      .createCounter('x.things')
      .add(3, { kind: 'a' });
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    // By plugin: two may have a metric of one name.
    expect(await answer.text()).toContain(
      'x_things_total{kind="a",otel_scope_name="backstage-plugin-x"} 3',
    );
    await expect(fetch(`http://127.0.0.2:${port}/metrics`)).rejects.toThrow();
  });

  it('serves where it is told to', async () => {
    const port = await freePort();
    stop = await startMetrics({
      OTEL_METRICS_EXPORTER: 'prometheus',
      OTEL_EXPORTER_PROMETHEUS_HOST: '0.0.0.0',
      OTEL_EXPORTER_PROMETHEUS_PORT: port,
    });
    const { status } = await fetch(`http://127.0.0.2:${port}/metrics`);
    expect(status).toBe(200);
  });

  it.each([
    [{ OTEL_METRICS_EXPORTER: 'otlp' }, /OTEL_METRICS_EXPORTER is otlp/],
    [
      {
        OTEL_METRICS_EXPORTER: 'prometheus',
        OTEL_EXPORTER_PROMETHEUS_PORT: '0x',
      },
      /OTEL_EXPORTER_PROMETHEUS_PORT is 0x/,
    ],
  ])('says what is wrong with %j', async (env, message) => {
    await expect(startMetrics(env)).rejects.toThrow(message);
  });

  it('says that the address is in use', async () => {
    const taken = createServer();
    await new Promise<void>(resolve =>
      taken.listen(0, '127.0.0.1', () => resolve()),
    );
    const { port } = taken.address() as AddressInfo;
    try {
      await expect(
        startMetrics({
          OTEL_METRICS_EXPORTER: 'prometheus',
          OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
        }),
      ).rejects.toThrow(`cannot be served on 127.0.0.1:${port}`);
    } finally {
      metrics.disable();
      await new Promise(resolve => taken.close(resolve));
    }
  });
});
