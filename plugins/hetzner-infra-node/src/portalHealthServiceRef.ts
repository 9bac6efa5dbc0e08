import {
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';

/** What a plugin knows about the health of its replica. Answers within seconds and never rejects. */
export interface PortalHealthCheck {
  /** Why this replica cannot answer requests, in words; nothing when it can. */
  unreadyReason(): Promise<string | undefined>;
  /** Why only a restart of this replica helps, in words; nothing when it is well. */
  deadReason(): Promise<string | undefined>;
}

/** The checks that the portal's own health answers with. */
export interface PortalHealthService {
  add(check: PortalHealthCheck): void;
  checks(): readonly PortalHealthCheck[];
}

/**
 * Where plugins add what they know about the health of their replica. The
 * backend reads it in its root health service, because a plugin cannot add to
 * that one.
 */
export const portalHealthServiceRef = createServiceRef<PortalHealthService>({
  id: 'hetzner-infra.portal-health',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {},
      factory: () => {
        const checks: PortalHealthCheck[] = [];
        return {
          add: check => {
            checks.push(check);
          },
          checks: () => checks,
        };
      },
    }),
});
