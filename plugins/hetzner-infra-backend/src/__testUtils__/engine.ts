import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  blueprint,
  environmentSchema,
  type Catalogue,
  type ServerTypeChoices,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Knex } from 'knex';
import { Bootstraps } from '../bootstrap/Bootstraps';
import { environmentMaterial } from '../bootstrap/environmentMaterial';
import { PINNED_RELEASE } from '../bootstrap/readK3sRelease';
import { systemClock } from '../clouds/clock';
import {
  connectHetzner,
  type HetznerConnectionOptions,
} from '../clouds/hetzner/connectHetzner';
import type { HetznerConnection } from '../clouds/hetzner';
import {
  hetznerCatalogue,
  readPriceList,
  readServerTypes,
} from '../connections/hetznerCatalogue';
import {
  connectObjectStorage,
  type ObjectStorage,
} from '../clouds/objectStorage';
import { DatabaseEnvironmentBuckets } from '../environments/DatabaseEnvironmentBuckets';
import { DatabaseEnvironmentStore } from '../environments/DatabaseEnvironmentStore';
import { SealedEnvironmentSecrets } from '../environments/SealedEnvironmentSecrets';
import { DatabaseOperationStore } from '../operations/DatabaseOperationStore';
import { isTerminal, purposeOf, type Operation } from '../operations/operation';
import { OperationSignals } from '../operations/OperationSignals';
import type { OperationOptions } from '../operations/operation';
import { PATIENCE, POLL_MS } from '../operations/readRunnerSettings';
import { RevisionDesiredStates } from '../environments/RevisionDesiredStates';
import { OperationRunner } from '../operations/runner';
import { driverOf, observe } from '../resources';
import { Sealer } from '../sealing/Sealer';
import type { ObjectStorageKeys } from './sandboxProcess';

/** How an engine under test differs from the plugin's. */
export interface TestEngineOptions
  extends Pick<HetznerConnectionOptions, 'beforeCall' | 'onCall'> {
  /** Id of the portal. */
  installation?: string;
  /** Names the project of the sandbox. */
  token?: string;
  /** So short that a take-over is a matter of seconds, unless a test says otherwise. */
  leaseMs?: number;
  /** How long after its lease a worker's last call may still have an effect; as long as the lease unless set. */
  strayCallMs?: number;
  /** How patient calls, polls and the loop are: less than in production unless `patient`. */
  patient?: boolean;
  /** What the connection `storage` opens; there is none without it. */
  objectStorage?: ObjectStorageKeys;
  /** Read before by another engine of the same sandbox. */
  catalogue?: Catalogue;
}

/** What makes a failing test end soon. */
const HURRIED = {
  connection: {
    retryLimits: { attempts: 3, baseSeconds: 0.05, capSeconds: 0.2 },
    pollPacing: {
      firstSeconds: 0.02,
      everySeconds: 0.05,
      spendSeconds: 1,
      mostSavedCalls: 8,
    },
  },
  patience: {
    attemptsPerStep: 3,
    basePauseSeconds: 0.05,
    unreachablePauseSeconds: 0.2,
  },
  pollMs: 200,
};

/** A small environment document: one control plane and two workers. */
export function smallEnvironment(
  name: string,
  spec: Record<string, unknown> = {},
) {
  return environmentSchema.parse({
    apiVersion: 'infra.xpeditis.com/v1alpha1',
    kind: 'Environment',
    metadata: { name, owner: 'group:default/platform' },
    spec: {
      connections: { hetzner: 'sandbox' },
      location: 'fsn1',
      adminAccess: { cidrs: ['203.0.113.7/32'] },
      pools: [{ name: 'web', serverType: 'cx43', min: 2, max: 4 }],
      ...spec,
    },
  });
}

/** Fixed, so that a process that goes on after another can open what that one sealed. */
const SEALING_SECRET = Buffer.alloc(32, 'test');

/** Logs nothing: what matters is in the history of operations. */
const silent: LoggerService = {
  error() {},
  warn() {},
  info() {},
  debug() {},
  child: () => silent,
};

/** The operation engine on a real database and a real sandbox, without HTTP. */
export class TestEngine {
  readonly signals = new OperationSignals();
  readonly operations: DatabaseOperationStore;
  readonly environments: DatabaseEnvironmentStore;
  readonly cloud: HetznerConnection;
  readonly storage: ObjectStorage | undefined;
  /** What stands in the way of the connection; nothing unless a test says so. */
  obstacle: Error | undefined;
  readonly #secrets: SealedEnvironmentSecrets;
  #catalogue: Catalogue | undefined;

  constructor(
    readonly knex: Knex,
    hetznerEndpoint: string,
    private readonly options: TestEngineOptions = {},
  ) {
    this.operations = new DatabaseOperationStore({
      knex,
      signals: this.signals,
    });
    this.environments = new DatabaseEnvironmentStore(knex);
    this.#secrets = new SealedEnvironmentSecrets(
      knex,
      new Sealer([{ id: 'test', secret: SEALING_SECRET }]),
    );
    const { token = 'sandbox', patient, beforeCall, onCall } = options;
    this.cloud = connectHetzner({
      beforeCall,
      onCall,
      token,
      endpoint: hetznerEndpoint,
      ...(patient ? {} : HURRIED.connection),
    });
    this.storage =
      options.objectStorage &&
      connectObjectStorage({
        ...options.objectStorage,
        scope: { beforeCall, onCall },
      });
    this.#catalogue = options.catalogue;
  }

  async catalogue(): Promise<Catalogue> {
    this.#catalogue ??= hetznerCatalogue(
      'sandbox',
      {
        ...(await readPriceList(this.cloud)),
        serverTypes: await readServerTypes(this.cloud),
      },
      new Date(),
    );
    return this.#catalogue;
  }

  /** What is in object storage of an environment. */
  buckets(environmentId: string): DatabaseEnvironmentBuckets {
    const { knex, storage } = this;
    return new DatabaseEnvironmentBuckets(
      {
        knex,
        objectStorage: async () => {
          if (!storage) throw new Error('There is no object storage here.');
          return storage;
        },
        now: () => new Date(),
      },
      environmentId,
    );
  }

  /** Ends its sockets. */
  close() {
    this.cloud.close();
    this.storage?.close();
  }

  /** A worker of its own; stop it in the end. */
  runner(worker = 'worker-1'): OperationRunner {
    const {
      installation = 'testinstall1',
      leaseMs = 2000,
      strayCallMs = leaseMs,
      patient,
    } = this.options;
    return new OperationRunner(
      {
        store: this.operations,
        desiredStates: new RevisionDesiredStates({
          installation,
          egressCidrs: ['127.0.0.1/32'],
          environments: this.environments,
          cloud: async () => {
            if (this.obstacle) throw this.obstacle;
            return this.cloud;
          },
          buckets: id => this.buckets(id),
          catalogue: () => this.catalogue(),
          material: ({ environmentId, environment }) =>
            environmentMaterial({
              environmentId,
              environment,
              store: this.#secrets,
              now: () => new Date(),
            }),
          bootstraps: new Bootstraps({
            secrets: this.#secrets,
            release: PINNED_RELEASE,
            now: () => new Date(),
          }),
        }),
        driver: driverOf,
        observe,
        clock: systemClock,
        leaseMs,
        strayCallMs,
        patience: patient ? PATIENCE : HURRIED.patience,
      },
      this.signals,
      silent,
      {
        worker,
        concurrency: 4,
        pollMs: patient ? POLL_MS : HURRIED.pollMs,
      },
    );
  }

  /** Stores an environment and queues its create. */
  async submitCreate(
    document: ReturnType<typeof smallEnvironment>,
    options: OperationOptions = {},
  ): Promise<Operation> {
    const { choices } = blueprint(document, {
      catalogue: await this.catalogue(),
      egressCidrs: [],
    });
    const now = new Date();
    const operation = await this.knex.transaction(async tx => {
      const environment = await this.environments.create(
        {
          name: document.metadata.name,
          owner: document.metadata.owner,
          connection: 'sandbox',
          location: document.spec.location,
          document,
          choices,
          monthly: [],
          by: 'user:default/jo',
        },
        now,
        tx,
      );
      const submitted = await this.operations.submit(
        {
          environmentId: environment.id,
          goal: 'apply',
          revision: 1,
          initiator: 'user:default/jo',
          options,
        },
        now,
        tx,
      );
      return submitted.operation;
    });
    this.operations.wake(operation.id);
    return operation;
  }

  /** Stores a changed document and queues the change. */
  async submitChange(
    document: ReturnType<typeof smallEnvironment>,
  ): Promise<Operation> {
    const environment = (await this.environments.findByName(
      document.metadata.name,
    ))!;
    const { choices } = blueprint(document, {
      catalogue: await this.catalogue(),
      egressCidrs: [],
      recordedChoices: environment.choices as ServerTypeChoices,
    });
    const now = new Date();
    const operation = await this.knex.transaction(async tx => {
      const changed = await this.environments.change(
        environment.id,
        {
          owner: environment.owner,
          document,
          choices,
          monthly: [],
          by: 'user:default/jo',
          expectedRevision: environment.revision,
        },
        now,
        tx,
      );
      const submitted = await this.operations.submit(
        {
          environmentId: environment.id,
          goal: 'apply',
          revision: changed.revision,
          previousRevision: environment.revision,
          initiator: 'user:default/jo',
          options: {},
        },
        now,
        tx,
      );
      return submitted.operation;
    });
    this.operations.wake(operation.id);
    return operation;
  }

  /** Queues what a failed operation did not reach, as a person does who tries again. */
  async submitRetry(failed: Operation): Promise<Operation> {
    const { id, environmentId, goal, revision, previousRevision } = failed;
    const { operation } = await this.operations.submit(
      {
        environmentId,
        goal,
        revision,
        previousRevision,
        initiator: 'user:default/jo',
        options: { ...failed.options, retryOf: id, purpose: purposeOf(failed) },
      },
      new Date(),
    );
    return operation;
  }

  /** Queues the removal of an environment. */
  async submitRemoval(
    name: string,
    options: Pick<OperationOptions, 'data' | 'bucket'> = { data: 'delete' },
  ): Promise<Operation> {
    const environment = (await this.environments.findByName(name))!;
    const { operation } = await this.operations.submit(
      {
        environmentId: environment.id,
        goal: 'remove',
        revision: environment.revision,
        initiator: 'user:default/jo',
        options,
      },
      new Date(),
    );
    return operation;
  }

  /** What is kept sealed for an environment, opened, by name. @throws SealingError */
  async secretsOf(environmentId: string): Promise<Record<string, string>> {
    const names: string[] = await this.knex('environment_secrets')
      .where('environment_id', environmentId)
      .pluck('name');
    const entries = names.map(
      async name =>
        [name, await this.#secrets.get(environmentId, name)] as const,
    );
    return Object.fromEntries(await Promise.all(entries)) as Record<
      string,
      string
    >;
  }

  /** Waits until an operation is as expected. Rejects after a minute with what it is instead. */
  async until(
    operationId: string,
    expected: (operation: Operation) => boolean | Promise<boolean>,
  ): Promise<Operation> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const operation = (await this.operations.find(operationId))!;
      if (await expected(operation)) return operation;
      if (Date.now() > deadline) {
        const steps = await this.operations.steps([operationId]);
        throw new Error(
          `Operation ${operationId} is ${JSON.stringify(
            operation,
          )} with ${JSON.stringify(steps.get(operationId))}`,
        );
      }
      await new Promise(resolve => setTimeout(resolve, 25));
    }
  }

  /** Waits until an operation has ended. */
  ended(operationId: string): Promise<Operation> {
    return this.until(operationId, ({ state }) => isTerminal(state));
  }

  /** Names of all that exists in the project, by collection; empty collections are left out. */
  async standing(): Promise<Record<string, string[]>> {
    const collections = [
      '/servers',
      '/networks',
      '/firewalls',
      '/load_balancers',
      '/placement_groups',
      '/certificates',
      '/ssh_keys',
    ] as const;
    const entries = await Promise.all(
      collections.map(async path => {
        const items = (await this.cloud.listAll(path)) as { name: string }[];
        return [path.slice(1), items.map(({ name }) => name).sort()] as const;
      }),
    );
    return Object.fromEntries(entries.filter(([, names]) => names.length > 0));
  }
}
