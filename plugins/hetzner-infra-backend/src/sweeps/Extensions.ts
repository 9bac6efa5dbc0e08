import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { Caller } from '../environments/Caller';
import type {
  EnvironmentStore,
  StoredEnvironment,
} from '../environments/EnvironmentStore';
import { InvalidInputError } from '../InvalidInputError';
import { OperationConflictError } from '../operations/OperationConflictError';
import { lockEnvironment } from '../operations/store/lockEnvironment';
import { expiresAtOf } from './ExpirySweep';
import { coded } from '../coded';

const time = z.iso.datetime({ offset: true });

/** Lets environments stand longer. */
export class Extensions {
  constructor(
    private readonly dependencies: {
      knex: Knex;
      environments: Pick<EnvironmentStore, 'change' | 'find'>;
      now: () => Date;
    },
  ) {}

  /**
   * Stores a new revision with another end. Nothing at the provider follows
   * from it, so no operation does: a revision that was reached stays reached.
   *
   * @throws InvalidInputError, ConflictError
   */
  async extend(
    environment: StoredEnvironment,
    until: string,
    caller: Caller,
  ): Promise<StoredEnvironment> {
    const { knex, environments, now } = this.dependencies;
    requireLater(environment, until, now());
    const { id, name, revision, appliedRevision } = environment;
    const metadata = environment.document.metadata as object;
    await knex.transaction(async tx => {
      await lockEnvironment(tx, id);
      const unfinished = await tx('operations')
        .where('environment_id', id)
        .whereNull('finished_at')
        .first('id', 'goal', 'state');
      if (unfinished) {
        throw coded(
          new OperationConflictError(
            `Operation ${unfinished.id} (${unfinished.goal}, ${unfinished.state}) works on ${name}. Wait for its end or cancel it.`,
            unfinished.id,
          ),
          'operation-in-the-way',
          { environment: name },
        );
      }
      const changed = await environments.change(
        id,
        {
          owner: environment.owner,
          document: {
            ...environment.document,
            metadata: { ...metadata, expiresAt: until },
          },
          choices: environment.choices,
          monthly: environment.monthly,
          by: caller.ref,
          expectedRevision: revision,
        },
        now(),
        tx,
      );
      if (appliedRevision === revision) {
        await tx('environments')
          .where('id', id)
          .update({ applied_revision: changed.revision });
      }
    });
    return (await environments.find(id))!;
  }
}

function requireLater(
  environment: StoredEnvironment,
  until: string,
  now: Date,
): void {
  const expiresAt = expiresAtOf(environment);
  if (expiresAt === undefined) {
    throw new ConflictError(
      `${environment.name} has no end; there is nothing to extend.`,
    );
  }
  const refuse = (message: string) => {
    throw new InvalidInputError(message, [{ path: 'until', message }]);
  };
  if (!time.safeParse(until).success) {
    refuse(
      'Write the time as ISO 8601 with an offset, such as 2026-12-01T18:00:00Z.',
    );
  }
  if (Date.parse(until) <= now.getTime()) {
    refuse(`${until} is over. Choose a later time.`);
  }
  if (Date.parse(until) <= expiresAt) {
    refuse(
      `${environment.name} stands until ${new Date(
        expiresAt,
      ).toISOString()} already. Choose a later time, or change its document.`,
    );
  }
}
