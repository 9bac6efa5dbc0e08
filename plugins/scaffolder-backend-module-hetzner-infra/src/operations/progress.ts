import type {
  Operation,
  OperationStep,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** A line for the task log; `failed` ones are written as errors. */
export interface ProgressLine {
  text: string;
  failed?: boolean;
}

/** Step states after which nothing more happens. */
const ENDED_STEPS: readonly OperationStep['state'][] = [
  'succeeded',
  'failed',
  'skipped',
];

/** Operation states after which nothing more happens. */
export const hasEnded = ({ state }: Operation) =>
  ['succeeded', 'failed', 'cancelled'].includes(state);

/** A duration for people: `0.4 s`, `12 s`, `2 min 5 s`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60
    ? `${whole} s`
    : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function stepDuration({ startedAt, finishedAt }: OperationStep): string {
  return startedAt && finishedAt
    ? ` (${durationText(Date.parse(finishedAt) - Date.parse(startedAt))})`
    : '';
}

function stepLine(step: OperationStep): ProgressLine | undefined {
  switch (step.state) {
    case 'running':
      return { text: `Started: ${step.title}` };
    case 'succeeded':
      return { text: `Done: ${step.title}${stepDuration(step)}` };
    case 'skipped':
      return { text: `Not needed: ${step.title}` };
    case 'failed':
      return {
        text: `Failed: ${step.title}${stepDuration(step)}. ${
          step.error?.message ?? 'The reason is not known.'
        }`,
        failed: true,
      };
    default:
      return undefined;
  }
}

/**
 * What happened to an operation since it was last seen, a line for each
 * event: its own state in words, and each step's start, end or failure.
 * An end without success is told by who throws it.
 * A step that began and ended in between is only reported as ended.
 */
export function progressLines(
  before: Operation | undefined,
  now: Operation,
): ProgressLine[] {
  const sentence: ProgressLine[] =
    before?.state === now.state ? [] : [{ text: now.sentence }];
  const lines: ProgressLine[] = [];
  const known = new Map(before?.steps.map(step => [step.id, step.state]));
  for (const step of now.steps) {
    const line = known.get(step.id) === step.state ? undefined : stepLine(step);
    if (line) lines.push(line);
  }
  if (!hasEnded(now)) return [...sentence, ...lines];
  // Why it did not succeed is what the task fails with, which its log tells too.
  return now.state === 'succeeded' ? [...lines, ...sentence] : lines;
}

/** That an operation still runs, how far it is and what it does, for a log that has been silent. */
export function heartbeatLine(operation: Operation, elapsed: number): string {
  const ended = operation.steps.filter(step =>
    ENDED_STEPS.includes(step.state),
  );
  const running = operation.steps
    .filter(step => step.state === 'running')
    .map(step =>
      step.progress === undefined
        ? step.title
        : `${step.title}, ${step.progress} %`,
    );
  return [
    `${durationText(elapsed)}: ${operation.sentence}`,
    `${ended.length} of ${operation.steps.length} steps ended.`,
    ...(running.length > 0 ? [`Running: ${running.join('; ')}.`] : []),
  ].join(' ');
}
