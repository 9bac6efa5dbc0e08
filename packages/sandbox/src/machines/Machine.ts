import { rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { ProgramSet } from '../programs/ProgramSet';
import { readFirstBoot } from './cloudInit/cloudConfig';
import { wantedUnits } from './cloudInit/units';
import { textOfUserData } from './cloudInit/userData';
import { Console } from './Console';
import { Disk } from './disk';
import { runAgent } from './k3s/agent';
import type { Clusters } from './k3s/Cluster';
import { runServer } from './k3s/server';
import { K3sUnit, readK3sUnit } from './k3s/unitFile';
import type { Surroundings } from './Surroundings';
import { pause } from './wait';

const UNITS = '/etc/systemd/system';
const INSTANCE = '/var/lib/cloud/instance/sandbox.json';

/** Units of the user data wait this long before they start again: `RestartSec` of k3s. */
const RESTART_MS = 5_000;

const DEFAULT_VERSION = 'v1.36.3+k3s1';

/** What is known of the first boot of a disk. */
const instance = z.object({
  /** Which disk of the server: a rebuilt server has a new one. */
  number: z.number(),
  units: z.array(
    z.object({
      name: z.string(),
      isStarted: z.boolean(),
      isEnabled: z.boolean(),
    }),
  ),
});

/** How a machine starts. */
export interface Boot {
  userData: string;
  /** Which disk of the server it is. */
  instance: number;
  /** Waits as long as a real one needs until its services start. */
  delay: (signal: AbortSignal) => Promise<void>;
}

/** What a machine works with. */
export interface MachineOptions {
  /** Folder of its disk, console and logs. */
  folder: string;
  surroundings: Surroundings;
  programs: ProgramSet;
  clusters: Clusters;
}

/** What a person is told about a machine. */
export interface MachineView {
  server: number;
  name: string;
  state: 'off' | 'booting' | 'running' | 'waiting' | 'failing';
  /** What runs on it: a control plane, a worker or nothing. */
  role: 'server' | 'agent' | null;
  console: readonly string[];
}

/** A machine that boots from its user data, and its disk. */
export class Machine {
  readonly #console: Console;
  readonly #disk: Disk;
  #state: MachineView['state'] = 'off';
  #role: MachineView['role'] = null;
  #power = new AbortController();
  #work: Promise<void> = Promise.resolve();

  constructor(private readonly options: MachineOptions) {
    this.#console = new Console(path.join(options.folder, 'console.log'));
    this.#disk = new Disk(path.join(options.folder, 'disk'));
    this.#power.abort();
  }

  get view(): MachineView {
    const { serverId, hostName } = this.options.surroundings;
    return {
      server: serverId,
      name: hostName,
      state: this.#state,
      role: this.#role,
      console: this.#console.lines,
    };
  }

  get isOn(): boolean {
    return !this.#power.signal.aborted;
  }

  /** Starts it, once it is off. */
  powerOn(boot: Boot): void {
    const power = new AbortController();
    this.#power = power;
    this.#work = this.#work
      .then(() => this.#run(boot, power.signal))
      .catch(error => {
        if (!power.signal.aborted) {
          this.#state = 'failing';
          this.#console.say('sandbox', (error as Error).message);
        }
      });
  }

  /** Cuts its power; resolves when nothing of it runs. */
  async powerOff(): Promise<void> {
    if (!this.isOn) return;
    this.#power.abort();
    await this.#work;
    this.#state = 'off';
    this.#role = null;
    this.#console.say('kernel', 'power off');
  }

  /** Ends it and deletes all that it kept. */
  async remove(): Promise<void> {
    await this.powerOff();
    rmSync(this.options.folder, { recursive: true, force: true });
  }

  async #run(boot: Boot, signal: AbortSignal): Promise<void> {
    this.#state = 'booting';
    const say = (part: string, text: string) => this.#console.say(part, text);
    const known = this.#instance();
    const isFirst = known?.number !== boot.instance;
    say('kernel', `booting ${this.options.surroundings.hostName}`);
    await boot.delay(signal);
    signal.throwIfAborted();
    const { units } = isFirst ? this.#firstBoot(boot) : known;
    const wanted = units.filter(unit =>
      isFirst ? unit.isStarted : unit.isEnabled,
    );
    this.#state = 'running';
    for (const { name } of wanted) {
      const text = this.#disk.read(`${UNITS}/${name}`);
      const unit = text && readK3sUnit(text, file => this.#disk.read(file));
      if (!unit) {
        say('systemd', `started ${name}`);
        continue;
      }
      await this.#runK3s(name, unit, signal);
    }
  }

  #instance() {
    const text = this.#disk.read(INSTANCE);
    return text === undefined ? undefined : instance.parse(JSON.parse(text));
  }

  /** Does what cloud-init does once: writes the files and finds out what starts. */
  #firstBoot(boot: Boot): z.infer<typeof instance> {
    const say = (text: string) => this.#console.say('cloud-init', text);
    rmSync(this.#disk.folder, { recursive: true, force: true });
    let text = '';
    try {
      text = textOfUserData(boot.userData);
    } catch (error) {
      say(`user data cannot be unpacked: ${(error as Error).message}`);
    }
    const firstBoot = readFirstBoot(text);
    for (const problem of firstBoot.problems) say(problem);
    for (const file of firstBoot.files) {
      this.#disk.writeBootFile(file);
      say(`wrote ${file.path}`);
    }
    const result = { number: boot.instance, units: wantedUnits(firstBoot) };
    this.#disk.write(INSTANCE, JSON.stringify(result));
    say('finished');
    return result;
  }

  async #runK3s(
    name: string,
    unit: K3sUnit,
    signal: AbortSignal,
  ): Promise<void> {
    const { surroundings, programs, clusters, folder } = this.options;
    const say = (text: string) => this.#console.say('k3s', text);
    this.#role = unit.role;
    if (programs.view.state === 'preparing') {
      this.#state = 'waiting';
      say(`waiting for the programs: ${programs.view.reason}`);
    }
    const paths = await Promise.race([
      programs.ready(),
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
    ]);
    while (!signal.aborted) {
      this.#state = 'running';
      this.#console.say('systemd', `starting ${name}`);
      try {
        await (unit.role === 'server' ? runServer : runAgent)({
          unit: {
            ...unit,
            // What a drop-in or a file of variables says may have changed.
            ...(readK3sUnit(this.#disk.read(`${UNITS}/${name}`) ?? '', file =>
              this.#disk.read(file),
            ) ?? {}),
          },
          disk: this.#disk,
          surroundings,
          clusters,
          programs: paths,
          logs: path.join(folder, 'logs'),
          version: this.#version(unit),
          say,
          signal,
        });
      } catch (error) {
        if (signal.aborted) return;
        this.#state = 'failing';
        say(`failed: ${(error as Error).message}`);
      }
      await pause(RESTART_MS, signal).catch(() => {});
    }
  }

  /** The version of k3s that the user data pins, by the address of its release. */
  #version({ environment }: K3sUnit): string {
    const found = Object.values(environment)
      .map(value => /v\d+\.\d+\.\d+(?:\+|%2B)k3s\d+/i.exec(value)?.[0])
      .find(Boolean);
    return found?.replace(/%2B/i, '+') ?? DEFAULT_VERSION;
  }
}
