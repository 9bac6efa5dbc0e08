import type { Cloud } from '../../cloud';
import type { Project } from '../../project';
import type { Certificate } from './certificate';
import { renewCertificate } from './issuance';

/** So long before its end a certificate is renewed, as Let's Encrypt advises (Integration Guide). */
const RENEWED_BEFORE_MS = 30 * 86_400_000;

const dueAt = ({ issued, status }: Certificate) =>
  issued && status?.renewal === 'scheduled'
    ? issued.notValidAfter - RENEWED_BEFORE_MS
    : Infinity;

/** When the next certificate of a project is to be renewed (epoch milliseconds); infinity for never. */
export const nextRenewal = (project: Project): number =>
  Math.min(...[...project.certificates.values()].map(dueAt), Infinity);

/** Starts to renew what is to be. */
export function renewDueCertificates(cloud: Cloud, project: Project): void {
  const now = cloud.clock.now();
  for (const certificate of project.certificates.values()) {
    if (dueAt(certificate) > now) continue;
    const reference = { type: 'certificate', id: certificate.id };
    cloud.runner.start(
      project,
      renewCertificate,
      { certificate: certificate.id },
      { resources: [reference], locks: [reference] },
    );
  }
}
