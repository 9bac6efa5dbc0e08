import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  followOperation,
  type FollowPace,
  type FollowServices,
} from '../operations/followOperation';
import { operationPath } from '../operations/operationPath';
import { refusalOf } from '../operations/refusal';
import { submitOnce } from '../operations/submission';
import { quoteLines } from '../quoteLines';
import { examples } from './createEnvironment.examples';

/** The name in a document that nobody has checked yet; empty when it has none. */
function nameIn(environment: Record<string, { name?: unknown } | undefined>) {
  return String(environment.metadata?.name ?? '');
}

/**
 * The action `hetzner:environment:create`: asks for an environment with the
 * initiator's rights, then follows the operation with the plugin's own.
 *
 * @param pace - only tests need another one than the default
 */
export function createEnvironmentAction(
  services: FollowServices,
  pace?: FollowPace,
) {
  return createTemplateAction({
    id: 'hetzner:environment:create',
    description:
      'Creates an environment on Hetzner and follows the operation until it stands. Cancelling the task undoes it. A dry run writes price and plan to the log and creates nothing.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        environment: z =>
          z
            .record(z.any())
            .describe(
              'The environment document: apiVersion infra.xpeditis.com/v1alpha1, kind Environment',
            ),
        maxMonthly: z =>
          z
            .string()
            .regex(/^\d+(\.\d+)?$/)
            .optional()
            .describe(
              'Refuse when the environment costs more a month than this, net, in the currency of the provider',
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
      const { environment, maxMonthly } = ctx.input;
      const { environments } = services;
      const write = (operationId: string, name: string) => {
        ctx.output('operationId', operationId);
        ctx.output('environment', name);
        ctx.output('entityRef', `resource:default/${name}`);
        ctx.output('operationPath', operationPath(operationId));
      };

      try {
        if (ctx.isDryRun) {
          const credentials = await ctx.getInitiatorCredentials();
          const quote = await environments.quote(environment, {
            credentials,
            intent: 'create',
          });
          quoteLines(quote).forEach(line => ctx.logger.info(line));
          write('dry-run', nameIn(environment));
          return;
        }

        const submitted = await submitOnce(
          ctx,
          nameIn(environment),
          services,
          (requestId, credentials) =>
            environments.createEnvironment(
              { environment, requestId, maxMonthly },
              { credentials },
            ),
        );
        write(submitted.operationId, submitted.name);
        ctx.logger.info(
          `Creating ${submitted.name}: ${operationPath(submitted.operationId)}`,
        );
        await followOperation(submitted.operationId, services, ctx, pace);
      } catch (error) {
        throw refusalOf(error);
      }
    },
  });
}
