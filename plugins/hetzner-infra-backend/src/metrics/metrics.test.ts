import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { metricsServiceFactory } from '@backstage/backend-defaults/alpha';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { Knex } from 'knex';
import {
  migratedDatabase,
  testDatabases,
} from '../__testUtils__/migratedDatabase';
import {
  startSandbox,
  type SandboxProcess,
} from '../__testUtils__/sandboxProcess';
import { TestPortal } from '../__testUtils__/testPortal';
import { readRules } from '../__testUtils__/alertRules';
import { connectHetzner } from '../clouds/hetzner/connectHetzner';

jest.setTimeout(180_000);

const document = (name: string) => ({
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name, owner: 'group:default/team-a' },
  spec: {
    connections: { hetzner: 'sandbox' },
    location: 'fsn1',
    adminAccess: { cidrs: ['203.0.113.7/32'] },
    pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 1 }],
  },
});

const TOKEN = 'sandbox-of-the-metrics';

describe('what Prometheus reads', () => {
  const databases = testDatabases();
  let sandbox: SandboxProcess;
  let knex: Knex;
  let portal: TestPortal;
  let server: Server;
  let provider: MeterProvider;
  const scheduler = mockServices.scheduler();
  const ids: string[] = [];

  const scrape = async () => {
    const { port } = server.address() as AddressInfo;
    return (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  };
  /** The value of a series that has these labels, among others. */
  const valueIn = (text: string, name: string, labels: object = {}) => {
    const line = text
      .split('\n')
      .find(
        candidate =>
          candidate.startsWith(`${name}{`) &&
          Object.entries(labels).every(([label, value]) =>
            candidate.includes(`${label}="${value}"`),
          ),
      );
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  };
  const value = async (name: string, labels?: object) =>
    valueIn(await scrape(), name, labels);
  const until = async (name: string, labels: object, expected: number) => {
    for (;;) {
      if ((await value(name, labels)) === expected) return;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  };

  const ended = async (
    method: 'POST' | 'DELETE',
    path: string,
    body?: object,
  ) => {
    const answer = await portal.call('ada', method, path, body);
    const { environment, operation } = answer.body;
    ids.push(environment.id, operation.id);
    const { events } = await portal.follow('ada', operation.id);
    return events.at(-1)!.data.operation;
  };

  beforeAll(async () => {
    const exporter = new PrometheusExporter({ preventServerStart: true });
    provider = new MeterProvider({ readers: [exporter] });
    metrics.setGlobalMeterProvider(provider);
    server = createServer((request, response) =>
      exporter.getMetricsRequestHandler(request, response),
    ).listen(0, '127.0.0.1');
    sandbox = await startSandbox({ speed: 2000 });
    knex = await migratedDatabase(databases, 'SQLITE_3');
    portal = await TestPortal.start({
      sandbox,
      knex,
      config: {
        connections: [
          {
            name: 'sandbox',
            kind: 'hetzner',
            owner: 'group:default/platform',
            usableBy: ['group:default/team-a'],
            token: TOKEN,
          },
        ],
      },
      features: [
        metricsServiceFactory,
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
      ],
    });
  });
  afterAll(async () => {
    await portal.stop();
    await sandbox.stop();
    metrics.disable();
    await provider.shutdown();
    server.close();
  });

  it('begins at zero, with the health of the replica', async () => {
    const text = await scrape();
    for (const [name, labels, expected] of [
      ['hetzner_infra_health_ok', { check: 'database' }, 1],
      ['hetzner_infra_health_ok', { check: 'queue' }, 1],
      ['hetzner_infra_health_ok', { check: 'runner' }, 1],
      ['hetzner_infra_queue_due', {}, 0],
      ['hetzner_infra_queue_age', {}, 0],
      ['hetzner_infra_operation_active', { goal: 'apply' }, 0],
      [
        'hetzner_infra_operation_ended_total',
        { goal: 'remove', outcome: 'failed' },
        0,
      ],
      ['hetzner_infra_lease_takeovers_total', { goal: 'apply' }, 0],
      ['hetzner_infra_event_stream_open', {}, 0],
      ['hetzner_infra_drift_open', {}, 0],
      ['hetzner_infra_rate_budget_limit', { connection: 'sandbox' }, 3600],
      ['hetzner_infra_rate_budget_reserve', { connection: 'sandbox' }, 360],
    ] as const) {
      expect([name, labels, valueIn(text, name, labels)]).toEqual([
        name,
        labels,
        expected,
      ]);
    }
  });

  it('counts an environment that is created: operation, steps, calls, budget, stream', async () => {
    const [{ state }] = await Promise.all([
      ended('POST', '/environments', { environment: document('good') }),
      until('hetzner_infra_event_stream_open', {}, 1),
      until('hetzner_infra_operation_active', { goal: 'apply' }, 1),
    ]);
    expect(state).toBe('succeeded');
    await until('hetzner_infra_event_stream_open', {}, 0);
    await until('hetzner_infra_operation_active', { goal: 'apply' }, 0);
    await until(
      'hetzner_infra_operation_duration_count',
      { goal: 'apply', outcome: 'succeeded' },
      1,
    );
    const text = await scrape();
    expect(
      valueIn(text, 'hetzner_infra_operation_ended_total', {
        goal: 'apply',
        outcome: 'succeeded',
      }),
    ).toBe(1);
    expect(
      valueIn(text, 'hetzner_infra_step_duration_count', {
        kind: 'server',
        verb: 'create',
        outcome: 'succeeded',
      }),
    ).toBe(2);
    expect(
      valueIn(text, 'hetzner_infra_provider_call_duration_count', {
        connection: 'sandbox',
        http_request_method: 'POST',
        url_template: '/servers',
        http_response_status_code: 201,
      }),
    ).toBe(2);
    const budget = (which: string) =>
      valueIn(text, `hetzner_infra_rate_budget_${which}`, {
        connection: 'sandbox',
      })!;
    expect(budget('remaining')).toBeLessThan(budget('limit'));
    expect(text).toContain('# UNIT hetzner_infra_operation_duration s');
  });

  it('counts a create that fails and the tries before it', async () => {
    await sandbox.control('PUT', '/faults', [
      {
        id: 'busy',
        match: { method: 'GET', path: '/networks' },
        times: 1,
        effect: { status: 503, code: 'unavailable', message: 'busy' },
      },
      {
        id: 'passing',
        match: { method: 'POST', path: '/networks' },
        times: 1,
        effect: { status: 422, code: 'service_error', message: 'no' },
      },
      {
        id: 'strange',
        match: { method: 'POST', path: '/networks' },
        times: null,
        effect: { status: 422, code: 'quite_new_42', message: 'no' },
      },
    ]);
    const operation = await ended('POST', '/environments', {
      environment: document('bad'),
    });
    await sandbox.control('PUT', '/faults', []);
    expect(operation.state).toBe('failed');
    await until(
      'hetzner_infra_operation_duration_count',
      { goal: 'apply', outcome: 'failed' },
      1,
    );
    const text = await scrape();
    expect(
      valueIn(text, 'hetzner_infra_fault_retries_total', {
        level: 'call',
        reason: 'unavailable',
      }),
    ).toBe(1);
    expect(
      valueIn(text, 'hetzner_infra_fault_retries_total', {
        level: 'step',
        reason: 'service_error',
      }),
    ).toBe(1);
    expect(
      valueIn(text, 'hetzner_infra_step_duration_count', {
        kind: 'network',
        verb: 'create',
        outcome: 'failed',
      }),
    ).toBe(2);
    expect(
      valueIn(text, 'hetzner_infra_provider_call_duration_count', {
        url_template: '/networks',
        http_response_status_code: 422,
        error_type: 'other',
      }),
    ).toBe(1);
    expect(text).not.toContain('quite_new_42');
  });

  it('counts what differs and what is left behind', async () => {
    const cloud = connectHetzner({
      token: TOKEN,
      endpoint: sandbox.hetznerEndpoint,
    });
    const [found] = await cloud.listAll('/servers', { name: 'good-web-1-g1' });
    const { volume } = await cloud.post('/volumes', {
      body: { name: 'left', size: 10, location: 'fsn1', labels: found.labels },
    });
    const { action } = await cloud.delete('/servers/{id}', {
      path: { id: found.id },
    });
    await cloud.waitFor([action]);
    await scheduler.triggerTask('hetzner-infra-drift');
    expect(await value('hetzner_infra_drift_open')).toBe(1);
    expect(
      await value('hetzner_infra_drift_findings_total', { kind: 'server' }),
    ).toBe(1);

    const { id } = (await portal.call('ada', 'DELETE', '/environments/good'))
      .body.operation;
    await portal.follow('ada', id);
    await scheduler.triggerTask('hetzner-infra-orphans');
    expect(
      await value('hetzner_infra_orphan_listed', { reason: 'removed' }),
    ).toBe(1);
    expect(
      await value('hetzner_infra_orphan_listed', { reason: 'unknown' }),
    ).toBe(0);
    await cloud.delete('/volumes/{id}', { path: { id: volume.id } });
    cloud.close();
  });

  it('counts what is taken over from a worker that went away', async () => {
    await knex('operations').update({ taken_over_at: null });
    const { items } = (await portal.call('ada', 'GET', '/operations')).body;
    // As if another process had died while it worked on the removal.
    await knex('environments').update({ removed_at: null, state: 'removing' });
    await knex('operations')
      .where('id', items.find((o: any) => o.goal === 'remove').id)
      .update({
        state: 'running',
        finished_at: null,
        lease: 'of-the-dead',
        lease_until: Date.now() - 1,
        next_attempt_at: 0,
      });
    const labels = { goal: 'remove' };
    await until('hetzner_infra_lease_takeovers_total', labels, 1);
    expect(await value('hetzner_infra_operation_active', labels)).toBe(1);
  });

  it('tells how many operations wait for another token', async () => {
    const name = 'hetzner_infra_operation_waiting_for_token';
    const labels = { connection: 'sandbox' };
    expect(await value(name, labels)).toBe(0);
    const { id } = await knex('operations').where('goal', 'apply').first('id');
    const before = await knex('operations').where({ id }).first('finished_at');
    await knex('operations').where({ id }).update({
      finished_at: null,
      token_awaited_since: 1,
    });
    expect(await value(name, labels)).toBe(1);
    await knex('operations')
      .where({ id })
      .update({ ...before, token_awaited_since: null });
    expect(await value(name, labels)).toBe(0);
  });

  it('has no secret, id or name of an environment in it', async () => {
    const text = await scrape();
    for (const secret of [TOKEN, ...ids, 'good', 'team-a', 'user:']) {
      expect(text).not.toContain(secret);
    }
  });

  it('has few series', async () => {
    const series = (await scrape())
      .split('\n')
      .filter(line => /^hetzner_infra/.test(line) && !/_bucket{/.test(line));
    expect(series.length).toBeLessThan(400);
  });

  describe('the alerts', () => {
    const { alerts, guide } = readRules();

    it.each(alerts.map(alert => [alert.name, alert] as const))(
      '%s asks for what is exported, and has a section in the operations guide',
      async (name, { expression, metrics: names, labels, runbook }) => {
        const text = await scrape();
        const exported = [...text.matchAll(/^([a-z_]+)(?:\{| )/gm)].map(
          ([, metric]) => metric,
        );
        expect(names.length).toBeGreaterThan(0);
        for (const metric of names) expect(exported).toContain(metric);
        for (const { metric, label } of labels) {
          expect(
            text
              .split('\n')
              .some(
                line =>
                  line.startsWith(`${metric}{`) &&
                  new RegExp(`[{,]${label}="`).test(line),
              ),
          ).toBe(true);
        }
        expect(guide.sections.get(name)).toBe(expression);
        expect(runbook).toBe(`#${name.toLowerCase()}`);
      },
    );

    it('are all in the table of the guide', () => {
      expect(guide.table).toEqual(alerts.map(({ name }) => name));
    });
  });
});
