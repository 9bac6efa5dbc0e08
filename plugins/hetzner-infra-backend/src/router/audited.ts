import type { AuditorService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Request } from 'express';

/**
 * Writes an audit event around something that changes: that it was tried, by
 * whom, and how it ended, refusals included. Checks of permissions belong
 * inside. The event's data hold names only, never documents or secrets.
 */
export async function audited<T>(
  auditor: AuditorService,
  event: {
    eventId: string;
    request: Request<any, any, any, any>;
    meta: JsonObject;
  },
  run: () => Promise<T>,
  outcome: (result: T) => JsonObject = () => ({}),
): Promise<T> {
  const auditEvent = await auditor.createEvent({
    ...event,
    severityLevel: 'medium',
  });
  try {
    const result = await run();
    await auditEvent.success({ meta: outcome(result) });
    return result;
  } catch (error) {
    await auditEvent.fail({ error: error as Error });
    throw error;
  }
}
