import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { sampleEnvironment, sampleResource } from '../../__testUtils__/samples';
import { resourceLook } from '../Resource/resourceLook';
import { findingsOf, needsOf, otherDeviations, serversOf } from './findings';

const servers = { running: 2, wanted: 3, observedAt: '2026-11-20T09:00:00Z' };
const off = sampleResource({
  key: 'web-2',
  state: 'off',
  drift: ['power: is off, wanted on', 'firewall: is none, wanted web'],
});
const drifted = sampleResource({
  key: 'load-balancer',
  kind: 'load-balancer',
  state: 'in place',
  drift: ['The type is lb21; lb11 is wanted.'],
});
const missing = sampleResource({
  key: 'web-1',
  state: 'missing',
  drift: ['It does not exist.'],
});

describe('findingsOf', () => {
  it.each<[string, Environment, string[]]>([
    [
      'what is well',
      sampleEnvironment({ servers: { ...servers, running: 3 } }),
      [],
    ],
    [
      'more servers than the least',
      sampleEnvironment({ servers: { ...servers, running: 5 } }),
      [],
    ],
    [
      'what nobody looked at yet',
      sampleEnvironment({ servers: { wanted: 3 } }),
      [],
    ],
    ['servers that are off', sampleEnvironment({ servers }), ['servers-off']],
    [
      'what the portal found when it compared, which says more than a count of servers',
      sampleEnvironment({ servers, drift: { open: 2 } }),
      ['differ'],
    ],
    [
      'a failure',
      sampleEnvironment({ state: 'failed', servers }),
      ['failed', 'servers-off'],
    ],
    [
      'what is being made',
      sampleEnvironment({ state: 'creating', servers }),
      [],
    ],
    ['what is gone', sampleEnvironment({ state: 'removed', servers }), []],
  ])('tells of %s', (_what, environment, kinds) => {
    expect(findingsOf(environment).map(({ kind }) => kind)).toEqual(kinds);
    expect(needsOf(environment) > 0).toBe(kinds.length > 0);
  });

  it('names what differs once the resources are known, the urgent first', () => {
    const found = findingsOf(sampleEnvironment({ servers }), [
      sampleResource(),
      drifted,
      off,
      missing,
    ]);
    expect(
      found.map(finding => [
        finding.kind,
        finding.tone,
        'resource' in finding && finding.resource.key,
      ]),
    ).toEqual([
      ['off', 'red', 'web-2'],
      ['missing', 'red', 'web-1'],
      ['drifted', 'amber', 'load-balancer'],
    ]);
  });

  it.each<[string, number | undefined, string, string[]]>([
    ['some of several targets', 1, 'in place', ['some-answer']],
    ['all targets', 2, 'in place', []],
    ['none, as before a cluster is there', 0, 'in place', []],
    ['some while it is changed', 1, 'busy', []],
    ['nobody knows how many', undefined, 'in place', []],
  ])(
    'agrees with the drawing when a load balancer hears %s',
    (_, healthy, state, kinds) => {
      const resource = sampleResource({
        key: 'load-balancer',
        kind: 'load-balancer',
        state,
        ...(healthy !== undefined && { targets: { healthy, total: 2 } }),
      });
      const environment = sampleEnvironment();
      const found = findingsOf(environment, [resource]);
      expect(found.map(({ kind }) => kind)).toEqual(kinds);
      expect(needsOf(environment, [resource])).toBe(kinds.length);
      expect(resourceLook(resource).tone === 'amber').toBe(kinds.length > 0);
    },
  );

  it('does not say twice that a server is off', () => {
    const power = { field: 'power', remedy: 'update' as const };
    const firewalls = { field: 'firewalls', remedy: 'update' as const };
    // The words are for people: only the field says what differs.
    const [isOff, noFirewall] = ['It is off.', 'power: no firewall.'];
    const resource = {
      ...off,
      drift: [isOff, noFirewall],
      deviations: [power, firewalls],
    };
    expect(otherDeviations({ kind: 'off', tone: 'red', resource })).toEqual([
      { words: noFirewall, deviation: firewalls },
    ]);
    expect(
      otherDeviations({ kind: 'drifted', tone: 'amber', resource }),
    ).toEqual([
      { words: isOff, deviation: power },
      { words: noFirewall, deviation: firewalls },
    ]);
  });

  it('keeps quiet about differences that an operation is putting right', () => {
    expect(
      findingsOf(sampleEnvironment({ state: 'changing' }), [off, missing]),
    ).toEqual([]);
  });
});

it('counts what needs somebody as often by the last look as by name', () => {
  const environment = sampleEnvironment({
    state: 'failed',
    servers,
    drift: { open: 3 },
  });
  expect(needsOf(environment)).toBe(4);
  expect(needsOf(environment, [drifted, off, missing, sampleResource()])).toBe(
    4,
  );
  expect(needsOf(sampleEnvironment({ servers }))).toBe(1);
});

it('counts servers that run by what exists, else by the last look', () => {
  const environment = sampleEnvironment({ servers });
  expect(serversOf(environment)).toEqual({ on: 2, wanted: 3 });
  expect(serversOf(environment, [sampleResource(), off, drifted])).toEqual({
    on: 1,
    wanted: 3,
  });
  expect(serversOf(sampleEnvironment())).toBeUndefined();
});
