import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import {
  coreServices,
  createBackendPlugin,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { hetznerInfraPermissions } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { portalHealthServiceRef } from '@xpeditis/backstage-plugin-hetzner-infra-node';
import { Announcer } from './announcements/Announcer';
import { useWriteAheadLog } from './database/useWriteAheadLog';
import { Bootstraps } from './bootstrap/Bootstraps';
import { environmentMaterial } from './bootstrap/environmentMaterial';
import { readK3sRelease } from './bootstrap/readK3sRelease';
import { systemClock } from './clouds/clock';
import { CALL_TIMEOUT_SECONDS } from './clouds/hetzner/connectHetzner';
import { ConnectionRegistry } from './connections/ConnectionRegistry';
import { Connections } from './connections/Connections';
import { ConnectionStore } from './connections/ConnectionStore';
import { followConfiguration } from './connections/followConfiguration';
import { ProjectGuard } from './connections/ProjectGuard';
import { ProviderFacts } from './connections/ProviderFacts';
import {
  readConfiguredConnections,
  readHetznerEndpoint,
  readObjectStorageEndpoint,
} from './connections/readConfiguredConnections';
import { EnvironmentCosts } from './costs/EnvironmentCosts';
import { LifetimeStore } from './costs/LifetimeStore';
import { recordingObserve } from './costs/recordingObserve';
import { Appraiser } from './environments/Appraiser';
import { CatalogOwners } from './environments/CatalogOwners';
import {
  DatabaseEnvironmentBuckets,
  releasedBucket,
} from './environments/DatabaseEnvironmentBuckets';
import { DatabaseEnvironmentStore } from './environments/DatabaseEnvironmentStore';
import { ApprovalNotices } from './environments/ApprovalNotices';
import { Approvals } from './environments/Approvals';
import { EnvironmentActions } from './environments/EnvironmentActions';
import { EnvironmentObserver } from './environments/EnvironmentObserver';
import { EnvironmentResources } from './environments/EnvironmentResources';
import { Environments } from './environments/Environments';
import { Guardrails } from './environments/Guardrails';
import { readGuardrails } from './environments/readGuardrails';
import { installationId } from './environments/installation';
import { SealedEnvironmentSecrets } from './environments/SealedEnvironmentSecrets';
import { standingByConnection } from './environments/standingByConnection';
import { readEnvironmentSettings } from './environments/settings';
import { Health } from './health/Health';
import { Metrics } from './metrics/Metrics';
import { observeState } from './metrics/observeState';
import { auditOutcome } from './operations/auditOutcome';
import { DatabaseOperationStore } from './operations/DatabaseOperationStore';
import type { Operation } from './operations/operation';
import { OperationEvents } from './operations/OperationEvents';
import { OperationSignals } from './operations/OperationSignals';
import {
  PATIENCE,
  POLL_MS,
  readRunnerSettings,
} from './operations/readRunnerSettings';
import { RevisionDesiredStates } from './environments/RevisionDesiredStates';
import { countAwaitedTokens } from './operations/store/countAwaitedTokens';
import { readBacklog } from './operations/store/readBacklog';
import { removeDetails } from './operations/store/removeDetails';
import { OperationRunner } from './operations/runner';
import { readRetentionSettings } from './retention/readRetentionSettings';
import { Retention } from './retention/Retention';
import { driverOf, observe } from './resources';
import { Restoration } from './restoration/Restoration';
import { Access } from './router/Access';
import { createRouter } from './router/createRouter';
import {
  environmentResourceRef,
  isEnvironmentOwner,
} from './router/permissions';
import { Adoptions } from './sweeps/Adoptions';
import { ClusterResourceStore } from './sweeps/ClusterResourceStore';
import { DriftStore } from './sweeps/DriftStore';
import { DriftSweep } from './sweeps/DriftSweep';
import { ExpiryNoticeStore } from './sweeps/ExpiryNoticeStore';
import { ExpirySweep } from './sweeps/ExpirySweep';
import { Extensions } from './sweeps/Extensions';
import { OrphanInventory } from './sweeps/OrphanInventory';
import { OwnerNotices } from './sweeps/OwnerNotices';
import { readSweepSettings } from './sweeps/readSweepSettings';
import { Sweeps } from './sweeps/Sweeps';
import { readSealingKeys } from './sealing/readSealingKeys';
import { Sealer } from './sealing/Sealer';
import { LOOK_SECONDS, SealingRotation } from './sealing/SealingRotation';

/** Environments on Hetzner: API, operations, drivers and connections. */
export const hetznerInfraPlugin = createBackendPlugin({
  pluginId: 'hetzner-infra',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        portalHealth: portalHealthServiceRef,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(services) {
        const { auditor, config, database, httpRouter, lifecycle, logger } =
          services;
        const clock = systemClock;
        const now = () => new Date(clock.now());
        const { leaseMs, concurrency } = readRunnerSettings(config);
        const sealer = new Sealer(readSealingKeys(config));
        const configured = readConfiguredConnections(config);
        const endpoint = readHetznerEndpoint(config);
        const guardrailSettings = readGuardrails(config);
        const settings = readEnvironmentSettings(config, [
          endpoint,
          ...configured.flatMap(connection =>
            connection.kind === 'hetzner' ? [connection.endpoint] : [],
          ),
        ]);

        const sweepSettings = readSweepSettings(config);
        const retentionSettings = readRetentionSettings(config);
        const release = readK3sRelease(config);

        const metrics = new Metrics(services.metrics);
        const knex = await database.getClient();
        await useWriteAheadLog(knex);
        if (!database.migrations?.skip) {
          await knex.migrate.latest({
            directory: resolvePackagePath(
              '@xpeditis/backstage-plugin-hetzner-infra-backend',
              'migrations',
            ),
          });
        }
        const worker = `${hostname()}-${process.pid}-${randomUUID().slice(
          0,
          8,
        )}`;
        const rotation = new SealingRotation({
          knex,
          sealer,
          replica: worker,
          now,
          logger,
        });
        await rotation.start();
        const installation = await installationId(knex, now());

        const environmentStore = new DatabaseEnvironmentStore(knex);
        const signals = new OperationSignals();
        const operations = new DatabaseOperationStore({ knex, signals });
        const restoration = new Restoration({ knex, operations, now });
        const held = await restoration.heldReason();
        if (held) logger.warn(held);
        const secrets = new SealedEnvironmentSecrets(knex, sealer);
        const bootstraps = new Bootstraps({ secrets, release, now });
        const connectionStore = new ConnectionStore(knex, sealer);
        const guard = new ProjectGuard({
          knex,
          installation,
          standing: connection => standingByConnection(knex, connection),
          now,
        });
        const registry = new ConnectionRegistry({
          configured,
          store: connectionStore,
          endpoint,
          onCall: (connection, report) => metrics.called(connection, report),
          guard,
          objectStorageEndpoint: readObjectStorageEndpoint(config),
        });
        await guard.forgetOthers(registry.configured());
        const facts = new ProviderFacts({ registry, logger, now });
        const buckets = (environmentId: string) =>
          new DatabaseEnvironmentBuckets(
            { knex, objectStorage: name => registry.objectStorage(name), now },
            environmentId,
          );
        const lifetimes = new LifetimeStore(knex);
        const observeAndRecord = recordingObserve({
          observe,
          store: lifetimes,
          environments: environmentStore,
          catalogue: name => facts.catalogue(name),
          priceBook: settings.priceBook,
          now,
          logger,
        });
        const observer = new EnvironmentObserver({
          installation,
          cloud: name => registry.hetzner(name),
          buckets,
          observe: observeAndRecord,
          now,
          logger,
        });

        const announcer = new Announcer({
          written: signals,
          operations,
          environments: environmentStore,
          events: services.events,
          signals: services.signals,
          clock,
          logger,
        });
        const actions = new EnvironmentActions({
          environments: environmentStore,
          operations,
          now,
        });
        const driftStore = new DriftStore(knex);
        const notices = new OwnerNotices(services.notifications);
        const drift = new DriftSweep({
          installation,
          environments: environmentStore,
          operations,
          registry,
          facts,
          buckets,
          settings,
          bootstraps,
          observe: observeAndRecord,
          store: driftStore,
          notices,
          onChanged: environment => announcer.foundOtherwise(environment),
          onFound: resources => metrics.driftFound(resources),
          now,
          logger,
        });
        const orphans = new OrphanInventory({
          installation,
          environments: environmentStore,
          clusterResources: new ClusterResourceStore(knex),
          registry,
          priceBook: settings.priceBook,
          onReleased: (connection, bucket) =>
            releasedBucket(knex, connection, bucket),
          facts,
          now,
          logger,
        });
        const sweeps = new Sweeps({
          scheduler: services.scheduler,
          settings: sweepSettings,
          drift,
          driftStore,
          orphans,
          expiry: new ExpirySweep({
            environments: environmentStore,
            operations,
            actions,
            sent: new ExpiryNoticeStore(knex),
            notices,
            settings: {
              warnHoursBefore: sweepSettings.warnHoursBefore,
              removes: sweepSettings.removesExpired,
            },
            heldReason: () => restoration.heldReason(),
            now,
            logger,
          }),
          environments: environmentStore,
          now,
          logger,
        });

        /** What an operation has made tells whose the token is. */
        const confirmProject = async ({
          environmentId,
          goal,
          state,
        }: Operation) => {
          if (goal !== 'apply' || state !== 'succeeded') return;
          const environment = await environmentStore.find(environmentId);
          await registry
            .confirmProject(environment!.connection)
            .catch(error =>
              logger.warn(
                `It was not looked whose the token of ${
                  environment!.connection
                } is; the next operation does it`,
                error,
              ),
            );
        };

        const runner = new OperationRunner(
          {
            store: operations,
            desiredStates: new RevisionDesiredStates({
              installation,
              egressCidrs: settings.egressCidrs,
              environments: environmentStore,
              cloud: name => registry.hetzner(name),
              buckets,
              catalogue: name => facts.catalogue(name),
              material: owner =>
                environmentMaterial({
                  environmentId: owner.environmentId,
                  environment: owner.environment,
                  store: secrets,
                  now,
                }),
              bootstraps,
            }),
            driver: driverOf,
            observe: observeAndRecord,
            clock,
            leaseMs,
            strayCallMs: Math.max(leaseMs, CALL_TIMEOUT_SECONDS * 1000),
            patience: PATIENCE,
            reports: metrics,
          },
          signals,
          logger,
          {
            worker,
            concurrency,
            pollMs: POLL_MS,
            onClaimed: claim => metrics.operationClaimed(claim),
            onEnded: async operation => {
              metrics.operationEnded(operation);
              await auditOutcome(auditor, operation);
              await confirmProject(operation);
              await sweeps.operationEnded(operation);
            },
          },
        );

        const health = new Health({
          readBacklog: at => readBacklog(knex, at),
          runner,
          clock,
          logger,
        });
        services.portalHealth.add({
          unreadyReason: () => health.unreadyReason(),
          deadReason: () => health.deadReason(),
        });
        observeState(services.metrics, {
          registry,
          awaitedTokens: () => countAwaitedTokens(knex),
          health,
          drift: driftStore,
          orphans,
        });

        services.permissionsRegistry.addResourceType({
          resourceRef: environmentResourceRef,
          permissions: hetznerInfraPermissions.filter(
            permission => permission.type === 'resource',
          ),
          rules: [isEnvironmentOwner],
          getResources: async names => {
            const found = await environmentStore.findByNames(names);
            return names.map(name => found.get(name));
          },
        });
        services.permissionsRegistry.addPermissions(
          hetznerInfraPermissions.filter(
            permission => permission.type === 'basic',
          ),
        );

        const connections = new Connections({
          registry,
          store: connectionStore,
          environments: environmentStore,
          guard,
          installation,
          onChanged: () => announcer.connectionsChanged(),
          now,
        });
        const appraiser = new Appraiser({ facts, settings });
        const approvals = new Approvals({
          environments: environmentStore,
          operations,
          registry,
          appraiser,
          notices: new ApprovalNotices({
            notifications: services.notifications,
            logger,
          }),
          now,
        });
        await services.scheduler.scheduleTask({
          id: 'expire-approvals',
          frequency: { minutes: 1 },
          timeout: { minutes: 1 },
          // A request that nobody had approved when the backup was made may be so by now.
          fn: async () => {
            if (!(await restoration.heldReason())) await approvals.expire();
          },
        });
        const retention = new Retention({
          removeDetails: batch => removeDetails(knex, batch),
          operationDetailsDays: retentionSettings.operationDetailsDays,
          auditor,
          now,
          logger,
        });
        await services.scheduler.scheduleTask({
          ...retentionSettings.schedule,
          id: 'hetzner-infra-retention',
          scope: 'global',
          fn: signal => retention.run(signal),
        });
        const stopping = new AbortController();
        // Whoever watches the portal has no token, and none is needed to read it.
        httpRouter.addAuthPolicy({ path: '/health', allow: 'unauthenticated' });
        httpRouter.use(
          await createRouter({
            access: new Access(services),
            auditor,
            environments: new Environments({
              knex,
              environments: environmentStore,
              operations,
              connections: connectionStore,
              registry,
              appraiser,
              guardrails: new Guardrails({
                settings: guardrailSettings,
                environments: environmentStore,
              }),
              approvals,
              observer,
              owners: new CatalogOwners({ ...services, clock }),
              now,
            }),
            actions,
            approvals,
            environmentStore,
            drift,
            driftStore,
            orphans,
            restoration,
            adoptions: new Adoptions({
              knex,
              installation,
              inventory: orphans,
              environments: environmentStore,
              connections: connectionStore,
              registry,
              appraiser,
              observe,
              buckets,
              settings,
              now,
            }),
            extensions: new Extensions({
              knex,
              environments: environmentStore,
              now,
            }),
            announcer,
            resources: new EnvironmentResources({
              observer,
              facts,
              registry,
              operations,
              settings,
              bootstraps,
            }),
            costs: new EnvironmentCosts({ store: lifetimes, now }),
            operations,
            events: new OperationEvents({
              store: operations,
              signals,
              clock,
              logger,
            }),
            connections,
            registry,
            facts,
            health,
            onStream: () => metrics.streamOpened(),
            stopping: stopping.signal,
          }),
        );

        const following = followConfiguration({
          config,
          registry,
          connections,
          guard,
          auditor,
          logger,
        });
        await sweeps.schedule();
        await services.scheduler.scheduleTask({
          id: 'sealing-keys',
          scope: 'local',
          frequency: { seconds: LOOK_SECONDS },
          timeout: { minutes: 10 },
          fn: () => rotation.look(),
        });
        lifecycle.addStartupHook(() => {
          announcer.start();
          runner.start();
          void connections.checkConfigured(logger, stopping.signal);
        });
        lifecycle.addShutdownHook(async () => {
          // Open streams would keep the server from stopping.
          stopping.abort();
          following.stop();
          await runner.stop();
          await announcer.stop();
          await rotation.stop();
          registry.close();
        });
      },
    });
  },
});
