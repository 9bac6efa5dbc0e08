import type {
  ChangeSignal,
  EnvironmentEvent,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** What was read of an environment for an announcement. */
export type Glance = {
  event: EnvironmentEvent;
  /** Steps of its operation that have ended. */
  endedSteps: number;
};

/** What was announced of each environment last and when (epoch milliseconds), by its id. */
export type Announced = ReadonlyMap<string, Glance & { at: number }>;

/**
 * How long what was announced is remembered. A portal lives longer than its
 * environments, and another replica may be the one that sees their removal;
 * what is forgotten is told once more when something is written. Milliseconds.
 */
const REMEMBERED_MS = 60 * 60 * 1000;

/** What to tell, and what will then have been told. */
export type Announcement = {
  events: EnvironmentEvent[];
  signal: ChangeSignal;
  announced: Announced;
};

/** Compares what was read with what was told before. An environment that was not told of lately counts as changed. */
export function differences(
  before: Announced,
  glances: readonly Glance[],
  now: number,
): Announcement {
  const announced = new Map(
    [...before].filter(([, { at }]) => at > now - REMEMBERED_MS),
  );
  const changed = glances.filter(glance => {
    const known = announced.get(glance.event.id);
    return !known || standing(known) !== standing(glance);
  });
  const worked = glances.filter(glance => {
    const known = announced.get(glance.event.id);
    return !known || progress(known) !== progress(glance);
  });
  for (const glance of glances) {
    // Nothing comes after a removal.
    if (glance.event.state === 'removed') {
      announced.delete(glance.event.id);
    } else {
      announced.set(glance.event.id, { ...glance, at: now });
    }
  }
  return {
    events: changed.map(({ event }) => event),
    signal: {
      environments: changed.map(({ event }) => event.id),
      resources: worked.map(({ event }) => event.id),
    },
    announced,
  };
}

function standing({ event }: Glance): string {
  return JSON.stringify([event.state, event.revision, event.operation]);
}

function progress({ event, endedSteps }: Glance): string {
  return JSON.stringify([event.state, event.operation?.id, endedSteps]);
}
