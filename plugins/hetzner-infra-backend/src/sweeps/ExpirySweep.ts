import type { LoggerService } from '@backstage/backend-plugin-api';
import { EXPIRY_INITIATOR } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { EnvironmentActions } from '../environments/EnvironmentActions';
import type {
  EnvironmentStore,
  StoredEnvironment,
} from '../environments/EnvironmentStore';
import { isProtected } from '../environments/readDocument';
import { isTerminal, type Operation } from '../operations/operation';
import type { OperationStore } from '../operations/OperationStore';
import { expiryStep, type ExpiryStep } from './expiry';
import type { ExpiryNoticeStore } from './ExpiryNoticeStore';
import type { OwnerNotice, OwnerNotices } from './OwnerNotices';

const PAGE = 200;

/** Whom an operation of this sweep is asked by. */
const CALLER = { ref: EXPIRY_INITIATOR, groups: [], actsForPlatform: true };

type Dependencies = {
  environments: Pick<EnvironmentStore, 'list'>;
  operations: Pick<OperationStore, 'current'>;
  actions: Pick<EnvironmentActions, 'remove'>;
  sent: ExpiryNoticeStore;
  notices: Pick<OwnerNotices, 'tell'>;
  settings: { warnHoursBefore: readonly number[]; removes: boolean };
  /** Why nothing may be removed now; nothing when it may. */
  heldReason: () => Promise<string | undefined>;
  now: () => Date;
  logger: LoggerService;
};

/** Warns owners of the end of their environments, and removes those whose time is over. */
export class ExpirySweep {
  constructor(private readonly dependencies: Dependencies) {}

  /** Goes through all environments; one that fails does not keep the others from it. */
  async run(signal: AbortSignal): Promise<void> {
    const { environments, settings, heldReason, logger } = this.dependencies;
    // Extensions that were made after the backup of a restored database are forgotten.
    const removes = settings.removes && !(await heldReason());
    let cursor: string | undefined;
    do {
      const page = await environments.list({
        sort: 'name',
        limit: PAGE,
        cursor,
      });
      for (const environment of page.items) {
        if (signal.aborted) return;
        await this.#stepOf(environment, removes).catch(error =>
          logger.warn(
            `The end of ${environment.name} was not dealt with; the next round tries again`,
            error,
          ),
        );
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }

  async #stepOf(
    environment: StoredEnvironment,
    removes: boolean,
  ): Promise<void> {
    const expiresAt = expiresAtOf(environment);
    if (expiresAt === undefined || environment.state === 'removing') return;
    const { operations, sent, settings, now } = this.dependencies;
    const operation = (await operations.current([environment.id])).get(
      environment.id,
    );
    const step = expiryStep({
      expiresAt,
      isProtected: isProtected(environment),
      isWorking: operation !== undefined && !isTerminal(operation.state),
      failedRemovalAt: failedRemovalAt(operation),
      sent: await sent.list(environment.id, expiresAt),
      warnHoursBefore: settings.warnHoursBefore,
      now: now().getTime(),
    });
    if (step.do === 'nothing') return;
    if (step.do === 'remove') {
      if (removes) await this.#remove(environment, expiresAt, step);
      return;
    }
    if (step.do === 'tell-failed' && !removes) return;
    // Told first: what was not told is told again, and nothing goes before.
    await this.dependencies.notices.tell(
      environment,
      noticeOf(environment, step, now(), operation),
    );
    await this.#remember(environment, expiresAt, step.notice);
  }

  async #remove(
    environment: StoredEnvironment,
    expiresAt: number,
    step: ExpiryStep & { do: 'remove' },
  ): Promise<void> {
    const { actions, notices, logger } = this.dependencies;
    await actions.remove(
      environment,
      {
        data: 'keep',
        requestId: [environment.id, expiresAt]
          .concat(step.attempt > 1 ? step.attempt : [])
          .join(' '),
        // What was protected or extended since it was read stays.
        expectedRevision: environment.revision,
      },
      CALLER,
    );
    await this.#remember(environment, expiresAt, step.notice);
    logger.info(
      `The time of ${environment.name} is over; it is being removed${
        step.attempt > 1 ? `, attempt ${step.attempt}` : ''
      }`,
    );
    await notices
      .tell(environment, {
        subject: 'expiry',
        severity: 'high',
        title: `${environment.name} is being removed: its time is over`,
        description:
          'Data volumes and buckets stay. Its operation can be cancelled until the first deletion.',
      })
      .catch(error =>
        logger.warn(
          `The owner of ${environment.name} was not notified of its removal`,
          error,
        ),
      );
  }

  async #remember(
    { id }: StoredEnvironment,
    expiresAt: number,
    notice: string,
  ): Promise<void> {
    const { sent, now } = this.dependencies;
    await sent.add(id, expiresAt, { notice, at: now().getTime() });
  }
}

/** When an environment ends, epoch milliseconds. Reads the JSON: its document may be old. */
export function expiresAtOf({
  document,
}: Pick<StoredEnvironment, 'document'>): number | undefined {
  const { expiresAt } = (document.metadata ?? {}) as { expiresAt?: unknown };
  const at = typeof expiresAt === 'string' ? Date.parse(expiresAt) : NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** When the last operation of an environment ended, if it is a removal that failed. Epoch milliseconds. */
function failedRemovalAt(operation: Operation | undefined): number | undefined {
  return operation?.goal === 'remove' && operation.state === 'failed'
    ? operation.finishedAt?.getTime()
    : undefined;
}

function noticeOf(
  { name, monthly }: StoredEnvironment,
  step: ExpiryStep & { do: 'warn' | 'tell-protected' | 'tell-failed' },
  now: Date,
  operation: Operation | undefined,
): OwnerNotice {
  if (step.do === 'tell-failed') {
    return {
      subject: 'expiry',
      severity: 'high',
      title: `${name} could not be removed; its time is over`,
      description: `${
        operation?.error?.message ?? 'Its last operation says why.'
      } The portal tries again at ${utc(
        step.retryAt,
      )}. What is left goes on costing until then. Extend its time if it is still needed.`,
    };
  }
  if (step.do === 'tell-protected') {
    const cost = monthly
      .map(total => `${total.monthly} ${total.currency}`)
      .join(' and ');
    return {
      subject: 'expiry',
      severity: 'high',
      title: `The time of ${name} is over, and it stays: it is protected`,
      description: `It goes on costing ${cost} a month. Extend its time, or take the protection away.`,
    };
  }
  const hours = Math.max(
    1,
    Math.round((step.removalAt - now.getTime()) / 3_600_000),
  );
  return {
    subject: 'expiry',
    severity: hours > 1 ? 'normal' : 'high',
    title: `${name} is removed in about ${
      hours === 1 ? 'an hour' : `${hours} hours`
    }`,
    description: `Its time ends; it goes at ${utc(
      step.removalAt,
    )}. Data volumes and buckets stay. Extend its time if it is still needed.`,
  };
}

/** To the minute, as 2026-11-24 09:30 UTC. */
function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
