import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  describeMeasurement,
  figuresOf,
  measure,
  tableOfMeasurements,
} from './measure.mjs';

const request = (method, path, receivedAt, answeredAt, status = 200) => ({
  method,
  path,
  status,
  receivedAt,
  answeredAt,
});

const operation = {
  startedAt: 0,
  finishedAt: 11_000,
  callsGoal: 40,
  resources: [{ collection: 'servers', id: 7, refersTo: [] }],
  record: {
    requests: [
      request('GET', '/servers', 100, 300),
      request('POST', '/servers', 400, 700, 201),
      request('GET', '/actions', 1000, 1200),
      request('GET', '/actions/9', 2000, 2200),
      request('GET', '/servers/7', 10_500, 10_700),
      request('GET', '/servers/8', 10_500, 10_700, 404),
    ],
    actions: [
      { command: 'create_server', startedAt: 400.1, finishedAt: 10_400 },
    ],
  },
};

describe('measure', () => {
  it('sets wall time against the critical path, and counts polls apart from calls', () => {
    const measurement = measure(operation);

    assert.equal(measurement.wallSeconds, 11);
    assert.equal(measurement.criticalSeconds, 10);
    assert.equal(measurement.ratio, 1.1);
    assert.equal(measurement.polls, 2);
    assert.equal(measurement.calls, 4);
    assert.equal(measurement.writes, 1);
    assert.deepEqual(measurement.requestsByRoute, {
      'GET /servers': 1,
      'POST /servers': 1,
      'GET /actions': 1,
      'GET /actions/{id}': 1,
      'GET /servers/{id}': 2,
    });
  });

  for (const { title, change, goal } of [
    {
      title: 'time',
      change: { finishedAt: 11_600 },
      goal: 'ratio',
    },
    {
      title: 'calls',
      change: {
        record: {
          ...operation.record,
          requests: [
            ...operation.record.requests,
            ...Array.from({ length: 37 }, () =>
              request('GET', '/servers', 5000, 5200),
            ),
          ],
        },
      },
      goal: 'calls',
    },
    {
      title: 'polls',
      change: {
        record: {
          ...operation.record,
          requests: [
            ...operation.record.requests,
            ...Array.from({ length: 10 }, () =>
              request('GET', '/actions', 5000, 5200),
            ),
          ],
        },
      },
      goal: 'polls',
    },
  ]) {
    it(`tells when ${title} go beyond the goal, and only then`, () => {
      assert.equal(measure(operation).goals[goal].met, true);
      assert.equal(measure({ ...operation, ...change }).goals[goal].met, false);
    });
  }
});

it('has no goal for the calls of what nobody set one for', () => {
  const { goals } = measure({ ...operation, callsGoal: undefined });
  assert.deepEqual(Object.keys(goals), ['ratio', 'polls']);
});

describe('a report', () => {
  const measurement = measure(operation);

  it('sets the figures side by side', () => {
    const table = tableOfMeasurements({ create: measurement });
    assert.match(table, /^wall time +11\.0 s$/m);
    assert.match(table, /^ratio +1\.10$/m);
    assert.match(table, /^ {2}goal +1\.15: met$/m);
    assert.equal('criticalPath' in figuresOf(measurement), false);
  });

  it('names the longest chain', () => {
    const text = describeMeasurement('Create', measurement);
    assert.match(text, /10\.0 s {2}after 0\.4 s {2}POST \/servers/);
    assert.match(text, /after 0\.6 s {2}the end/);
  });
});
