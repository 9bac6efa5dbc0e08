import type { AuditorService } from '@backstage/backend-plugin-api';
import type { Operation } from './operation';

/**
 * Writes how an operation ended into the audit log, beside the request that
 * asked for it: a create that failed and was undone changed the world too.
 */
export async function auditOutcome(
  auditor: AuditorService,
  operation: Operation,
): Promise<void> {
  const { id, environmentId, goal, revision, state, initiator, error } =
    operation;
  const event = await auditor.createEvent({
    eventId: 'operation-outcome',
    severityLevel: 'medium',
    meta: { operationId: id, environmentId, goal, revision, initiator },
  });
  const meta = { state };
  await (error
    ? event.fail({ error: new Error(`${error.code}: ${error.message}`), meta })
    : event.success({ meta }));
}
