import type { AuditorService } from '@backstage/backend-plugin-api';
import type { createOpenApiRouter } from '../schema/openapi/generated';
import type { Connections } from '../connections/Connections';
import type { ConnectionRegistry } from '../connections/ConnectionRegistry';
import type { ProviderFacts } from '../connections/ProviderFacts';
import type { EnvironmentCosts } from '../costs/EnvironmentCosts';
import type { Approvals } from '../environments/Approvals';
import type { EnvironmentActions } from '../environments/EnvironmentActions';
import type { EnvironmentResources } from '../environments/EnvironmentResources';
import type { Environments } from '../environments/Environments';
import type { EnvironmentStore } from '../environments/EnvironmentStore';
import type { OperationEvents } from '../operations/OperationEvents';
import type { OperationStore } from '../operations/OperationStore';
import type { Announcer } from '../announcements/Announcer';
import type { Health } from '../health/Health';
import type { Restoration } from '../restoration/Restoration';
import type { Adoptions } from '../sweeps/Adoptions';
import type { DriftStore } from '../sweeps/DriftStore';
import type { DriftSweep } from '../sweeps/DriftSweep';
import type { Extensions } from '../sweeps/Extensions';
import type { OrphanInventory } from '../sweeps/OrphanInventory';
import type { Access } from './Access';

/** What the routes are made of. */
export type RouterContext = {
  access: Access;
  auditor: AuditorService;
  environments: Environments;
  actions: EnvironmentActions;
  approvals: Approvals;
  environmentStore: EnvironmentStore;
  resources: EnvironmentResources;
  costs: EnvironmentCosts;
  drift: Pick<DriftSweep, 'look'>;
  driftStore: Pick<DriftStore, 'list' | 'counts'>;
  orphans: Pick<OrphanInventory, 'list' | 'remove'>;
  adoptions: Pick<Adoptions, 'adopt'>;
  restoration: Pick<Restoration, 'confirm' | 'refuseWhileHeld'>;
  extensions: Pick<Extensions, 'extend'>;
  announcer: Pick<Announcer, 'foundOtherwise'>;
  operations: OperationStore;
  events: OperationEvents;
  connections: Connections;
  registry: Pick<ConnectionRegistry, 'find' | 'budget'>;
  facts: Pick<ProviderFacts, 'catalogue' | 'usage'>;
  health: Pick<Health, 'check'>;
  /** Told when a stream of events begins; what it returns is told when it ends. */
  onStream: () => () => void;
  /** Aborted when the portal stops: open streams end. */
  stopping: AbortSignal;
};

/** The router that checks requests against the description of the API. */
export type ApiRouter = Awaited<ReturnType<typeof createOpenApiRouter>>;
