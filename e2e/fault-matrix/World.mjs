import fs from 'node:fs/promises';
import path from 'node:path';
import { until } from '../backend/until.mjs';
import { BucketApi } from './BucketApi.mjs';
import { byIdentity, makeForeign } from './foreign.mjs';
import { ProjectApi } from './projectApi.mjs';
import { Run } from './EngineRun.mjs';
import { SandboxProcess } from './SandboxProcess.mjs';
import { StorageGate } from './StorageGate.mjs';

/** How many times as fast the cloud is. */
const CLOUD_SPEED = 400;

/** How many times as fast the engine's own time passes: leases, pauses and polls keep the lengths that they have in production. */
const ENGINE_SPEED = 50;

/** As in production, where nothing is configured. */
const LEASE_MS = 30_000;

/**
 * A sandbox with one project and the places in which runs begin: a project with
 * nothing but what is foreign, and one with an environment.
 */
export class World {
  project = 'matrix';
  #runs = 0;

  /**
   * @param {Awaited<ReturnType<typeof import('./bundle.mjs').bundleEngine>>} engine
   * @param {string} folder for its databases; made anew
   */
  static async open(engine, folder) {
    const world = new World();
    world.engine = engine;
    world.folder = folder;
    await fs.rm(folder, { recursive: true, force: true });
    await fs.mkdir(folder, { recursive: true });
    world.sandbox = await SandboxProcess.start(CLOUD_SPEED);
    const keys = await world.sandbox.objectStorageKeys(world.project);
    world.gate = await StorageGate.open(keys.endpoint);
    world.buckets = new BucketApi(keys);
    world.engineOptions = {
      objectStorage: { ...keys, endpoint: world.gate.endpoint },
      token: `${world.project}.engine`,
      installation: 'thisportal01',
      leaseMs: LEASE_MS,
      patient: true,
      fastClock: { speed: ENGINE_SPEED, since: Date.now() },
    };
    try {
      await world.#prepare();
    } catch (error) {
      await world.close();
      throw error;
    }
    return world;
  }

  async #prepare() {
    const { sandbox } = this;
    this.api = new ProjectApi(
      sandbox.hetznerEndpoint,
      `${this.project}.reader`,
    );
    await makeForeign(this.api);
    await this.buckets.makeForeign();
    await this.quiet();
    this.foreign = byIdentity(await this.everything());
    // Prices and types are the same for every project.
    const shop = new this.engine.TestEngine(null, sandbox.hetznerEndpoint, {
      token: 'prices',
    });
    this.catalogue = await shop.catalogue();
    this.empty = { snapshot: await this.#takeSnapshot() };

    const run = await this.begin('empty');
    const create = await run.create('before');
    run.startEngine();
    const ended = await run.ended(create.id);
    await run.close();
    if (ended.state !== 'succeeded') {
      throw new Error(`Not even undisturbed: ${ended.error?.message}`);
    }
    await this.quiet();
    await this.buckets.remember('shop-files');
    this.standing = {
      snapshot: await this.#takeSnapshot(),
      database: run.database,
      operationIds: [create.id],
    };
  }

  async #takeSnapshot() {
    const { id } = await this.sandbox.control('POST', '/snapshots', {
      projects: [this.project],
    });
    return id;
  }

  /** All that stands, at both providers. */
  async everything() {
    return {
      ...(await this.api.everything()),
      buckets: await this.buckets.everything(),
    };
  }

  /** Ends every disturbance, so that who looks is not met by it. */
  async calm() {
    this.gate.calm();
    for (const route of ['/faults', '/fault-plans', '/holds']) {
      await this.sandbox.control('DELETE', route);
    }
  }

  /** Waits until nothing happens in the cloud any more, and what is delayed has come to pass. */
  async quiet() {
    const { sandbox } = this;
    await until('a quiet cloud', async () => {
      const { runningActions } = await sandbox.control('GET', '/clock');
      return runningActions === 0;
    });
    await sandbox.control('POST', '/clock', { advanceSeconds: 120 });
  }

  /**
   * @param {'empty' | 'standing'} place where the run begins
   * @returns {Promise<Run>}
   */
  async begin(place) {
    const { snapshot, database, operationIds = [] } = this[place];
    await this.calm();
    await this.sandbox.control('POST', `/snapshots/${snapshot}/restore`);
    await this.buckets.reset(place === 'standing');
    this.#runs += 1;
    const filename = path.join(this.folder, `${this.#runs}.sqlite`);
    if (database) await fs.copyFile(database, filename);
    return new Run(this, filename, operationIds).open();
  }

  async close() {
    await this.gate.close();
    this.buckets.close();
    await this.sandbox.stop();
    await fs.rm(this.folder, { recursive: true, force: true });
  }
}
