import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { Resource } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  followOperation,
  type FollowPace,
  type FollowServices,
} from '../operations/followOperation';
import { operationPath } from '../operations/operationPath';
import { refusalOf } from '../operations/refusal';
import { submitOnce } from '../operations/submission';
import { moneyText } from '../quoteLines';
import { examples } from './removeEnvironment.examples';

function resourceLine({ kind, name, monthly, currency }: Resource): string {
  const price =
    monthly && currency ? `: ${moneyText(monthly, currency)} / month` : '';
  return `  ${kind} ${name}${price}`;
}

/**
 * The action `hetzner:environment:remove`: asks for the removal with the
 * initiator's rights, then follows the operation with the plugin's own.
 *
 * @param pace - only tests need another one than the default
 */
export function removeEnvironmentAction(
  services: FollowServices,
  pace?: FollowPace,
) {
  return createTemplateAction({
    id: 'hetzner:environment:remove',
    description:
      'Removes an environment from Hetzner and follows the operation until nothing is left. A dry run lists what exists and removes nothing.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().describe('Name of the environment'),
        data: z =>
          z
            .enum(['keep', 'delete'])
            .optional()
            .describe(
              'What happens to data volumes. Kept ones go on costing money. Default: keep',
            ),
        bucket: z =>
          z
            .string()
            .optional()
            .describe(
              'Name of the bucket, to delete it with the data in it. Needs data: delete. Without it a bucket with data stays',
            ),
      },
      output: {
        operationId: z => z.string().describe('Id of the operation'),
        operationPath: z =>
          z.string().describe("Path of the operation's page in the portal"),
      },
    },
    async handler(ctx) {
      const { name, data = 'keep' } = ctx.input;
      const bucket = ctx.input.bucket || undefined;
      const { environments } = services;
      const write = (operationId: string) => {
        ctx.output('operationId', operationId);
        ctx.output('operationPath', operationPath(operationId));
      };

      try {
        if (ctx.isDryRun) {
          const credentials = await ctx.getInitiatorCredentials();
          const { items } = await environments.listResources(name, {
            credentials,
          });
          ctx.logger.info(
            `Would remove ${name} with ${items.length} resources and ${data} its data volumes and buckets.`,
          );
          items.forEach(item => ctx.logger.info(resourceLine(item)));
          write('dry-run');
          return;
        }

        const { operationId } = await submitOnce(
          ctx,
          name,
          services,
          (requestId, credentials) =>
            environments.removeEnvironment(
              { name, data, ...(bucket && { bucket }), requestId },
              { credentials },
            ),
        );
        write(operationId);
        ctx.logger.info(`Removing ${name}: ${operationPath(operationId)}`);
        await followOperation(operationId, services, ctx, pace);
      } catch (error) {
        throw refusalOf(error);
      }
    },
  });
}
