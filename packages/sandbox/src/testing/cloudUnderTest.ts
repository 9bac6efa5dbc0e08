import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { DrivenClock, systemClock } from '../clock';
import { Cloud } from '../hetzner/cloud';
import { ApiError } from '../hetzner/errors';
import type { Call } from '../hetzner/operation';
import type { Route } from '../hetzner/operationNames';
import { operations } from '../hetzner/operations';
import { parseInput } from '../hetzner/requestParsing';
import { EventRecord } from '../record';
import { changeSettings, settings, settingsChange } from '../settings';
import { StateFolder } from '../stateFolder';

/** A cloud whose time a test moves, without HTTP around it. */
export class CloudUnderTest {
  readonly clock = new DrivenClock(systemClock, {
    mode: 'manual',
    nowMs: Date.UTC(2026, 10, 23),
  });
  readonly folder = mkdtempSync(path.join(tmpdir(), 'sandbox-cloud-'));
  readonly record = new EventRecord();
  /** What the cloud reported as gone wrong in the background. */
  readonly problems: string[] = [];
  private current = settings.parse({ speed: 1 });
  private state = new StateFolder(this.folder);
  cloud = this.open();

  private open(): Cloud {
    return new Cloud(
      this.state,
      this.clock,
      this.record,
      () => this.current,
      problem => this.problems.push(problem),
    );
  }

  change(change: z.infer<typeof settingsChange>): void {
    this.current = changeSettings(this.current, change);
    this.cloud.runner.schedule();
  }

  /** Lets seconds of the real world pass. */
  pass(seconds: number): void {
    this.clock.advance(seconds * 1000);
  }

  /** Ends the cloud as a kill would and reads its state again. */
  async restart(): Promise<void> {
    await this.state.flush();
    this.cloud.stop();
    this.state = new StateFolder(this.folder);
    this.cloud = this.open();
    this.cloud.start();
  }

  async dispose(): Promise<void> {
    this.cloud.stop();
    await this.state.flush();
    rmSync(this.folder, { recursive: true });
  }

  /** Runs an operation of the API as its handler sees it. */
  // Tests reach into answers of every shape.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  call(route: Route, ids: { id?: number }, body: unknown = {}): any {
    const operation = operations.find(candidate => candidate.route === route);
    if (!operation) throw new Error(`${route} is not implemented`);
    const { cloud } = this;
    const project = cloud.project('test');
    const call: Call = {
      cloud,
      project,
      now: this.clock.now(),
      id: ids.id ?? 0,
      actionId: 0,
      body: parseInput(operation.body ?? z.unknown(), body),
      query: parseInput(operation.query ?? z.unknown(), {}),
      start: (effect, args, options) =>
        cloud.runner.start(project, effect, args, options),
    };
    const answer = operation.handle(call);
    cloud.changed(project);
    return answer;
  }

  /** The error code of an operation; `none` when it works. */
  code(route: Route, ids: { id?: number }, body: unknown = {}): string {
    try {
      this.call(route, ids, body);
      return 'none';
    } catch (error) {
      if (error instanceof ApiError) return error.code;
      throw error;
    }
  }

  /** The fields that an operation refuses. */
  refusedFields(route: Route, ids: { id?: number }, body: unknown): string[] {
    try {
      this.call(route, ids, body);
      return [];
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { details } = error;
      return details && 'fields' in details
        ? (details.fields as { name: string }[]).map(({ name }) => name)
        : [error.code];
    }
  }
}
