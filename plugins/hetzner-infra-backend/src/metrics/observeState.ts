import type {
  MetricsService,
  MetricsServiceObservableResult,
} from '@backstage/backend-plugin-api/alpha';
import type { OrphanList } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { ConnectionRegistry } from '../connections/ConnectionRegistry';
import type { Health } from '../health/Health';
import type { DriftStore } from '../sweeps/DriftStore';

/** What is read when somebody collects. */
type Sources = {
  registry: Pick<ConnectionRegistry, 'budgets' | 'list'>;
  /** How many operations wait for another token, by connection. */
  awaitedTokens: () => Promise<Map<string, number>>;
  health: Pick<Health, 'check'>;
  drift: Pick<DriftStore, 'openCount'>;
  orphans: { latest(): OrphanList | undefined };
};

type Result = MetricsServiceObservableResult;

/**
 * How things stand, read at each collection. What is in the database is the same
 * for all replicas: take the maximum over them, not the sum.
 */
export function observeState(
  metrics: MetricsService,
  { registry, awaitedTokens, health, drift, orphans }: Sources,
): void {
  const gauge = (
    name: string,
    unit: string,
    description: string,
    observe: (result: Result) => void | Promise<void>,
  ) =>
    metrics
      .createObservableGauge(`hetzner_infra.${name}`, { unit, description })
      .addCallback(observe);

  for (const [which, description] of [
    ['limit', 'Requests an hour that the provider allows'],
    ['remaining', 'Requests that may be sent now'],
    ['reserve', 'What of them is kept for people who wait'],
  ] as const) {
    gauge(`rate_budget.${which}`, '{request}', description, result => {
      for (const { connection, ...budget } of registry.budgets()) {
        result.observe(budget[which], { connection });
      }
    });
  }

  gauge(
    'health.ok',
    '1',
    '1 when a check is well, 0 when not',
    async result => {
      for (const { name, status } of (await health.check()).checks) {
        if (status === 'unknown') continue;
        result.observe(status === 'ok' ? 1 : 0, { check: name });
      }
    },
  );
  gauge(
    'queue.due',
    '{operation}',
    'Operations that could be worked on and that no worker has',
    async result => {
      const { backlog } = await health.check();
      if (backlog) result.observe(backlog.due);
    },
  );
  gauge('queue.age', 's', 'How long the first of them waits', async result => {
    const { backlog } = await health.check();
    if (backlog) result.observe(backlog.oldestSeconds);
  });
  gauge(
    'operation.waiting_for_token',
    '{operation}',
    'Operations that wait for another token, by connection',
    async result => {
      const { backlog } = await health.check();
      if (!backlog) return;
      const counts = await awaitedTokens();
      for (const { name, kind } of await registry.list()) {
        if (kind !== 'hetzner') continue;
        result.observe(counts.get(name) ?? 0, { connection: name });
      }
    },
  );
  gauge(
    'drift.open',
    '{resource}',
    'Resources that differ from the wanted',
    async result => {
      const { backlog } = await health.check();
      // Asked only when the database answers: a scrape must not hang.
      if (backlog) result.observe(await drift.openCount());
    },
  );
  gauge(
    'orphan.listed',
    '{resource}',
    'Resources that belong to no environment that stands, by reason, as this replica saw last',
    result => {
      const list = orphans.latest();
      if (!list) return;
      for (const reason of ['removed', 'left', 'unknown']) {
        result.observe(
          list.items.filter(orphan => orphan.reason === reason).length,
          { reason },
        );
      }
    },
  );
}
