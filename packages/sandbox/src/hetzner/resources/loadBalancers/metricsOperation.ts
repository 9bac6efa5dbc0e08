import {
  metricsAnswer,
  metricsQuery,
  sampled,
  samplePeriod,
} from '../../metrics';
import { Operation, operation } from '../../operation';
import { loadBalancerOf } from './changes';

/** Series by type of metric. Source: Hetzner Cloud API, Load Balancers. */
const series = {
  open_connections: ['open_connections'],
  connections_per_second: ['connections_per_second'],
  requests_per_second: ['requests_per_second'],
  bandwidth: ['bandwidth.in', 'bandwidth.out'],
} as const;

type Metric = keyof typeof series;

/** What a load balancer does: nothing, because no traffic reaches it. */
export const loadBalancerMetrics: Operation = operation(
  'GET /load_balancers/{id}/metrics',
  {
    status: 200,
    query: metricsQuery(Object.keys(series) as Metric[]),
    answer: metricsAnswer,
    handle({ project, id, now, query }) {
      const { created } = loadBalancerOf(project, id);
      return sampled(
        samplePeriod(query),
        { created, now },
        query.type.flatMap(type => series[type]),
        () => 0,
      );
    },
  },
);
