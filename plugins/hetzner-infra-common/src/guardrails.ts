import type { Quote } from './schema/openapi/generated/models';
import type { EnvironmentDocument } from './document';
import { compareMoney, monthly, sum, type Money } from './money';
import { pathOfMostServers } from './mostServers';
import { beyondPresets, type Preset } from './presets';
import { documentProblem, type DocumentProblem } from './problems';
import type { ServerTypeChoices } from './serverTypes';

/** What the environments of a group may be. What is left out is not limited. */
export interface Guardrail {
  /** Entity reference of the owner, in lower case; `*` for each group that has none of its own. */
  group: string;
  /** Each environment stays within one of these. */
  presets?: Preset[];
  locations?: string[];
  serverTypes?: string[];
  loadBalancerTypes?: string[];
  /** Workers that one pool may have when it is full. */
  maxServersPerPool?: number;
  /** Servers of one environment when all its pools are full, control planes included. */
  maxServers?: number;
  /** What all its environments together may cost without somebody's approval. */
  budget?: {
    /** Net decimal string. */
    monthly: Money;
    currency: string;
    /** Entity reference of the group that may approve more, in lower case. */
    approvers: string;
  };
}

/** Why something waits for approval, and at which price. */
export interface ApprovalNeed {
  /** Entity reference of the group that may approve. */
  group: string;
  /** What the environment would cost a month, net. */
  monthly: Money;
  /** What all environments of the owner would cost then. */
  total: Money;
  budget: Money;
  currency: string;
}

/** The guardrail of an owner: its own, else the one for all others. */
export function guardrailOf(
  guardrails: readonly Guardrail[],
  owner: string,
): Guardrail | undefined {
  return (
    guardrails.find(({ group }) => group === owner) ??
    guardrails.find(({ group }) => group === '*')
  );
}

/**
 * What a guardrail forbids in a document, field by field. Pure.
 *
 * @param choices - which types are taken for what the document asks; a successor counts as itself
 */
export function breaches(
  document: EnvironmentDocument,
  choices: ServerTypeChoices,
  guardrail: Guardrail,
): DocumentProblem[] {
  const { metadata, spec } = document;
  const { owner } = metadata;
  const problems = guardrail.presets
    ? beyondPresets(document, choices, guardrail.presets)
    : [];
  const oneOf = (
    allowed: readonly string[] | undefined,
    value: string | undefined,
    path: string,
  ) => {
    if (allowed && value !== undefined && !allowed.includes(value)) {
      problems.push(
        documentProblem(path, 'guardrail-choice', {
          owner,
          allowed: allowed.join(', '),
          value,
        }),
      );
    }
  };
  oneOf(guardrail.locations, spec.location, 'spec.location');
  oneOf(
    guardrail.serverTypes,
    choices['control-plane']?.chosen,
    'spec.controlPlane.serverType',
  );
  spec.pools.forEach((pool, index) => {
    const path = `spec.pools.${index}`;
    oneOf(
      guardrail.serverTypes,
      choices[pool.name]?.chosen,
      `${path}.serverType`,
    );
    const most = guardrail.maxServersPerPool;
    if (most !== undefined && pool.max > most) {
      problems.push(
        documentProblem(`${path}.max`, 'guardrail-pool-size', {
          owner,
          most,
          pool: pool.name,
          wanted: pool.max,
        }),
      );
    }
  });
  oneOf(
    guardrail.loadBalancerTypes,
    spec.loadBalancer.type,
    'spec.loadBalancer.type',
  );
  const servers =
    spec.controlPlane.count +
    spec.pools.reduce((count, { max }) => count + max, 0);
  const { maxServers } = guardrail;
  if (maxServers !== undefined && servers > maxServers) {
    problems.push(
      documentProblem(pathOfMostServers(spec.pools), 'guardrail-servers', {
        owner,
        most: maxServers,
        wanted: servers,
      }),
    );
  }
  return problems;
}

/** Without the problems that were there before: who has more than a younger rule allows may still change the rest. */
export function newBreaches(
  before: readonly DocumentProblem[],
  after: readonly DocumentProblem[],
): DocumentProblem[] {
  return after.filter(
    problem => !before.some(({ message }) => message === problem.message),
  );
}

const amountIn = (totals: Quote['totals'], currency: string): Money =>
  totals.find(total => total.currency === currency)?.monthly ?? '0';

/**
 * Whether somebody must approve: what all environments of the owner cost
 * together would be above the budget, and this one would cost more than before.
 * Counts what stands at first, in the budget's currency. Pure.
 *
 * @param others - totals of the owner's other environments
 * @param before - totals of this environment as it is; absent for a new one
 */
export function approvalNeed(
  guardrail: Guardrail | undefined,
  totals: Quote['totals'],
  others: readonly Quote['totals'][],
  before: Quote['totals'] = [],
): ApprovalNeed | undefined {
  const { budget } = guardrail ?? {};
  if (!budget) return undefined;
  const { currency } = budget;
  const wanted = amountIn(totals, currency);
  if (compareMoney(wanted, amountIn(before, currency)) <= 0) return undefined;
  const total = sum([wanted, ...others.map(of => amountIn(of, currency))]);
  return compareMoney(total, budget.monthly) > 0
    ? {
        group: budget.approvers,
        monthly: monthly(wanted),
        total: monthly(total),
        budget: monthly(budget.monthly),
        currency,
      }
    : undefined;
}
