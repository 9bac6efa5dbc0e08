import type { Clock } from '../clock';
import type { Cloud } from './cloud';
import {
  nextRenewal,
  renewDueCertificates,
} from './resources/certificates/renewal';
import { makeDueBackups, nextBackup } from './resources/servers/dailyBackups';

/**
 * What the provider does by itself on a date: backups and renewals. Dates are
 * those of the sandbox's clock, whatever its speed, because the API tells them.
 * What is due is found in the projects, so nothing is lost with the process.
 */
export class Calendar {
  private cancelTimer = () => {};

  constructor(private readonly cloud: Cloud, private readonly clock: Clock) {}

  /** Sets the timer for what is due next; to be called after every change. */
  schedule(): void {
    this.cancelTimer();
    this.cancelTimer = () => {};
    const { cloud, clock } = this;
    const next = Math.min(
      ...[...cloud.projects.values()].flatMap(project => [
        nextBackup(cloud, project),
        nextRenewal(project),
      ]),
      Infinity,
    );
    if (next === Infinity) return;
    this.cancelTimer = clock.after(next - clock.now(), () => this.turn());
  }

  /** Stops the timer. */
  stop(): void {
    this.cancelTimer();
    this.cancelTimer = () => {};
  }

  private turn(): void {
    const { cloud } = this;
    const now = this.clock.now();
    for (const project of cloud.projects.values()) {
      if (Math.min(nextBackup(cloud, project), nextRenewal(project)) > now) {
        continue;
      }
      makeDueBackups(cloud, project);
      renewDueCertificates(cloud, project);
      cloud.changed(project);
    }
    this.schedule();
  }
}
