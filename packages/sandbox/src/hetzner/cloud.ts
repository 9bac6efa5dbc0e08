import { z } from 'zod';
import type { DrivenClock } from '../clock';
import type { EventRecord } from '../record';
import { Settings, settingsOf } from '../settings';
import { fileFor, StateFolder } from '../stateFolder';
import type { StoredAction } from './actions/action';
import {
  freePublicIpv4,
  PUBLIC_SECOND_BYTE,
} from './addresses/publicAddresses';
import { ActionRunner } from './actions/runner';
import { Calendar } from './calendar';
import {
  Availability,
  availability,
  CapacityLimit,
  hasRecovered,
  storedCapacityLimit,
  takeCapacity,
} from './capacity';
import {
  emptyProject,
  fromFile,
  Project,
  projectFile,
  toFile,
} from './project';
import { projectText } from './projectText';
import { RateBucket, rateRule, takeToken } from './rateLimit';
import { settleFirewalls } from './resources/firewalls/membership';
import { settleLoadBalancers } from './resources/loadBalancers/membership';

const FOLDER = 'hetzner';
const CAPACITY_FILE = 'capacity.json';

/** Ids begin where they cannot be taken for a count or a catalogue id. */
const FIRST_ID = 10_000_001;

/** The whole stand-in for Hetzner Cloud: its projects and what drives them. */
export class Cloud {
  readonly projects = new Map<string, Project>();
  readonly runner: ActionRunner;
  /** New public IPv4 addresses are in 127.x.0.0/16. */
  publicSecondByte = PUBLIC_SECOND_BYTE;
  private readonly calendar: Calendar;
  private readonly buckets = new Map<string, RateBucket>();
  /** Ids that lists do not show yet, and until when (epoch milliseconds). */
  private readonly unlisted = new Map<number, number>();
  private limits: CapacityLimit[];
  private nextId = FIRST_ID;
  private readonly listeners: (() => void)[] = [];

  /**
   * @param currentSettings - read at every use, because they can change
   * @param report - told of what goes wrong in the background
   * @throws StateError when the folder holds something else than state
   */
  constructor(
    private readonly state: StateFolder,
    readonly clock: DrivenClock,
    private readonly record: EventRecord,
    private readonly currentSettings: () => Settings,
    readonly report: (problem: string) => void,
  ) {
    this.runner = new ActionRunner(this, clock);
    this.calendar = new Calendar(this, clock);
    this.limits = state.read(CAPACITY_FILE, z.array(storedCapacityLimit)) ?? [];
    for (const file of state.list(FOLDER)) {
      const content = state.read(file, projectFile);
      if (!content) continue;
      this.projects.set(content.name, fromFile(content));
      this.nextId = Math.max(this.nextId, content.nextId);
    }
  }

  get settings(): Settings {
    return this.currentSettings();
  }

  /** The settings as they are in one project. */
  settingsOf({ name }: Pick<Project, 'name'>): Settings {
    return settingsOf(this.settings, name);
  }

  /** Goes on with the actions that ran when the state was saved. */
  start(): void {
    this.runner.schedule();
    this.calendar.schedule();
  }

  /** Lets nothing happen by itself any more. */
  stop(): void {
    this.runner.stop();
    this.calendar.stop();
  }

  /** Ids are never given twice, whatever kind and project they are for. */
  newId(): number {
    const id = this.nextId;
    this.nextId += 1;
    return id;
  }

  /** The project of a name; it comes to be when it is first used. */
  project(name: string): Project {
    let project = this.projects.get(name);
    if (!project) {
      project = emptyProject(name);
      this.projects.set(name, project);
    }
    return project;
  }

  /** Every public address in use, of all projects. */
  publicAddresses(): Set<string> {
    return new Set(
      [...this.projects.values()].flatMap(({ primaryIps, floatingIps }) =>
        [...primaryIps.values(), ...floatingIps.values()].map(({ ip }) => ip),
      ),
    );
  }

  /** Has `listener` called after every change of a project, or of their list. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  private announce(): void {
    for (const listener of this.listeners) listener();
  }

  /** A public IPv4 that nothing has. */
  newPublicIpv4(): string {
    return freePublicIpv4(this.publicAddresses(), this.publicSecondByte);
  }

  /** To be called after every change: what depends on labels follows, and the project is saved. */
  changed(project: Project): void {
    const now = this.clock.now();
    settleLoadBalancers(project, now);
    settleFirewalls(project, now);
    this.calendar.schedule();
    this.announce();
    this.save(project).catch(error =>
      this.report(
        `The project ${project.name} could not be saved: ${error.message}`,
      ),
    );
  }

  /** Resolves when the project's present state is in its file. */
  save(project: Project): Promise<void> {
    const { name } = project;
    return this.state.save(
      fileFor(FOLDER, name),
      // It may have been replaced while the write waited.
      () => this.contentOf(this.projects.get(name) ?? project),
      projectText,
    );
  }

  /** A project as its file holds it. */
  contentOf(project: Project): z.infer<typeof projectFile> {
    return toFile(project, this.nextId);
  }

  /** Puts a project in the place of the one of this name, and fills its bucket. */
  async putProject(content: z.infer<typeof projectFile>): Promise<void> {
    const project = fromFile(content);
    this.nextId = Math.max(this.nextId, content.nextId);
    this.projects.set(project.name, project);
    this.buckets.delete(project.name);
    this.start();
    this.announce();
    await this.save(project);
  }

  /** Deletes a project with everything in it, and fills its bucket. */
  async removeProject(name: string): Promise<void> {
    this.projects.delete(name);
    this.buckets.delete(name);
    this.start();
    this.announce();
    await this.state.remove(fileFor(FOLDER, name));
  }

  /** Notes what became of an action. */
  actionChanged(project: Project, action: StoredAction): void {
    if (action.hidden) return;
    const { id, command, resources, started, finished, status } = action;
    this.record.setAction({
      id,
      project: project.name,
      command,
      resources,
      startedAt: started,
      finishedAt: finished,
      status,
    });
  }

  /** Counts a request against the limit of a project, or of those without one. */
  takeToken(project: string | null) {
    const key = project ?? '';
    const { rateLimit, speed } = this.settingsOf({ name: key });
    const decision = takeToken(
      this.buckets.get(key),
      rateRule(rateLimit.limit, speed),
      this.clock.now(),
      this.clock.wall(),
    );
    this.buckets.set(key, decision.bucket);
    return decision;
  }

  /** Keeps an object out of lists for seconds of the cloud. */
  hideFromLists(id: number, seconds: number): void {
    const { speed } = this.settings;
    this.unlisted.set(id, this.clock.now() + (seconds * 1000) / speed);
  }

  /** False while lists do not show an object yet. */
  isListed(id: number): boolean {
    const until = this.unlisted.get(id);
    if (until === undefined) return true;
    if (until > this.clock.now()) return false;
    this.unlisted.delete(id);
    return true;
  }

  /** Whether a server of a type can be had in a location now. */
  availability(serverType: string, location: string): Availability {
    return availability(
      this.settings,
      this.limits,
      serverType,
      location,
      this.clock.now(),
    );
  }

  /** Notes that a server was created. */
  takeCapacity(serverType: string, location: string): void {
    if (this.limits.length === 0) return;
    const { speed } = this.settings;
    this.setCapacity(
      takeCapacity(this.limits, serverType, location, this.clock.now(), speed),
    ).catch(error =>
      this.report(`The capacity could not be saved: ${error.message}`),
    );
  }

  /** The limits that are left, without those that have recovered. */
  get capacity(): readonly CapacityLimit[] {
    const { speed } = this.settings;
    return this.limits.filter(
      limit => !hasRecovered(limit, this.clock.now(), speed),
    );
  }

  /** Replaces all limits; resolves when they are in their file. */
  setCapacity(limits: CapacityLimit[]): Promise<void> {
    this.limits = limits;
    return this.state.save(CAPACITY_FILE, () => this.limits);
  }

  /** Deletes every project and fills every bucket. */
  async empty(): Promise<void> {
    this.stop();
    this.projects.clear();
    this.buckets.clear();
    this.unlisted.clear();
    this.announce();
    await this.setCapacity([]);
    await this.state.remove(FOLDER);
  }
}
