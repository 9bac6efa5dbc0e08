import {
  approvalNeed,
  breaches,
  environmentSchema,
  guardrailOf,
  newBreaches,
  type ApprovalNeed,
  type EnvironmentDocument,
  type Quote,
  type ServerTypeChoices,
  type WarningCode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Knex } from 'knex';
import { InvalidInputError } from '../InvalidInputError';
import type { Approval } from '../operations/approval';
import { ownerOf } from './admit';
import type { EnvironmentStore, StoredEnvironment } from './EnvironmentStore';
import type { GuardrailSettings } from './readGuardrails';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What of an appraisal the guardrails look at. */
type Appraised = {
  blueprint: { choices: ServerTypeChoices };
  quote: Pick<Quote, 'totals'>;
};

/** What groups may have without asking, and what needs somebody's approval. */
export class Guardrails {
  constructor(
    private readonly options: {
      settings: GuardrailSettings;
      environments: Pick<EnvironmentStore, 'totalsOf'>;
    },
  ) {}

  /** @throws InvalidInputError that names each field which the owner's guardrail forbids and that was not so before */
  refuseForbidden(
    document: EnvironmentDocument,
    { blueprint }: Pick<Appraised, 'blueprint'>,
    before?: StoredEnvironment,
  ): void {
    const rule = guardrailOf(this.options.settings.groups, ownerOf(document));
    if (!rule) return;
    const standing = environmentSchema.safeParse(before?.document);
    const problems = newBreaches(
      standing.success
        ? breaches(standing.data, before!.choices as ServerTypeChoices, rule)
        : [],
      breaches(document, blueprint.choices, rule),
    );
    if (problems.length > 0) {
      throw new InvalidInputError(
        problems.map(({ message }) => message).join(' '),
        problems,
      );
    }
  }

  /**
   * Whether somebody must approve it, and who. In the transaction that stores
   * it, no other decision about the owner comes in between.
   */
  async need(
    document: EnvironmentDocument,
    { quote }: Pick<Appraised, 'quote'>,
    before?: StoredEnvironment,
    tx?: Knex.Transaction,
  ): Promise<ApprovalNeed | undefined> {
    const owner = ownerOf(document);
    const rule = guardrailOf(this.options.settings.groups, owner);
    if (!rule?.budget) return undefined;
    const totals = await this.options.environments.totalsOf(owner, tx);
    if (before) totals.delete(before.id);
    return approvalNeed(
      rule,
      quote.totals,
      [...totals.values()],
      // One that goes to another group is new to it.
      before?.owner === owner ? before.monthly : undefined,
    );
  }

  /** The approval that an operation waits for. */
  approval(need: ApprovalNeed | undefined, now: Date): Approval | undefined {
    const days = this.options.settings.approvalDays;
    return (
      need && {
        ...need,
        expiresAt: new Date(now.getTime() + days * DAY_MS).toISOString(),
      }
    );
  }

  /** What a quote says about it before the click. */
  warning(
    { group, total, budget, currency }: ApprovalNeed,
    document: EnvironmentDocument,
  ): Quote['warnings'][number] {
    return {
      code: 'approval-needed' satisfies WarningCode,
      params: {
        owner: document.metadata.owner,
        total,
        currency,
        budget,
        group,
      },
      message: `The environments of ${document.metadata.owner} would cost ${total} ${currency} a month; ${budget} is their budget. Nothing is touched before a member of ${group} approves it.`,
      blocking: false,
    };
  }
}
