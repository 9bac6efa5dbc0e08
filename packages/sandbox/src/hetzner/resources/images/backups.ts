import type { Image } from '../../catalogue/images';
import type { Project } from '../../project';

/** The backups of a server, oldest first. */
export const backupsOf = (project: Project, server: number): Image[] =>
  [...project.images.values()].filter(({ boundTo }) => boundTo === server);

/** Deletes the backups of a server, which do not outlive it. */
export function deleteBackups(project: Project, server: number): void {
  for (const { id } of backupsOf(project, server)) project.images.delete(id);
}
