import { isLocked } from '../../actions/runner';
import type { Cloud } from '../../cloud';
import type { Project } from '../../project';
import { noise } from '../../../noise';
import type { Server } from './server';
import { startImage } from './serverImage';

/** Hours (UTC) in which backups are made. Source: Hetzner Cloud API, Servers. */
export const BACKUP_WINDOW = '22-02';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WINDOW_BEGINS_MS = 22 * HOUR_MS;
const WINDOW_MS = 4 * HOUR_MS;

/** A server on which something runs is backed up a little later. */
const BUSY_MS = 10 * 60_000;

/**
 * When a server's next backup is made: daily, each server at its own instant of
 * the window. Source: docs.hetzner.com, Cloud: general FAQ, "What are snapshots
 * and backups?".
 *
 * @param after - epoch milliseconds
 */
export function nextBackupAfter(
  server: number,
  after: number,
  seed: number,
): number {
  const ofDay =
    WINDOW_BEGINS_MS + noise(seed, 'daily_backup', server) * WINDOW_MS;
  return (Math.floor((after - ofDay) / DAY_MS) + 1) * DAY_MS + ofDay;
}

const backedUp = (project: Project): Server[] =>
  [...project.servers.values()].filter(
    ({ backupWindow }) => backupWindow !== null,
  );

/** When the next backup of a project is due (epoch milliseconds); infinity for never. */
export function nextBackup(cloud: Cloud, project: Project): number {
  const now = cloud.clock.now();
  return Math.min(
    ...backedUp(project).map(server => {
      // An older version switched backups on and made none.
      server.nextBackup ??= nextBackupAfter(
        server.id,
        now,
        cloud.settings.noiseSeed,
      );
      return server.nextBackup;
    }),
    Infinity,
  );
}

/** Starts the backups that are due. One that was missed is made once. */
export function makeDueBackups(cloud: Cloud, project: Project): void {
  const now = cloud.clock.now();
  for (const server of backedUp(project)) {
    if ((server.nextBackup ?? Infinity) > now) continue;
    if (isLocked(project, 'server', server.id)) {
      server.nextBackup = now + BUSY_MS;
      continue;
    }
    server.nextBackup = nextBackupAfter(
      server.id,
      now,
      cloud.settings.noiseSeed,
    );
    startImage(
      { cloud, project, now },
      (effect, args, options) =>
        cloud.runner.start(project, effect, args, options),
      server,
      { type: 'backup' },
    );
  }
}
