import { ConflictError, NotAllowedError } from '@backstage/errors';
import type {
  Quote,
  ServerTypeChoices,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { ConnectionRegistry } from '../connections/ConnectionRegistry';
import {
  approvalOutcome,
  type Approval,
  type ApprovalRequest,
} from '../operations/approval';
import { OperationConflictError } from '../operations/OperationConflictError';
import type { OperationStore } from '../operations/OperationStore';
import type { Appraiser } from './Appraiser';
import type { ApprovalNotices } from './ApprovalNotices';
import type { Caller } from './Caller';
import type { EnvironmentStore, StoredEnvironment } from './EnvironmentStore';
import { readDocument } from './readDocument';
import type { Accepted } from './Requests';

const PAGE = 500;

/** Decides about operations that wait for somebody's approval. */
export class Approvals {
  constructor(
    private readonly dependencies: {
      environments: Pick<EnvironmentStore, 'find' | 'revision'>;
      operations: Pick<OperationStore, 'decideApproval' | 'list'>;
      registry: Pick<ConnectionRegistry, 'find'>;
      appraiser: Pick<Appraiser, 'appraise'>;
      notices: Pick<ApprovalNotices, 'requested' | 'decided'>;
      now: () => Date;
    },
  ) {}

  /** Tells who must approve, when somebody must. */
  async requested(accepted: Accepted): Promise<void> {
    if (accepted.operation.state === 'awaiting-approval') {
      await this.dependencies.notices.requested(accepted);
    }
  }

  /**
   * Lets an operation begin at the price that the caller saw.
   *
   * @throws NotAllowedError for anybody but a member of the group who did not ask for it
   * @throws ConflictError when it does not wait, or its price has risen: it waits on with the new one
   */
  async approve(
    { environment, operation }: Accepted,
    seen: string,
    caller: Caller,
  ): Promise<Accepted> {
    const { approval } = operation.options;
    // Who may not decide is told so, before anything is asked of the provider.
    const current =
      operation.state === 'awaiting-approval' && approval
        ? await this.#price(environment, operation.revision, approval)
        : '0';
    return this.#decide(
      { environment, operation },
      { kind: 'approve', by: caller, seen, current },
    );
  }

  /** @throws NotAllowedError, ConflictError as approve does */
  async reject(
    accepted: Accepted,
    reason: string,
    caller: Caller,
  ): Promise<Accepted> {
    return this.#decide(accepted, { kind: 'reject', by: caller, reason });
  }

  /** Cancels what nobody approved in time. */
  async expire(): Promise<void> {
    const { operations, environments } = this.dependencies;
    let cursor: string | undefined;
    do {
      const page = await operations.list({
        state: 'awaiting-approval',
        limit: PAGE,
        cursor,
      });
      for (const operation of page.items) {
        const environment = await environments.find(operation.environmentId);
        await this.#decide(
          { environment: environment!, operation },
          { kind: 'expire' },
        );
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }

  async #decide(
    { environment, operation: { id } }: Accepted,
    request: ApprovalRequest,
  ): Promise<Accepted> {
    const { operations, environments, notices, now } = this.dependencies;
    const at = now();
    const { operation, outcome } = await operations.decideApproval(
      id,
      current => approvalOutcome(current, request, at),
      at,
    );
    switch (outcome.kind) {
      case 'refused':
        if (outcome.isForbidden) {
          throw new NotAllowedError(
            `Operation ${id} is not yours to decide: ${outcome.reason}.`,
          );
        }
        throw new OperationConflictError(
          `Operation ${id} cannot be decided: ${outcome.reason}.`,
          id,
        );
      case 'repriced':
        throw new OperationConflictError(
          `The price of ${environment.name} has risen to ${outcome.approval.monthly} ${outcome.approval.currency} a month since it was asked for. Look at it, then approve that price.`,
          id,
        );
      case 'unchanged':
        return { environment, operation };
      default: {
        const after = await environments.find(environment.id);
        const decided = { environment: after ?? environment, operation };
        await notices.decided(decided);
        return decided;
      }
    }
  }

  /** What a revision costs a month now, in the currency of its approval. */
  async #price(
    environment: StoredEnvironment,
    revision: number,
    { currency }: Approval,
  ): Promise<string> {
    const { environments, registry, appraiser } = this.dependencies;
    const [stored, connection] = await Promise.all([
      environments.revision(environment.id, revision),
      registry.find(environment.connection),
    ]);
    if (!stored || connection?.kind !== 'hetzner') {
      throw new ConflictError(
        `${environment.name} cannot be priced: its connection ${environment.connection} is gone. Reject it, or add the connection again.`,
      );
    }
    const { quote } = await appraiser.appraise(
      readDocument(stored.document),
      connection,
      // The price is that of what is wanted, whatever exists.
      {
        look: async () => [],
        choices: stored.choices as ServerTypeChoices,
      },
    );
    const inCurrency = (total: Quote['totals'][number]) =>
      total.currency === currency;
    return quote.totals.find(inCurrency)?.monthly ?? '0';
  }
}
