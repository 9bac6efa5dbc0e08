import { z } from 'zod';
import type { Cloud } from './cloud';
import { projectFile } from './project';
import { projectText } from './projectText';

type Content = z.infer<typeof projectFile>;

/** Projects as they were at an instant, in memory. */
interface Snapshot {
  id: number;
  /** Epoch milliseconds. */
  takenAt: number;
  /** True when everything was taken: projects that came later go with a restore. */
  isWhole: boolean;
  /** Content by project; text, because content in use changes. */
  projects: Map<string, string>;
}

/** A snapshot as the control API shows it. */
export interface SnapshotView {
  id: number;
  takenAt: string;
  projects: string[];
}

/** Lets actions that ran go on from where they were. */
function resume(content: Content, passedMs: number): Content {
  return {
    ...content,
    actions: content.actions.map(action =>
      action.status === 'running' && action.begun !== null
        ? { ...action, begun: action.begun + passedMs }
        : action,
    ),
  };
}

const view = ({ id, takenAt, projects }: Snapshot): SnapshotView => ({
  id,
  takenAt: new Date(takenAt).toISOString(),
  projects: [...projects.keys()],
});

/** States of projects to come back to. */
export class Snapshots {
  private readonly snapshots = new Map<number, Snapshot>();
  private nextId = 1;

  constructor(private readonly cloud: Cloud) {}

  /** Takes the projects of these names, or all; one that does not exist is empty. */
  take(names?: string[]): SnapshotView {
    const { cloud } = this;
    const taken = names ?? [...cloud.projects.keys()];
    const snapshot: Snapshot = {
      id: this.nextId,
      takenAt: cloud.clock.now(),
      isWhole: names === undefined,
      projects: new Map(
        taken.map(name => [
          name,
          [...projectText(cloud.contentOf(cloud.project(name)))].join(''),
        ]),
      ),
    };
    this.nextId += 1;
    this.snapshots.set(snapshot.id, snapshot);
    return view(snapshot);
  }

  list(): SnapshotView[] {
    return [...this.snapshots.values()].map(view);
  }

  /**
   * Puts the projects of a snapshot in the place of what they are now.
   *
   * @returns the names of all projects that changed; undefined for an unknown id
   */
  async restore(id: number): Promise<string[] | undefined> {
    const { cloud } = this;
    const snapshot = this.snapshots.get(id);
    if (!snapshot) return undefined;
    const younger = snapshot.isWhole
      ? [...cloud.projects.keys()].filter(name => !snapshot.projects.has(name))
      : [];
    const passedMs = cloud.clock.now() - snapshot.takenAt;
    await Promise.all([
      ...younger.map(name => cloud.removeProject(name)),
      ...[...snapshot.projects.values()].map(text =>
        cloud.putProject(resume(projectFile.parse(JSON.parse(text)), passedMs)),
      ),
    ]);
    return [...snapshot.projects.keys(), ...younger];
  }

  remove(id: number): boolean {
    return this.snapshots.delete(id);
  }
}
