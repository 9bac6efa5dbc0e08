import fs from 'node:fs/promises';
import { until } from '../backend/until.mjs';
import { documentNamed } from './documents.mjs';
import { EngineProcess } from './EngineProcess.mjs';

/** One environment in one database, and the engine that works on it. */
export class Run {
  #engineProcess;

  constructor(world, database, operationIds) {
    this.world = world;
    this.database = database;
    this.operationIds = [...operationIds];
  }

  async open() {
    const { engine, sandbox, catalogue } = this.world;
    this.knex = await engine.openEngineDatabase({ filename: this.database });
    this.desk = new engine.TestEngine(this.knex, sandbox.hetznerEndpoint, {
      token: 'desk',
      catalogue,
    });
    return this;
  }

  /** @param {'before' | 'after'} which document */
  create(which) {
    return this.#asked(this.desk.submitCreate(this.#document(which)));
  }

  change(which) {
    return this.#asked(this.desk.submitChange(this.#document(which)));
  }

  remove() {
    return this.#asked(this.desk.submitRemoval('shop'));
  }

  retry(operation) {
    return this.#asked(this.desk.submitRetry(operation));
  }

  #document(which) {
    return this.world.engine.environmentSchema.parse(documentNamed(which));
  }

  async #asked(submitted) {
    const operation = await submitted;
    this.operationIds.push(operation.id);
    return operation;
  }

  /** A fresh process goes on with what is queued. */
  startEngine() {
    const { engine, sandbox, engineOptions } = this.world;
    this.#engineProcess = new EngineProcess(
      engine.enginePath,
      sandbox.hetznerEndpoint,
      { filename: this.database },
      engineOptions,
    );
  }

  async killEngine() {
    await this.#engineProcess?.kill();
    this.#engineProcess = undefined;
  }

  /** Waits until an operation is as expected. @throws Error with how it stands when patience ends */
  async until(operationId, expected) {
    try {
      return await until('the operation', async () => {
        const operation = await this.desk.operations.find(operationId);
        if (this.#engineProcess?.failure) {
          throw new Error(this.#engineProcess.failure);
        }
        return (await expected(operation)) && operation;
      });
    } catch (error) {
      const steps = await this.desk.operations.steps([operationId]);
      const left = (steps.get(operationId) ?? [])
        .filter(({ state }) => !['succeeded', 'skipped'].includes(state))
        .map(({ title, state }) => `${title}: ${state}`);
      throw new Error(`${error.message} Left: ${left.join('; ') || 'nothing'}`);
    }
  }

  ended(operationId) {
    return this.until(operationId, ({ finishedAt }) => finishedAt);
  }

  /** What stands and what is stored when all is done. */
  async result(operation) {
    const { world, desk } = this;
    await world.calm();
    await world.quiet();
    const environment = await desk.environments.find(operation.environmentId);
    return {
      everything: await world.everything(),
      operationIds: this.operationIds,
      environment,
      secrets: await desk.secretsOf(environment.id).catch(error => error),
    };
  }

  async close() {
    await this.killEngine();
    this.desk.cloud.close();
    await this.knex.destroy();
  }

  /** The database is not needed any more. */
  async forget() {
    await fs.rm(this.database, { force: true });
  }
}
