import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import type { Program } from '../programs/program';
import { findProgram } from '../programs/findProgram';
import { versitygw } from '../programs/versitygw';
import type { StateFolder } from '../stateFolder';
import { answerAbsence, type Absence } from './absence';
import { admit, refuse } from './accounts';
import { LOCATION, startGateway, type Gateway, type KeyPair } from './gateway';

const FOLDER = 'object-storage';
const KEYS = path.join(FOLDER, 'keys.json');

const content = z.object({
  root: z.object({ accessKey: z.string(), secretKey: z.string() }),
  issued: z.array(
    z.object({
      project: z.string(),
      accessKey: z.string(),
      secretKey: z.string(),
    }),
  ),
});

/** A pair of keys and the project that it is for. */
export type IssuedKeys = z.infer<typeof content>['issued'][number];

/** How the object storage is run. */
export interface ObjectStorageOptions {
  state: StateFolder;
  host: string;
  /** 0 picks a free one. */
  port: number;
  report: (problem: string) => void;
  /** Keys that are there from the start. */
  known?: IssuedKeys;
  program?: Program;
  env?: NodeJS.ProcessEnv;
}

/** What a person is told. */
export interface ObjectStorageView {
  state: 'preparing' | 'running' | 'missing';
  /** Why it does not run, in a sentence. */
  reason?: string;
  endpoint: string;
  region: string;
}

const random = (bytes: number) => randomBytes(bytes).toString('hex');

/**
 * Object storage of one location, by a real S3 server that runs beside the
 * sandbox. Until its program is there, and if it cannot be had, every request
 * is answered with the reason.
 */
export class ObjectStorage {
  #keys: z.infer<typeof content>;
  #status: Pick<ObjectStorageView, 'state' | 'reason'> = {
    state: 'preparing',
    reason: 'The S3 server is being looked for.',
  };
  #program = '';
  #absence: Absence | undefined;
  #gateway: Gateway | undefined;
  #port: number;
  #work: Promise<void> = Promise.resolve();
  readonly #closing = new AbortController();

  private constructor(private readonly options: ObjectStorageOptions) {
    this.#port = options.port;
    this.#keys = options.state.read(KEYS, content) ?? {
      root: { accessKey: `root-${random(8)}`, secretKey: random(24) },
      issued: [],
    };
  }

  /**
   * Listens at once and brings the server in the background.
   *
   * @throws StateError when the folder holds something else than state
   * @throws an error with code EADDRINUSE when the port is taken
   */
  static async open(options: ObjectStorageOptions): Promise<ObjectStorage> {
    const storage = new ObjectStorage(options);
    await storage.#begin();
    return storage;
  }

  get view(): ObjectStorageView {
    return {
      ...this.#status,
      endpoint: `http://${this.options.host}:${this.#port}`,
      region: LOCATION,
    };
  }

  /** Resolves when the server runs, or is known not to be had. */
  async settled(): Promise<ObjectStorageView> {
    await this.#work;
    return this.view;
  }

  /** Every issued pair, without its secret. */
  list(): Omit<IssuedKeys, 'secretKey'>[] {
    return this.#keys.issued.map(({ project, accessKey }) => ({
      project,
      accessKey,
    }));
  }

  /**
   * Makes a pair of keys for a project.
   *
   * @throws Error while the server does not run
   */
  async issue(project: string): Promise<IssuedKeys> {
    const keys = { project, accessKey: random(10), secretKey: random(20) };
    await admit(this.#server(), keys);
    await this.#keep([...this.#keys.issued, keys]);
    return keys;
  }

  /**
   * Takes a pair of keys back; its buckets stay.
   *
   * @returns whether there was such a pair
   * @throws Error while the server does not run
   */
  async revoke(accessKey: string): Promise<boolean> {
    const left = this.#keys.issued.filter(
      issued => issued.accessKey !== accessKey,
    );
    if (left.length === this.#keys.issued.length) return false;
    await refuse(this.#server(), accessKey);
    await this.#keep(left);
    return true;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#work.catch(() => {});
    await this.#absence?.close();
    await this.#gateway?.close();
  }

  async #begin(): Promise<void> {
    const { host } = this.options;
    this.#absence = await answerAbsence(
      host,
      this.#port,
      () => this.#status.reason ?? 'The S3 server does not run.',
    );
    this.#port = this.#absence.port;
    this.#work = this.#start().catch(error => {
      this.#status = { state: 'missing', reason: error.message };
      if (!this.#closing.signal.aborted) {
        this.options.report(`There is no object storage. ${error.message}`);
      }
    });
  }

  async #start(): Promise<void> {
    const { state, host, known, env = process.env } = this.options;
    const { signal } = this.#closing;
    // Also when nothing is asked of it any more: what was kept must be whole.
    await state.save(KEYS, () => this.#keys);
    this.#program = await findProgram(this.options.program ?? versitygw(), {
      env,
      signal,
      report: sentence => {
        this.#status = { state: 'preparing', reason: sentence };
        this.options.report(sentence);
      },
    });
    if (signal.aborted) return;
    await this.#absence?.close();
    this.#absence = undefined;
    const gateway = await startGateway({
      program: this.#program,
      host,
      port: this.#port,
      folder: path.join(state.folder, FOLDER),
      root: this.#keys.root,
    });
    this.#gateway = gateway;
    if (known) {
      await admit(this.#server(), known);
      await this.#keep([
        ...this.#keys.issued.filter(k => k.accessKey !== known.accessKey),
        known,
      ]);
    }
    this.#status = { state: 'running' };
    gateway.ended.then(said => {
      if (signal.aborted) return;
      const reason = `The S3 server ended: ${said}`;
      this.#status = { state: 'missing', reason };
      this.options.report(reason);
    });
  }

  #server() {
    if (!this.#gateway) {
      throw new Error(this.#status.reason ?? 'The S3 server does not run.');
    }
    return {
      program: this.#program,
      url: this.#gateway.url,
      root: this.#keys.root satisfies KeyPair,
    };
  }

  async #keep(issued: IssuedKeys[]): Promise<void> {
    this.#keys = { ...this.#keys, issued };
    await this.options.state.save(KEYS, () => this.#keys);
  }
}
