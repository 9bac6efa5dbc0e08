import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Cloud } from '../hetzner/cloud';
import { serverTypeNamed } from '../hetzner/catalogue/serverTypes';
import { authenticate } from '../hetzner/authentication';
import type { Project } from '../hetzner/project';
import { publicIpv4Of } from '../hetzner/resources/primaryIps/primaryIp';
import type { Server } from '../hetzner/resources/servers/server';
import { kubernetesPrograms } from '../programs/kubernetes';
import { ProgramSet } from '../programs/ProgramSet';
import { Clusters } from './k3s/Cluster';
import { Machine, MachineView } from './Machine';
import { isOn, localAddress, route } from './network';
import type { CloudServer, Surroundings } from './Surroundings';

const FOLDER = 'machines';

/**
 * From power on until services start, in seconds: public reports for stock
 * images are 10 to 25.
 */
const BOOT_SECONDS = 12;

/** How machines are run. */
export interface MachinesOptions {
  cloud: Cloud;
  /** Folder of the state. */
  folder: string;
  report: (problem: string) => void;
  env?: NodeJS.ProcessEnv;
}

interface Entry {
  machine: Machine;
  /** Which start of the server it runs; undefined while it is off. */
  boot: number | undefined;
  /** Changes of its power, one after another. */
  work: Promise<void>;
}

/**
 * The machines of all servers: one for each, on while its server is. They
 * follow the cloud's state, whoever changed it.
 */
export class Machines {
  readonly programs: ProgramSet;
  readonly #entries = new Map<number, Entry>();
  readonly #clusters = new Clusters();
  readonly #removals = new Set<Promise<void>>();
  #isClosing = false;
  /** Machines that run when the sandbox starts had booted before. */
  #isStarting = true;

  constructor(private readonly options: MachinesOptions) {
    this.programs = new ProgramSet(
      'Kubernetes',
      kubernetesPrograms(),
      options.report,
      options.env,
    );
  }

  /** Starts the machines of running servers and follows the cloud from now on. */
  start(): void {
    const { cloud } = this.options;
    this.#forgetOthers();
    this.settle();
    this.#isStarting = false;
    cloud.onChange(() => this.settle());
  }

  /** Every machine that has been on. */
  get views(): (MachineView & { project: string })[] {
    return this.#servers().flatMap(({ project, server }) => {
      const entry = this.#entries.get(server.id);
      return entry ? [{ project: project.name, ...entry.machine.view }] : [];
    });
  }

  /** Brings each machine into the state of its server. */
  settle(): void {
    if (this.#isClosing) return;
    const servers = this.#servers();
    const ids = new Set(servers.map(({ server }) => server.id));
    for (const [id, entry] of this.#entries) {
      if (ids.has(id)) continue;
      this.#entries.delete(id);
      const removal = entry.work
        .then(() => entry.machine.remove())
        .catch(error => this.#failed(error));
      this.#removals.add(removal);
      removal.finally(() => this.#removals.delete(removal));
    }
    for (const { project, server } of servers) this.#settle(project, server);
  }

  /** Ends every machine as a loss of power would; their disks stay. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.programs.close();
    await Promise.all(
      [...this.#entries.values()].map(async ({ work, machine }) => {
        await work;
        await machine.powerOff();
      }),
    );
    await Promise.all(this.#removals);
    await this.#clusters.close();
  }

  #settle(project: Project, server: Server): void {
    let entry = this.#entries.get(server.id);
    const boot = isOn(server) ? server.boots : undefined;
    if (boot === entry?.boot) return;
    if (!entry) {
      const machine = new Machine({
        folder: path.join(this.options.folder, FOLDER, String(server.id)),
        surroundings: this.#surroundings(project.name, server),
        programs: this.programs,
        clusters: this.#clusters,
      });
      entry = { machine, boot: undefined, work: Promise.resolve() };
      this.#entries.set(server.id, entry);
    }
    const { machine } = entry;
    entry.boot = boot;
    const { userData, instance } = server;
    const seconds = this.#isStarting ? 0 : BOOT_SECONDS;
    entry.work = entry.work
      .then(async () => {
        await machine.powerOff();
        if (boot === undefined || this.#isClosing) return;
        machine.powerOn({
          userData,
          instance,
          delay: signal => this.#delay(seconds, signal),
        });
      })
      .catch(error => this.#failed(error));
  }

  /** Lets seconds of the cloud pass. */
  #delay(seconds: number, signal: AbortSignal): Promise<void> {
    const { clock, settings } = this.options.cloud;
    return new Promise((resolve, reject) => {
      const cancel = clock.after((seconds * 1000) / settings.speed, resolve);
      signal.addEventListener('abort', () => {
        cancel();
        reject(signal.reason);
      });
    });
  }

  #servers(): { project: Project; server: Server }[] {
    return [...this.options.cloud.projects.values()].flatMap(project =>
      [...project.servers.values()].map(server => ({ project, server })),
    );
  }

  /** What a machine knows, read from the cloud's state whenever it is asked for. */
  #surroundings(projectName: string, { id, name }: Server): Surroundings {
    const { cloud } = this.options;
    const project = () => cloud.project(projectName);
    const server = () => project().servers.get(id);
    const now = server()!;
    const { image, serverType, location } = now;
    const { cores, memory, disk, architecture } = serverTypeNamed(serverType);
    return {
      hostName: name,
      serverId: id,
      address: localAddress(project(), now, cloud.publicSecondByte),
      get type() {
        // It may have been changed while the server was off.
        const current = server();
        const type = current && serverTypeNamed(current.serverType);
        return type ?? { name: serverType, cores, memory, disk, architecture };
      },
      location,
      image: project().images.get(image)?.description ?? 'Ubuntu 24.04',
      privateAddresses: () => server()?.privateNets.map(({ ip }) => ip) ?? [],
      publicAddress: () => {
        const current = server();
        return (current && publicIpv4Of(project(), current)) ?? undefined;
      },
      route: address => {
        const current = server();
        return (
          current &&
          route(
            [...cloud.projects.values()],
            project(),
            current,
            address,
            cloud.publicSecondByte,
          )
        );
      },
      servers: token => {
        try {
          const identity = authenticate(
            `Bearer ${token}`,
            cloud.settings.revokedTokens,
          );
          if (identity.project !== projectName) return undefined;
        } catch {
          return undefined;
        }
        return [...project().servers.values()].map(
          (candidate): CloudServer => ({
            id: candidate.id,
            name: candidate.name,
            isRunning: isOn(candidate),
            type: candidate.serverType,
            location: candidate.location,
            publicAddress: publicIpv4Of(project(), candidate) ?? undefined,
            privateAddresses: candidate.privateNets.map(({ ip }) => ip),
          }),
        );
      },
    };
  }

  /** Deletes disks of servers that were deleted while no machines ran. */
  #forgetOthers(): void {
    const folder = path.join(this.options.folder, FOLDER);
    const ids = new Set(this.#servers().map(({ server }) => String(server.id)));
    let present: string[];
    try {
      present = readdirSync(folder);
    } catch {
      return;
    }
    for (const name of present) {
      if (ids.has(name)) continue;
      rmSync(path.join(folder, name), { recursive: true, force: true });
    }
  }

  #failed(error: unknown): void {
    this.options.report(
      `A machine could not be changed: ${(error as Error).message}`,
    );
  }
}
