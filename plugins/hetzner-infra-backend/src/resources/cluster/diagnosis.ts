import type { Phrase } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { KubernetesObject } from '../../clouds/kubernetes';
import { because } from './because';
import { conditionOf, nameOf, reasonOf } from './readiness';

/** What the cluster reports about something that is not ready. */
export interface ClusterReport {
  pods: readonly KubernetesObject[];
  charts: readonly KubernetesObject[];
  /** `v1` Events. */
  events: readonly KubernetesObject[];
}

/** More would hide what matters. */
const MOST_PODS = 5;
const MOST_EVENTS = 5;
const LONGEST_MESSAGE = 300;

const shortened = (text: string) =>
  text.length > LONGEST_MESSAGE
    ? `${text.slice(0, LONGEST_MESSAGE - 1)}…`
    : text;

interface ContainerState {
  waiting?: { reason?: string; message?: string };
  terminated?: { reason?: string; message?: string; exitCode?: number };
}

interface ContainerStatus {
  name: string;
  ready?: boolean;
  state?: ContainerState;
  lastState?: ContainerState;
}

const told = (reason: string | undefined, message: string | undefined) =>
  [reason, message].filter(Boolean).join(': ');

/** Why a container does not run; one that is begun again and again, why it ended last. */
function whyNot({ name, state, lastState }: ContainerStatus): string {
  const ended = lastState?.terminated ?? state?.terminated;
  const waits = told(state?.waiting?.reason, state?.waiting?.message);
  const exit = ended
    ? told(ended.reason, ended.message || `exit code ${ended.exitCode}`)
    : '';
  const why = [waits, exit].filter(Boolean).join('; ');
  return why ? `${name}: ${why}` : '';
}

/** Why a pod does not work, as its conditions and containers say; nothing when it works. */
function lackOfPod(pod: KubernetesObject): Phrase | undefined {
  const name = nameOf(pod);
  const {
    phase,
    containerStatuses = [],
    initContainerStatuses = [],
  } = (pod.status ?? {}) as {
    phase?: string;
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
  if (phase === 'Succeeded') return undefined;
  const scheduled = conditionOf(pod, 'PodScheduled');
  const { nodeName } = (pod.spec ?? {}) as { nodeName?: string };
  if (!nodeName) {
    return because(
      'pod-unplaced',
      { name },
      `Pod ${name} has no node`,
      shortened(reasonOf(scheduled)),
    );
  }
  const reason = shortened(
    [...initContainerStatuses, ...containerStatuses]
      .filter(({ ready }) => !ready)
      .map(whyNot)
      .filter(Boolean)
      .join('; '),
  );
  return reason
    ? because('pod-fails', { name }, `Pod ${name} does not run`, reason)
    : undefined;
}

/** The job of a chart that failed, in the words of the helm controller. */
function lackOfChart(chart: KubernetesObject): Phrase | undefined {
  const failed = conditionOf(chart, 'Failed');
  if (failed?.status !== 'True') return undefined;
  const { name } = chart.metadata;
  return because(
    'chart-failed',
    { name },
    `Chart ${name} could not be installed`,
    shortened(reasonOf(failed)),
  );
}

interface EventFields {
  type?: string;
  reason?: string;
  message?: string;
  involvedObject?: { kind?: string; name?: string };
  lastTimestamp?: string;
  eventTime?: string;
}

const seenAt = (event: KubernetesObject) => {
  const { lastTimestamp, eventTime } = event as EventFields;
  return lastTimestamp ?? eventTime ?? event.metadata.creationTimestamp ?? '';
};

/** The youngest warnings, each once. */
function warnings(events: readonly KubernetesObject[]): Phrase[] {
  const texts = new Map<string, Phrase>();
  const youngestFirst = events
    .filter(event => (event as EventFields).type === 'Warning')
    .sort((a, b) => seenAt(b).localeCompare(seenAt(a)));
  for (const event of youngestFirst) {
    const { involvedObject, reason = '', message = '' } = event as EventFields;
    const object = `${involvedObject?.kind} ${involvedObject?.name}`;
    const said = shortened(told(reason, message));
    const made = because(
      'cluster-event',
      { object },
      `The cluster reports of ${object}`,
      said,
    );
    if (!texts.has(made.text) && texts.size < MOST_EVENTS) {
      texts.set(made.text, made);
    }
  }
  return [...texts.values()];
}

/**
 * Why something is not ready in time: what is missing, then what the cluster
 * itself reports of charts, pods and events.
 */
export function diagnose(
  lacks: readonly Phrase[],
  { pods, charts, events }: ClusterReport,
): Phrase[] {
  return [
    ...lacks,
    ...charts.map(lackOfChart).filter(lack => lack !== undefined),
    ...pods
      .map(lackOfPod)
      .filter(lack => lack !== undefined)
      .slice(0, MOST_PODS),
    ...warnings(events),
  ];
}
