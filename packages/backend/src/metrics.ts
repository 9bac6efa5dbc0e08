import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

const LOOPBACK = '127.0.0.1';
/** Prometheus, Default port allocations: exporter of OpenTelemetry. */
const PORT = 9464;

/**
 * Makes the portal's metrics readable for Prometheus, when the environment asks
 * for it. The variables are those of OpenTelemetry (Specification, Environment
 * Variable Specification: OTEL_METRICS_EXPORTER, OTEL_EXPORTER_PROMETHEUS_HOST
 * and _PORT), with two safer defaults: nothing is exported unless asked for, and
 * then on loopback only, because whoever reaches the address may read it.
 *
 * To be called before the backend is created: a meter that was made before
 * stays without effect.
 *
 * @returns what stops it; nothing when it is off
 * @throws Error that says which variable is wrong, or that the address is in use
 */
export async function startMetrics(
  env: Record<string, string | undefined>,
): Promise<(() => Promise<void>) | undefined> {
  const wanted = env.OTEL_METRICS_EXPORTER || 'none';
  if (wanted === 'none') return undefined;
  if (wanted !== 'prometheus') {
    throw new Error(
      `OTEL_METRICS_EXPORTER is ${wanted}. The portal knows prometheus and none.`,
    );
  }
  const host = env.OTEL_EXPORTER_PROMETHEUS_HOST || LOOPBACK;
  const port = readPort(env.OTEL_EXPORTER_PROMETHEUS_PORT);
  const exporter = new PrometheusExporter({
    host,
    port,
    preventServerStart: true,
  });
  const provider = new MeterProvider({ readers: [exporter] });
  metrics.setGlobalMeterProvider(provider);
  try {
    await exporter.startServer();
  } catch (error) {
    throw new Error(
      `Metrics cannot be served on ${host}:${port}: ${
        (error as Error).message
      }. Set OTEL_EXPORTER_PROMETHEUS_HOST and OTEL_EXPORTER_PROMETHEUS_PORT to an address that is free.`,
    );
  }
  return async () => {
    metrics.disable();
    await provider.shutdown();
  };
}

function readPort(text: string | undefined): number {
  const port = text ? Number(text) : PORT;
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(
      `OTEL_EXPORTER_PROMETHEUS_PORT is ${text}. Give a port from 1 to 65535.`,
    );
  }
  return port;
}
