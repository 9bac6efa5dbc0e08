import type {
  ProviderAction,
  ProviderCall,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Step, StepDetails } from './operation';

/** What a step keeps at most of each, so that hours of retries do not fill the database. */
const MOST_KEPT = 30;

type Known = Pick<Step, 'providerId' | 'providerActions' | 'calls'>;

/** Adds what was seen of the provider to what a step knows. The eldest goes when it is too much. */
export function withDetails(step: Known, seen: StepDetails): Known {
  const actions = new Map<string, ProviderAction>(
    [...(step.providerActions ?? []), ...seen.providerActions].map(action => [
      action.id,
      action,
    ]),
  );
  const calls: ProviderCall[] = [...(step.calls ?? []), ...seen.calls];
  return {
    providerId: seen.providerId ?? step.providerId,
    providerActions: [...actions.values()].slice(-MOST_KEPT),
    calls: calls.slice(-MOST_KEPT),
  };
}

/** A step as the history carries it: what it takes to draw it, not every call. */
export function withoutDetails<S extends Step>(
  step: S,
): Omit<S, 'providerActions' | 'calls'> {
  const { providerActions, calls, ...rest } = step;
  return rest;
}
