import type {
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceHistogram,
  MetricsServiceUpDownCounter,
} from '@backstage/backend-plugin-api/alpha';
import type { CallReport } from '../clouds/hetzner';
import {
  isTerminal,
  terminalStates,
  type Operation,
} from '../operations/operation';
import type { Claim } from '../operations/OperationStore';
import type { StepReport, WorkReports } from '../operations/work';
import type { SeenDrift } from '../sweeps/drift';
import { boundedCode } from './boundedCode';

/** Seconds. Environments take minutes, large ones with slow actions most of an hour. */
const OPERATION_BUCKETS = [5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600];
const STEP_BUCKETS = [0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];
/** A call may take 30 s. */
const CALL_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * What this replica did, as OpenTelemetry instruments. Names and units follow
 * OpenTelemetry's conventions (Semantic Conventions, Metrics: naming and
 * instrument units); what describes an HTTP exchange is named as in its HTTP
 * conventions. Labels come from closed sets, or are names of connections: never
 * an id, an environment, or a text of the provider.
 */
export class Metrics implements WorkReports {
  readonly #operations: MetricsServiceHistogram;
  readonly #ended: MetricsServiceCounter;
  readonly #active: MetricsServiceUpDownCounter;
  readonly #steps: MetricsServiceHistogram;
  readonly #calls: MetricsServiceHistogram;
  readonly #retries: MetricsServiceCounter;
  readonly #takeovers: MetricsServiceCounter;
  readonly #drift: MetricsServiceCounter;
  readonly #streams: MetricsServiceUpDownCounter;

  constructor(metrics: MetricsService) {
    this.#operations = metrics.createHistogram(
      'hetzner_infra.operation.duration',
      {
        description: 'From the start to the end of operations that ended here',
        unit: 's',
        advice: { explicitBucketBoundaries: OPERATION_BUCKETS },
      },
    );
    this.#ended = metrics.createCounter('hetzner_infra.operation.ended', {
      description: 'Operations that ended here',
      unit: '{operation}',
    });
    this.#active = metrics.createUpDownCounter(
      'hetzner_infra.operation.active',
      {
        description: 'Operations that this replica works on',
        unit: '{operation}',
      },
    );
    this.#steps = metrics.createHistogram('hetzner_infra.step.duration', {
      description: 'One attempt at a step',
      unit: 's',
      advice: { explicitBucketBoundaries: STEP_BUCKETS },
    });
    this.#calls = metrics.createHistogram(
      'hetzner_infra.provider.call.duration',
      {
        description:
          'One HTTP exchange with the provider, without waiting for the rate budget',
        unit: 's',
        advice: { explicitBucketBoundaries: CALL_BUCKETS },
      },
    );
    this.#retries = metrics.createCounter('hetzner_infra.fault.retries', {
      description: 'Tries that were made again after a passing fault',
      unit: '{retry}',
    });
    this.#takeovers = metrics.createCounter('hetzner_infra.lease.takeovers', {
      description:
        'Operations taken over from a worker that did not give them back',
      unit: '{operation}',
    });
    this.#drift = metrics.createCounter('hetzner_infra.drift.findings', {
      description: 'Resources that were newly found to differ from the wanted',
      unit: '{resource}',
    });
    this.#streams = metrics.createUpDownCounter(
      'hetzner_infra.event_stream.open',
      {
        description: 'Streams of events that this replica holds open',
        unit: '{stream}',
      },
    );
    this.#startAtZero();
  }

  /** Work on an operation begins here; what is returned is to be called when it ends or goes elsewhere. */
  operationClaimed({ operation: { goal }, takenOver }: Claim): () => void {
    this.#active.add(1, { goal });
    if (takenOver) this.#takeovers.add(1, { goal });
    return () => this.#active.add(-1, { goal });
  }

  operationEnded({ goal, state, startedAt, finishedAt }: Operation): void {
    if (!isTerminal(state) || !startedAt || !finishedAt) return;
    const seconds = (finishedAt.getTime() - startedAt.getTime()) / 1000;
    this.#operations.record(Math.max(0, seconds), { goal, outcome: state });
    this.#ended.add(1, { goal, outcome: state });
  }

  stepEnded({ kind, verb, outcome, seconds }: StepReport): void {
    this.#steps.record(seconds, { kind, verb, outcome });
  }

  /** An exchange with the provider of a connection. */
  called(connection: string, report: CallReport): void {
    const { method, pathTemplate, status, errorCode, durationSeconds } = report;
    this.#calls.record(durationSeconds, {
      connection,
      'http.request.method': method,
      'url.template': pathTemplate,
      ...(status !== undefined && { 'http.response.status_code': status }),
      ...(errorCode !== undefined && { 'error.type': boundedCode(errorCode) }),
    });
    if (report.repeats !== undefined) this.retried('call', report.repeats);
  }

  /** @param level - what was tried again: one call, a step, or the operation */
  retried(level: 'call' | 'step' | 'operation', code: string): void {
    this.#retries.add(1, { level, reason: boundedCode(code) });
  }

  driftFound(resources: readonly Pick<SeenDrift, 'kind'>[]): void {
    for (const { kind } of resources) this.#drift.add(1, { kind });
  }

  /** A stream begins; what is returned is to be called when it ends. */
  streamOpened(): () => void {
    this.#streams.add(1);
    return () => this.#streams.add(-1);
  }

  /** A rate over a series that begins with its first event misses that event. */
  #startAtZero() {
    for (const goal of ['apply', 'remove']) {
      this.#active.add(0, { goal });
      this.#takeovers.add(0, { goal });
      for (const outcome of terminalStates) {
        this.#ended.add(0, { goal, outcome });
      }
    }
    this.#streams.add(0);
  }
}
