import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Operation } from '../operations/operation';
import { operationSentence } from './sentences';
import type { Accepted } from './Requests';

/** Tells who must approve, and who asked. A portal without notifications goes on without. */
export class ApprovalNotices {
  constructor(
    private readonly options: {
      notifications: Pick<NotificationService, 'send'>;
      logger: LoggerService;
    },
  ) {}

  /** To the group that may approve. */
  async requested({ environment, operation }: Accepted): Promise<void> {
    const { approval } = operation.options;
    if (!approval) return;
    await this.#send(approval.group, operation, {
      title: `Approve ${environment.name}?`,
      description: `${operation.initiator} asks for ${environment.name} at ${approval.monthly} ${approval.currency} a month. ${environment.owner} would pay ${approval.total}; its budget is ${approval.budget}.`,
    });
  }

  /** To who asked: approved, rejected, or too late. */
  async decided({ environment, operation }: Accepted): Promise<void> {
    if (!operation.initiator.startsWith('user:')) return;
    const by = operation.options.approval?.decision?.by;
    const isApproved = operation.state === 'queued';
    await this.#send(operation.initiator, operation, {
      title: `${environment.name} was ${isApproved ? '' : 'not '}approved`,
      description: isApproved
        ? `${by} approved it. It begins now.`
        : operationSentence(operation, environment),
    });
  }

  async #send(
    entityRef: string,
    operation: Operation,
    text: { title: string; description: string },
  ): Promise<void> {
    try {
      await this.options.notifications.send({
        recipients: { type: 'entity', entityRef },
        payload: {
          ...text,
          severity: 'normal',
          link: `/hetzner/operations/${operation.id}`,
          topic: 'approvals',
          scope: `approval:${operation.id}`,
        },
      });
    } catch (error) {
      this.options.logger.warn(
        `${entityRef} was not told of the approval of operation ${operation.id}`,
        error as Error,
      );
    }
  }
}
