import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { criticalPath } from './criticalPath.mjs';

const request = (method, path, receivedAt, answeredAt, status = 201) => ({
  method,
  path,
  status,
  receivedAt,
  answeredAt,
});
const action = (command, startedAt, finishedAt) => ({
  command,
  startedAt,
  finishedAt,
});
const network = { collection: 'networks', id: 1, refersTo: [] };
const firewall = { collection: 'firewalls', id: 2, refersTo: [] };
const server = (id, refersTo = [network, firewall]) => ({
  collection: 'servers',
  id,
  refersTo: refersTo.map(({ collection, id: to }) => ({ collection, id: to })),
});

const titles = ({ steps }) => steps.map(({ title }) => title);

describe('criticalPath', () => {
  it('is nothing for a record without changes', () => {
    assert.deepEqual(
      criticalPath(
        { requests: [request('GET', '/servers', 0, 300, 200)], actions: [] },
        [],
      ),
      { milliseconds: 0, steps: [] },
    );
  });

  it('follows a server from its slowest need through create, attach and power on', () => {
    const record = {
      requests: [
        request('POST', '/networks', 0, 1000),
        request('POST', '/firewalls', 10, 1510),
        request('POST', '/servers', 1700, 2000),
        request('POST', '/servers/3/actions/attach_to_network', 12000, 12300),
        request('POST', '/servers/3/actions/poweron', 15500, 15800),
      ],
      actions: [
        action('create_server', 1700.1, 11700),
        action('attach_to_network', 12000.1, 15000),
        action('start_server', 15500.1, 19500),
      ],
    };

    const path = criticalPath(record, [network, firewall, server(3)]);

    assert.deepEqual(titles(path), [
      'POST /firewalls',
      'POST /servers',
      'POST /servers/3/actions/attach_to_network',
      'POST /servers/3/actions/poweron',
    ]);
    assert.equal(path.milliseconds, 1500 + 10000 + 3000 + 4000);
  });

  it('lets a server that is attached later be created before its network', () => {
    const record = {
      requests: [
        request('POST', '/networks', 0, 5000),
        request('POST', '/servers', 1, 300),
        request('POST', '/servers/3/actions/attach_to_network', 5100, 5400),
      ],
      actions: [
        action('create_server', 1.1, 4001),
        action('attach_to_network', 5100.1, 8100),
      ],
    };

    const path = criticalPath(record, [network, server(3, [network])]);

    assert.deepEqual(titles(path), [
      'POST /networks',
      'POST /servers/3/actions/attach_to_network',
    ]);
    assert.equal(path.milliseconds, 8000);
  });

  it('waits for the subnet of a network', () => {
    const record = {
      requests: [
        request('POST', '/networks', 0, 1000),
        request('POST', '/networks/1/actions/add_subnet', 1000, 1300),
        request('POST', '/servers', 3100, 3400),
      ],
      actions: [
        action('add_subnet', 1000, 3000),
        action('create_server', 3100, 13100),
      ],
    };

    assert.equal(
      criticalPath(record, [network, server(3, [network])]).milliseconds,
      1000 + 2000 + 10000,
    );
  });

  it('removes what refers before what is referred to, each after its protection is lifted', () => {
    const record = {
      requests: [
        request('POST', '/servers/3/actions/change_protection', 0, 300),
        request('DELETE', '/servers/3', 600, 900, 200),
        request('DELETE', '/servers/4', 1, 300, 200),
        request('DELETE', '/firewalls/2', 3000, 3200, 204),
        request('DELETE', '/networks/1', 3000.5, 4000, 204),
      ],
      actions: [
        action('change_protection', 0.1, 500),
        action('delete_server', 600.1, 2600),
        action('delete_server', 1.1, 1501),
      ],
    };

    const path = criticalPath(record, [
      network,
      firewall,
      server(3),
      server(4),
    ]);

    assert.deepEqual(titles(path), [
      'POST /servers/3/actions/change_protection',
      'DELETE /servers/3',
      'DELETE /networks/1',
    ]);
    assert.equal(path.milliseconds, 500 + 2000 + 999.5);
  });

  it('leaves out what was refused or dropped', () => {
    const record = {
      requests: [
        request('POST', '/networks', 0, 400, 409),
        request('POST', '/networks', 500, 900, null),
        request('POST', '/networks', 1000, 1200),
      ],
      actions: [],
    };

    assert.equal(criticalPath(record, [network]).milliseconds, 200);
  });

  it('does not count a record that goes on', () => {
    const record = {
      requests: [request('POST', '/servers', 0, 300)],
      actions: [action('create_server', 0, null)],
    };

    assert.throws(
      () => criticalPath(record, [server(3)]),
      /create_server of POST \/servers still runs/,
    );
  });

  it('does not count a record of other resources', () => {
    assert.throws(
      () =>
        criticalPath(
          { requests: [request('POST', '/servers', 0, 300)], actions: [] },
          [],
        ),
      /creates more servers than the project has/,
    );
  });

  const milliseconds = fc.integer({ min: 1, max: 20_000 });

  it('does not depend on how long the portal kept the provider waiting', () => {
    fc.assert(
      fc.property(
        milliseconds,
        fc.array(milliseconds, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 60_000 }),
        (networkTime, serverTimes, gap) => {
          const recordWithGap = pause => ({
            requests: [
              request('POST', '/networks', 0, networkTime),
              ...serverTimes.map((time, index) => {
                const at = networkTime + (index + 1) * pause;
                return request('POST', '/servers', at, at + time);
              }),
            ],
            actions: [],
          });
          const resources = [
            network,
            ...serverTimes.map((_, index) => server(10 + index, [network])),
          ];

          const expected = networkTime + Math.max(...serverTimes);
          for (const pause of [1, gap]) {
            assert.ok(
              Math.abs(
                criticalPath(recordWithGap(pause), resources).milliseconds -
                  expected,
              ) < 1e-6,
            );
          }
        },
      ),
    );
  });
});
