import type { Sign } from '../../bootstrap/addons/Addon';
import {
  clusterWide,
  daemonSet,
  deployment,
} from '../../bootstrap/addons/objects';
import type { KubernetesObject } from '../../clouds/kubernetes';
import { covers } from './addonObjects';
import { diagnose } from './diagnosis';
import { lackOf } from './readiness';

const object = (
  kind: string,
  status: object,
  spec: object = {},
  generation = 2,
): KubernetesObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'x', namespace: 'here', generation },
  spec,
  status,
});

const ready = (status: string, message?: string) => ({
  conditions: [{ type: 'Ready', status, message }],
});

const current = { observedGeneration: 2 };
const DEPLOYMENT = deployment('here', 'x');
const DAEMON_SET = daemonSet('here', 'x');
const ISSUER = clusterWide('cert-manager.io/v1', 'ClusterIssuer', 'x', 'ready');

describe('what is missing', () => {
  it.each<[string, Sign, KubernetesObject | undefined, string | undefined]>([
    ['is not there', DEPLOYMENT, undefined, 'Deployment here/x is not there.'],
    [
      'was changed and not looked at yet',
      DEPLOYMENT,
      object('Deployment', {
        observedGeneration: 1,
        updatedReplicas: 1,
        availableReplicas: 1,
      }),
      'Deployment here/x was not looked at by its controller yet.',
    ],
    [
      'has old pods only',
      DEPLOYMENT,
      object('Deployment', {
        ...current,
        updatedReplicas: 0,
        availableReplicas: 1,
      }),
      'Deployment here/x has 0 of 1 pods available.',
    ],
    [
      'has fewer than it wants',
      DEPLOYMENT,
      object(
        'Deployment',
        { ...current, updatedReplicas: 3, availableReplicas: 2 },
        { replicas: 3 },
      ),
      'Deployment here/x has 2 of 3 pods available.',
    ],
    [
      'has all',
      DEPLOYMENT,
      object('Deployment', {
        ...current,
        updatedReplicas: 1,
        availableReplicas: 1,
      }),
      undefined,
    ],
    [
      'is on one node of two',
      DAEMON_SET,
      object('DaemonSet', {
        ...current,
        desiredNumberScheduled: 2,
        updatedNumberScheduled: 2,
        numberAvailable: 1,
      }),
      'DaemonSet here/x has 1 of 2 pods available.',
    ],
    [
      'is on every node, of which there is none',
      DAEMON_SET,
      object('DaemonSet', { ...current, desiredNumberScheduled: 0 }),
      undefined,
    ],
    [
      'says why it is not ready',
      ISSUER,
      object('ClusterIssuer', ready('False', 'no account')),
      'ClusterIssuer x is not ready: no account.',
    ],
    [
      'says nothing',
      ISSUER,
      object('ClusterIssuer', {}),
      'ClusterIssuer x is not ready.',
    ],
    ['is ready', ISSUER, object('ClusterIssuer', ready('True')), undefined],
  ])('when something %s', (_, sign, found, words) => {
    expect(lackOf(sign, found)?.text).toBe(words);
  });
});

const pod = (status: object, nodeName?: string) =>
  object('Pod', status, nodeName ? { nodeName } : {});

const failedChart = object('HelmChart', {
  conditions: [
    { type: 'JobCreated', status: 'True' },
    { type: 'Failed', status: 'True', message: 'Job has reached the limit' },
  ],
});

const event = (type: string, message: string, lastTimestamp: string) => ({
  ...object('Event', {}),
  type,
  reason: 'Failed',
  message,
  lastTimestamp,
  involvedObject: { kind: 'Pod', name: 'x' },
});

describe('a diagnosis', () => {
  const texts = (report: Partial<Parameters<typeof diagnose>[1]>) =>
    diagnose([], { pods: [], charts: [], events: [], ...report }).map(
      ({ text }) => text,
    );

  it.each<[string, KubernetesObject, string[]]>([
    [
      'has no place',
      pod({
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            message: '0/3 nodes are available',
          },
        ],
      }),
      ['Pod here/x has no node: 0/3 nodes are available.'],
    ],
    [
      'waits for a place',
      pod({ phase: 'Pending' }),
      ['Pod here/x has no node.'],
    ],
    [
      'cannot have its image',
      pod(
        {
          containerStatuses: [
            {
              name: 'main',
              ready: false,
              state: {
                waiting: {
                  reason: 'ImagePullBackOff',
                  message: '403 Forbidden',
                },
              },
            },
          ],
        },
        'one',
      ),
      ['Pod here/x does not run: main: ImagePullBackOff: 403 Forbidden.'],
    ],
    [
      'ends again and again',
      pod(
        {
          containerStatuses: [
            {
              name: 'main',
              ready: false,
              state: { waiting: { reason: 'CrashLoopBackOff' } },
              lastState: { terminated: { reason: 'Error', exitCode: 1 } },
            },
          ],
        },
        'one',
      ),
      ['Pod here/x does not run: main: CrashLoopBackOff; Error: exit code 1.'],
    ],
    [
      'runs',
      pod(
        { containerStatuses: [{ name: 'main', ready: true, state: {} }] },
        'one',
      ),
      [],
    ],
    ['is done', pod({ phase: 'Succeeded' }), []],
  ])('of a pod that %s', (_, found, words) => {
    expect(texts({ pods: [found] })).toEqual(words);
  });

  it('of a chart that failed', () => {
    expect(texts({ charts: [failedChart, object('HelmChart', {})] })).toEqual([
      'Chart x could not be installed: Job has reached the limit.',
    ]);
  });

  it('tells warnings, the youngest first, each once, and cuts long ones', () => {
    expect(
      texts({
        events: [
          event('Normal', 'created', '2026-11-23T12:00:04Z'),
          event('Warning', 'first', '2026-11-23T12:00:01Z'),
          event('Warning', 'second', '2026-11-23T12:00:02Z'),
          event('Warning', 'first', '2026-11-23T12:00:03Z'),
          event('Warning', 'x'.repeat(400), '2026-11-23T12:00:00Z'),
        ],
      }),
    ).toEqual([
      'The cluster reports of Pod x: Failed: first.',
      'The cluster reports of Pod x: Failed: second.',
      expect.stringMatching(
        /^The cluster reports of Pod x: Failed: x{290,300}…$/,
      ),
    ]);
  });
});

describe('what is found covers what is wanted', () => {
  it.each<[unknown, unknown, boolean]>([
    [{ a: 1, b: 2 }, { a: 1 }, true],
    [{ a: 1 }, { a: 2 }, false],
    [{ a: 1 }, { a: 1, b: {} }, true],
    [undefined, { a: 1 }, false],
    [{ list: [{ a: 1, more: 2 }] }, { list: [{ a: 1 }] }, true],
    [{ list: [1, 2] }, { list: [1] }, false],
    [{ list: 'no' }, { list: ['n', 'o'] }, false],
  ])('%j and %j: %p', (found, wanted, expected) => {
    expect(covers(found, wanted)).toBe(expected);
  });
});
