import { randomBytes } from 'node:crypto';
import {
  differences,
  type ActualResource,
  type Difference,
  type Owner,
  type ProviderId,
  type ResourceKind,
  type ResourceNode,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { environmentMaterial } from '../bootstrap/environmentMaterial';
import { connectHetzner, type HetznerConnection } from '../clouds/hetzner';
import type { SandboxProcess } from './sandboxProcess';
import { driverOf } from '../resources/drivers';
import type { EnvironmentBuckets } from '../resources/EnvironmentBuckets';
import { noBuckets } from '../resources/EnvironmentBuckets';
import { observe } from '../resources/observe';
import type { ChangeContext } from '../resources/ResourceDriver';

/** User data of the server with this key: enough for a driver, which does not read it. */
export const userDataFor = (serverKey: string) =>
  `#cloud-config\n# ${serverKey}\n`;

const randomId = () => randomBytes(6).toString('hex');

/** A project of its own in the sandbox, and an environment in it. */
export class TestProject {
  /** Each token is a project in the sandbox. */
  readonly token: string;
  readonly cloud: HetznerConnection;
  readonly owner: Owner;
  /** What the drivers said they did. */
  readonly logged: string[] = [];
  /** Percentages that the last change told. */
  progress: number[] = [];
  /** None unless a test says otherwise. */
  buckets: EnvironmentBuckets = noBuckets;
  readonly #known = new Map<string, ProviderId>();
  readonly #secrets = new Map<string, string>();

  constructor(
    sandbox: Pick<SandboxProcess, 'hetznerEndpoint'>,
    { token = randomId(), owner }: { token?: string; owner?: Owner } = {},
  ) {
    this.token = token;
    this.cloud = connectHetzner({
      token,
      endpoint: sandbox.hetznerEndpoint,
      pollPacing: {
        firstSeconds: 0.01,
        everySeconds: 0.02,
        spendSeconds: 1,
        mostSavedCalls: 8,
      },
      retryLimits: { attempts: 20, baseSeconds: 0.02, capSeconds: 0.1 },
    });
    this.owner = owner ?? {
      installation: 'installation',
      environmentId: randomId(),
      environment: 'xpeditis-prod',
    };
  }

  context(overrides: Partial<ChangeContext> = {}): ChangeContext {
    this.progress = [];
    const { owner, cloud } = this;
    return {
      cloud,
      buckets: this.buckets,
      withData: [],
      owner,
      operationId: 'operation-1',
      generation: 1,
      known: {
        idOf: <K extends ResourceKind>(kind: K, key: string) => {
          const found = this.#known.get(`${kind} ${key}`);
          if (found === undefined) {
            throw new Error(`There is no ${kind} ${key} yet`);
          }
          return found as ProviderId<K>;
        },
      },
      material: {
        ...environmentMaterial({
          environmentId: owner.environmentId,
          environment: owner.environment,
          now: () => new Date('2026-11-23T12:00:00Z'),
          store: {
            get: async (_id, name) => this.#secrets.get(name),
            putOnce: async (_id, name, value) => {
              if (!this.#secrets.has(name)) this.#secrets.set(name, value);
              return this.#secrets.get(name)!;
            },
          },
        }),
        userData: async key => userDataFor(key),
      },
      signal: new AbortController().signal,
      onProgress: percent => this.progress.push(percent),
      log: ({ text }) => this.logged.push(text),
      ...overrides,
    };
  }

  /** Lets others refer to a resource. */
  know({ kind, key, providerId }: ActualResource) {
    this.#known.set(`${kind} ${key}`, providerId);
  }

  /** Creates what is wanted, and lets others refer to it. */
  async make<K extends ResourceKind>(
    node: ResourceNode<K>,
    overrides: Partial<ChangeContext> = {},
  ): Promise<ProviderId<K>> {
    const { providerId } = await driverOf(node.kind as K).create(
      node,
      this.context(overrides),
    );
    this.#known.set(`${node.kind} ${node.key}`, providerId);
    return providerId;
  }

  /** The same, and reads what was made. */
  async create<K extends ResourceKind>(
    node: ResourceNode<K>,
    overrides: Partial<ChangeContext> = {},
  ): Promise<ActualResource<K>> {
    const providerId = await this.make(node, overrides);
    const made = (await this.observe([node as ResourceNode])).find(
      resource =>
        resource.kind === node.kind && resource.providerId === providerId,
    );
    if (!made) throw new Error(`Nobody sees the new ${node.kind} ${node.key}`);
    return made as ActualResource<K>;
  }

  /** Creates nodes one after the other. */
  async createAll(nodes: readonly ResourceNode[]): Promise<void> {
    for (const node of nodes) await this.make(node);
  }

  /** Updates what exists to what is wanted, as a plan would ask for it. */
  async update<K extends ResourceKind>(
    node: ResourceNode<K>,
    overrides: Partial<ChangeContext> = {},
  ): Promise<ActualResource<K>> {
    const actual = await this.find(node);
    await driverOf(node.kind as K).update(
      node,
      actual,
      differences(node, actual),
      this.context(overrides),
    );
    return this.find(node);
  }

  async remove<K extends ResourceKind>(
    actual: ActualResource<K>,
    overrides: Partial<ChangeContext> = {},
  ): Promise<void> {
    await driverOf(actual.kind as K).remove(actual, this.context(overrides));
  }

  observe(wanted?: readonly ResourceNode[]): Promise<ActualResource[]> {
    const { cloud, buckets, owner } = this;
    return observe({ cloud, buckets, owner, wanted });
  }

  /** What is observed of one node. */
  async find<K extends ResourceKind>(
    node: ResourceNode<K>,
  ): Promise<ActualResource<K>> {
    const [found, ...more] = (
      await this.observe([node as ResourceNode])
    ).filter(({ kind, key }) => kind === node.kind && key === node.key);
    if (!found || more.length > 0) {
      throw new Error(`There are ${found ? 'several' : 'no'} ${node.key}`);
    }
    return found as ActualResource<K>;
  }

  /** In what the observed resource differs from the node. */
  async differencesOf<K extends ResourceKind>(
    node: ResourceNode<K>,
  ): Promise<Difference[]> {
    return differences(node, await this.find(node));
  }
}
