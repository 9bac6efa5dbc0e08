import fastify from 'fastify';
import { z } from 'zod';
import { DrivenClock, systemClock } from './clock';
import { ControlState } from './control/controlState';
import { pageRoute } from './control/page';
import { controlApi } from './control/routes';
import { HETZNER_PREFIX, hetznerApi } from './hetzner/api';
import { CallNumbers } from './hetzner/callNumbers';
import { Cloud } from './hetzner/cloud';
import { Holds } from './hetzner/holds';
import type { Judge } from './judge/judge';
import { claimAddressBlock } from './machines/addressBlock';
import { Machines } from './machines/Machines';
import { ObjectStorage, type IssuedKeys } from './objectStorage/ObjectStorage';
import { cacheFolder } from './programs/cache';
import { EventRecord } from './record';
import { settingsChange } from './settings';
import { StateFolder } from './stateFolder';
import { lockState } from './stateLock';

/** How a sandbox is to run. */
export interface SandboxOptions {
  host: string;
  /** 0 picks a free one. */
  port: number;
  /** Folder of the state. */
  state: string;
  settings?: z.infer<typeof settingsChange>;
  judge?: Judge;
  /** Runs an S3 server too; absent for none. */
  objectStorage?: {
    /** 0 picks a free one. */
    port: number;
    /** Keys that are there from the start. */
    known?: IssuedKeys;
  };
  /** Lets servers boot from their user data; without it they only have a state. */
  machines?: boolean;
  /** Told of what goes wrong in the background. */
  report?: (problem: string) => void;
}

/** A sandbox that accepts requests. */
export interface Sandbox {
  url: string;
  objectStorage?: ObjectStorage;
  machines?: Machines;
  /** Saves the state and ends every connection. */
  close(): Promise<void>;
}

/**
 * Starts a sandbox.
 *
 * @throws StateError when the folder holds something else than state, or is another sandbox's
 * @throws an error with code EADDRINUSE when the port is taken
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const unlock = lockState(options.state);
  try {
    const sandbox = await serve(options);
    return { ...sandbox, close: () => sandbox.close().finally(unlock) };
  } catch (error) {
    unlock();
    throw error;
  }
}

async function serve(options: SandboxOptions): Promise<Sandbox> {
  const { judge } = options;
  const report =
    options.report ?? (problem => process.stderr.write(`${problem}\n`));
  const state = new StateFolder(options.state);
  const control = new ControlState(state, options.settings ?? {}, report);
  const record = new EventRecord();
  const clock = new DrivenClock(systemClock, control.clock);
  const cloud = new Cloud(state, clock, record, () => control.settings, report);
  const numbers = new CallNumbers();
  const holds = new Holds();

  const objectStorage =
    options.objectStorage &&
    (await ObjectStorage.open({
      ...options.objectStorage,
      state,
      host: options.host,
      report,
    }));

  const addresses = options.machines
    ? await claimAddressBlock(state, cacheFolder())
    : undefined;
  cloud.publicSecondByte = addresses?.secondByte ?? cloud.publicSecondByte;
  const machines =
    addresses && new Machines({ cloud, folder: options.state, report });

  const server = fastify({ forceCloseConnections: true });
  await server.register(
    hetznerApi({
      cloud,
      record,
      report,
      numbers,
      holds,
      inject: call => control.inject(call),
      observe: judge && (exchange => judge.check(exchange)),
    }),
    { prefix: HETZNER_PREFIX },
  );
  await server.register(
    controlApi({
      cloud,
      control,
      record,
      numbers,
      holds,
      judge,
      objectStorage,
      machines,
    }),
    { prefix: '/control' },
  );
  await server.register(
    pageRoute({ cloud, control, holds, objectStorage, machines }),
  );
  let url: string;
  try {
    url = await server.listen({ host: options.host, port: options.port });
  } catch (error) {
    await objectStorage?.close();
    await machines?.close();
    addresses?.release();
    throw error;
  }
  cloud.start();
  machines?.start();
  return {
    url,
    objectStorage,
    machines,
    async close() {
      cloud.stop();
      holds.clear();
      await server.close();
      await objectStorage?.close();
      await machines?.close();
      addresses?.release();
      await state.flush();
    },
  };
}
