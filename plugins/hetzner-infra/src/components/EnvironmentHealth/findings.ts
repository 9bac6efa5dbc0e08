import type {
  Environment,
  Resource,
  TargetHealth,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  toldDifferences,
  type ToldDifference,
} from '../../words/toldDifferences';
import { someAnswer } from '../Resource/resourceLook';

/** What somebody should look at, the urgent before the others. */
export type Finding =
  | {
      kind: 'failed';
      tone: 'red';
      /** Its sentence says why. */
      environment: Environment;
      /** The operation that failed. */
      operationId?: string;
    }
  | {
      /** Servers that are wanted and did not run when somebody last looked. */
      kind: 'servers-off';
      tone: 'amber';
      count: number;
    }
  | {
      /** Resources that differed when the portal last compared. */
      kind: 'differ';
      tone: 'amber';
      count: number;
    }
  | { kind: 'missing'; tone: 'red'; resource: Resource }
  | {
      kind: 'off' | 'drifted';
      tone: 'red' | 'amber';
      resource: Resource;
    }
  | {
      /** A load balancer of whose targets some answer and some do not. */
      kind: 'some-answer';
      tone: 'amber';
      resource: Resource;
      targets: TargetHealth;
    };

/** A server that shall run and does: the provider's word for it. */
const ON = 'running';

/** Whether an operation is changing the environment, so that differences are on their way. */
export function isBusy({ state }: Pick<Environment, 'state'>): boolean {
  return state === 'creating' || state === 'changing' || state === 'removing';
}

/**
 * What of an environment wants attention. Pure.
 *
 * @param resources - what exists at the provider; without it only what the last look counted is known
 */
export function findingsOf(
  environment: Environment,
  resources?: readonly Resource[],
): Finding[] {
  if (environment.state === 'removed') return [];
  const failed: Finding[] =
    environment.state === 'failed'
      ? [
          {
            kind: 'failed',
            tone: 'red',
            environment,
            operationId: environment.operation?.id,
          },
        ]
      : [];
  if (isBusy(environment)) return failed;
  if (!resources) return [...failed, ...seenBefore(environment)];
  const found = resources.flatMap(resource => [
    ...findingOf(resource),
    ...targetsFinding(resource),
  ]);
  return [
    ...failed,
    ...found.filter(({ tone }) => tone === 'red'),
    ...found.filter(({ tone }) => tone !== 'red'),
  ];
}

/** What the last comparison found; a count of servers only where there was none. */
function seenBefore(environment: Environment): Finding[] {
  const count = environment.drift?.open ?? 0;
  return count > 0
    ? [{ kind: 'differ', tone: 'amber', count }]
    : serversOff(environment);
}

function serversOff({ servers }: Environment): Finding[] {
  const count =
    servers?.running === undefined
      ? 0
      : Math.max(0, servers.wanted - servers.running);
  return count > 0 ? [{ kind: 'servers-off', tone: 'amber', count }] : [];
}

function findingOf(resource: Resource): Finding[] {
  if (resource.state === 'missing') {
    return [{ kind: 'missing', tone: 'red', resource }];
  }
  if (resource.drift.length === 0) return [];
  const isOff = resource.kind === 'server' && resource.state !== ON;
  return [
    {
      kind: isOff ? 'off' : 'drifted',
      tone: isOff ? 'red' : 'amber',
      resource,
    },
  ];
}

function targetsFinding(resource: Resource): Finding[] {
  const { targets } = resource;
  return targets && someAnswer(resource)
    ? [{ kind: 'some-answer', tone: 'amber', resource, targets }]
    : [];
}

/** How a resource differs beside what its finding says already: that a server is off is the finding itself. */
export function otherDeviations({
  kind,
  resource,
}: Extract<Finding, { kind: 'off' | 'drifted' }>): ToldDifference[] {
  const { drift: differences, deviations } = resource;
  const told = toldDifferences({ differences, deviations });
  return kind === 'off'
    ? told.filter(({ deviation }) => deviation?.field !== 'power')
    : told;
}

/** Servers that run, of how many there shall be; undefined before anybody looked. */
export function serversOf(
  environment: Environment,
  resources?: readonly Resource[],
): { on: number; wanted: number } | undefined {
  const { servers } = environment;
  const on = resources
    ? resources.filter(({ kind, state }) => kind === 'server' && state === ON)
        .length
    : servers?.running;
  return servers && on !== undefined
    ? { on, wanted: servers.wanted }
    : undefined;
}

/**
 * How many things of an environment want somebody: the one count for lists, cards and pages. What is only
 * counted counts as often as what is known by name. Without the resources it is of the last comparison, so a list
 * may say less than a page that looked since, and it does not know of targets that do not answer.
 *
 * @param resources - as for `findingsOf`
 */
export function needsOf(
  environment: Environment,
  resources?: readonly Resource[],
): number {
  return findingsOf(environment, resources).reduce(
    (sum, finding) => sum + ('count' in finding ? finding.count : 1),
    0,
  );
}
