const API = 'kwok.x-k8s.io/v1alpha1';

const isReady = '.status.conditions.[] | select( .type == "Ready" ) | .status';
const isGoing = '.metadata.deletionTimestamp';

interface Expression {
  key: string;
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  values?: string[];
}

const stage = (
  name: string,
  kind: 'Node' | 'Pod',
  matchExpressions: Expression[],
  { afterMs, upToMs }: { afterMs?: number; upToMs?: number },
  next: object,
) => ({
  apiVersion: API,
  kind: 'Stage',
  metadata: { name },
  spec: {
    resourceRef: { apiGroup: 'v1', kind },
    selector: { matchExpressions },
    ...(afterMs === undefined
      ? {}
      : {
          delay: {
            durationMilliseconds: afterMs,
            jitterDurationMilliseconds: upToMs ?? afterMs,
          },
        }),
    next,
  },
});

/** The conditions of a kubelet that is well. */
const NODE_READY = `{{ $now := Now }}
phase: Running
conditions:
{{ range NodeConditions }}
- type: {{ .type | Quote }}
  status: {{ .status | Quote }}
  reason: {{ .reason | Quote }}
  message: {{ .message | Quote }}
  lastHeartbeatTime: {{ $now | Quote }}
  lastTransitionTime: {{ $now | Quote }}
{{ end }}
`;

const NODE_HEARTBEAT = `{{ $now := Now }}
conditions:
{{ range .status.conditions }}
- type: {{ .type | Quote }}
  status: {{ .status | Quote }}
  reason: {{ .reason | Quote }}
  message: {{ .message | Quote }}
  lastHeartbeatTime: {{ $now | Quote }}
  lastTransitionTime: {{ .lastTransitionTime | Quote }}
{{ end }}
`;

/** All containers run, those that come first have ended well. */
const POD_RUNNING = `{{ $now := Now }}
phase: Running
startTime: {{ $now | Quote }}
hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
podIP: {{ PodIPWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) | Quote }}
conditions:
- { type: PodReadyToStartContainers, status: "True", lastTransitionTime: {{ $now | Quote }} }
- { type: Initialized, status: "True", lastTransitionTime: {{ $now | Quote }} }
- { type: ContainersReady, status: "True", lastTransitionTime: {{ $now | Quote }} }
- { type: Ready, status: "True", lastTransitionTime: {{ $now | Quote }} }
{{ range .spec.readinessGates }}
- { type: {{ .conditionType | Quote }}, status: "True", lastTransitionTime: {{ $now | Quote }} }
{{ end }}
{{ if .spec.initContainers }}
initContainerStatuses:
{{ range .spec.initContainers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: true
  restartCount: 0
  started: false
  state:
    terminated:
      exitCode: 0
      reason: Completed
      startedAt: {{ $now | Quote }}
      finishedAt: {{ $now | Quote }}
{{ end }}
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: true
  restartCount: 0
  started: true
  state:
    running:
      startedAt: {{ $now | Quote }}
{{ end }}
`;

/** The work of a Job is done. */
const POD_SUCCEEDED = `{{ $now := Now }}
phase: Succeeded
conditions:
- { type: Ready, status: "False", reason: PodCompleted, lastTransitionTime: {{ $now | Quote }} }
- { type: ContainersReady, status: "False", reason: PodCompleted, lastTransitionTime: {{ $now | Quote }} }
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: false
  restartCount: 0
  started: false
  state:
    terminated:
      exitCode: 0
      reason: Completed
      startedAt: {{ $now | Quote }}
      finishedAt: {{ $now | Quote }}
{{ end }}
`;

/** How nodes and pods live. */
export const stages = (): object[] => [
  stage(
    'node-ready',
    'Node',
    [{ key: isReady, operator: 'NotIn', values: ['True'] }],
    {},
    { statusTemplate: NODE_READY },
  ),
  stage(
    'node-heartbeat',
    'Node',
    [{ key: isReady, operator: 'In', values: ['True'] }],
    // The kubelet reports its status every five minutes when nothing changes.
    { afterMs: 300_000 },
    { statusTemplate: NODE_HEARTBEAT },
  ),
  stage(
    'pod-start',
    'Pod',
    [
      { key: isGoing, operator: 'DoesNotExist' },
      { key: '.status.podIP', operator: 'DoesNotExist' },
    ],
    { afterMs: 500, upToMs: 2_500 },
    {
      event: {
        type: 'Normal',
        reason: 'Started',
        message: 'Started containers',
      },
      statusTemplate: POD_RUNNING,
    },
  ),
  stage(
    'pod-complete',
    'Pod',
    [
      { key: isGoing, operator: 'DoesNotExist' },
      { key: '.status.phase', operator: 'In', values: ['Running'] },
      {
        key: '.metadata.ownerReferences.[].kind',
        operator: 'In',
        values: ['Job'],
      },
    ],
    { afterMs: 2_000, upToMs: 5_000 },
    { statusTemplate: POD_SUCCEEDED },
  ),
  stage(
    'pod-delete',
    'Pod',
    [
      { key: isGoing, operator: 'Exists' },
      { key: '.metadata.finalizers', operator: 'DoesNotExist' },
    ],
    { afterMs: 200, upToMs: 1_000 },
    { delete: true },
  ),
];
