import { z } from 'zod';
import { actionError } from '../../actions/action';
import type { CallContext } from '../../operation';
import type { Project } from '../../project';
import { timestamp } from '../../requestFields';

const status = z.object({
  issuance: z.enum(['pending', 'completed', 'failed']),
  renewal: z.enum(['scheduled', 'pending', 'failed', 'unavailable']),
  error: actionError.nullable(),
});

/** A certificate as it is kept; private keys are checked and forgotten. */
export const storedCertificate = z.object({
  id: z.int(),
  name: z.string(),
  labels: z.record(z.string(), z.string()),
  created: z.number(),
  domainNames: z.array(z.string()),
  /** Null for an uploaded one. */
  status: status.nullable(),
  /** Null until it is issued. */
  issued: z
    .object({
      certificate: z.string(),
      notValidBefore: z.number(),
      notValidAfter: z.number(),
      fingerprint: z.string(),
    })
    .nullable(),
});

/** A certificate as it is kept. */
export type Certificate = z.infer<typeof storedCertificate>;

/** A certificate as the API answers it. */
export const certificateAnswer = z.object({
  id: z.int(),
  name: z.string(),
  labels: z.record(z.string(), z.string()),
  type: z.enum(['uploaded', 'managed']),
  certificate: z.string().nullable(),
  created: z.string(),
  not_valid_before: z.string().nullable(),
  not_valid_after: z.string().nullable(),
  domain_names: z.array(z.string()),
  fingerprint: z.string().nullable(),
  status: status.nullable(),
  used_by: z.array(z.object({ id: z.int(), type: z.string() })),
});

/** The load balancers that serve a certificate. */
export const usersOf = (project: Project, certificate: number) =>
  [...project.loadBalancers.values()].filter(({ services }) =>
    services.some(({ http }) => http?.certificates.includes(certificate)),
  );

/** Whether a certificate was uploaded or is managed by the provider. */
export const typeOf = ({ status: managed }: Certificate) =>
  managed ? ('managed' as const) : ('uploaded' as const);

/** A certificate as the API answers it. */
export function certificateView(
  certificate: Certificate,
  { project }: Pick<CallContext, 'project'>,
): z.infer<typeof certificateAnswer> {
  const { issued } = certificate;
  return {
    id: certificate.id,
    name: certificate.name,
    labels: certificate.labels,
    type: typeOf(certificate),
    certificate: issued && issued.certificate,
    created: timestamp(certificate.created),
    not_valid_before: issued && timestamp(issued.notValidBefore),
    not_valid_after: issued && timestamp(issued.notValidAfter),
    domain_names: certificate.domainNames,
    fingerprint: issued && issued.fingerprint,
    status: certificate.status,
    used_by: usersOf(project, certificate.id).map(({ id }) => ({
      id,
      type: 'load_balancer',
    })),
  };
}
