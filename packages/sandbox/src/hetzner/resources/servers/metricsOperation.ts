import { noise } from '../../../noise';
import {
  metricsAnswer,
  metricsQuery,
  sampled,
  samplePeriod,
} from '../../metrics';
import { Operation, operation } from '../../operation';
import { serverOf } from './lifecycle';

/** What an idle server shows at most, by series. Source of the names: Hetzner Cloud API, Servers. */
const series = {
  cpu: { cpu: 3 },
  disk: {
    'disk.0.iops.read': 2,
    'disk.0.iops.write': 8,
    'disk.0.bandwidth.read': 8_192,
    'disk.0.bandwidth.write': 65_536,
  },
  network: {
    'network.0.pps.in': 6,
    'network.0.pps.out': 4,
    'network.0.bandwidth.in': 900,
    'network.0.bandwidth.out': 600,
  },
} as const;

type Metric = keyof typeof series;

/** What a server does, which is little: the same at the same instant in every answer. */
export const serverMetrics: Operation = operation('GET /servers/{id}/metrics', {
  status: 200,
  query: metricsQuery(Object.keys(series) as Metric[]),
  answer: metricsAnswer,
  handle({ cloud, project, id, now, query }) {
    const server = serverOf(project, id);
    const highest: Record<string, number> = Object.assign(
      {},
      ...query.type.map(type => series[type]),
    );
    const isOn = server.status === 'running';
    return sampled(
      samplePeriod(query),
      { created: server.created, now },
      Object.keys(highest),
      (name, at) =>
        isOn
          ? highest[name] * noise(cloud.settings.noiseSeed, name, id, at)
          : 0,
    );
  },
});
