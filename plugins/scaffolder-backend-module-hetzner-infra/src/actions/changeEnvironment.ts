import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  followOperation,
  type FollowPace,
  type FollowServices,
} from '../operations/followOperation';
import { operationPath } from '../operations/operationPath';
import { refusalOf } from '../operations/refusal';
import { submitOnce } from '../operations/submission';
import { quoteLines } from '../quoteLines';
import { examples } from './changeEnvironment.examples';

/** The name in a document that nobody has checked yet; empty when it has none. */
function nameIn(environment: Record<string, { name?: unknown } | undefined>) {
  return String(environment.metadata?.name ?? '');
}

/** @throws ConflictError when the change was made from another revision than the current one */
function refuseStale(
  { name, revision }: Pick<Environment, 'name' | 'revision'>,
  madeFrom: number,
) {
  if (madeFrom !== revision) {
    throw new ConflictError(
      `${name} is at revision ${revision}; the change was made from ${madeFrom}. Load it again and repeat the change.`,
    );
  }
}

/**
 * The action `hetzner:environment:change`: asks for a change with the
 * initiator's rights, then follows the operation with the plugin's own.
 *
 * @param pace - only tests need another one than the default
 */
export function changeEnvironmentAction(
  services: FollowServices,
  pace?: FollowPace,
) {
  return createTemplateAction({
    id: 'hetzner:environment:change',
    description:
      'Changes an environment on Hetzner and follows the operation until it is as the document says. Cancelling the task goes back to what was. A dry run writes price and plan to the log and changes nothing.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        environment: z =>
          z
            .record(z.any())
            .describe(
              'The whole document as the environment shall be: apiVersion infra.xpeditis.com/v1alpha1, kind Environment',
            ),
        revision: z =>
          z
            .number()
            .int()
            .min(1)
            .describe(
              'The revision that the change was made from. Refused when another one is current',
            ),
        maxMonthly: z =>
          z
            .string()
            .regex(/^\d+(\.\d+)?$/)
            .optional()
            .describe(
              'Refuse when the environment would cost more a month than this, net, in the currency of the provider',
            ),
      },
      output: {
        operationId: z => z.string().describe('Id of the operation'),
        environment: z => z.string().describe('Name of the environment'),
        entityRef: z =>
          z.string().describe('Reference of the environment in the catalog'),
        operationPath: z =>
          z.string().describe("Path of the operation's page in the portal"),
      },
    },
    async handler(ctx) {
      const { environment, revision, maxMonthly } = ctx.input;
      const name = nameIn(environment);
      const { environments } = services;
      const write = (operationId: string) => {
        ctx.output('operationId', operationId);
        ctx.output('environment', name);
        ctx.output('entityRef', `resource:default/${name}`);
        ctx.output('operationPath', operationPath(operationId));
      };

      try {
        if (ctx.isDryRun) {
          const credentials = await ctx.getInitiatorCredentials();
          const current = await environments.getEnvironment(name, {
            credentials,
          });
          refuseStale(current, revision);
          const quote = await environments.quote(environment, { credentials });
          quoteLines(quote).forEach(line => ctx.logger.info(line));
          write('dry-run');
          return;
        }

        const submitted = await submitOnce(
          ctx,
          name,
          services,
          (requestId, credentials) =>
            environments.changeEnvironment(
              { name, environment, revision, requestId, maxMonthly },
              { credentials },
            ),
        );
        write(submitted.operationId);
        ctx.logger.info(
          `Changing ${name}: ${operationPath(submitted.operationId)}`,
        );
        await followOperation(submitted.operationId, services, ctx, pace);
      } catch (error) {
        throw refusalOf(error);
      }
    },
  });
}
