import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { defineEffect } from '../../actions/effect';
import { ActionError, errors } from '../../errors';
import type { CallContext } from '../../operation';
import type { Project } from '../../project';
import { found } from '../../reference';
import type { Certificate } from './certificate';
import { issueCertificate } from './issue';
import { factsOf } from './upload';

/** A domain of a managed certificate: a host name, or all below one. */
export const managedDomain = z
  .string()
  .max(253)
  .regex(
    /^(\*\.)?([a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/,
    'is no domain name',
  );

const certificateOf = (project: Project, id: number): Certificate =>
  found(project.certificates, 'certificate', id);

const begin = ({ certificate }: { certificate: number }, project: Project) => {
  certificateOf(project, certificate).status = {
    issuance: 'pending',
    renewal: 'unavailable',
    error: null,
  };
};

/**
 * The provider looks for the zone of each domain in its DNS. Here every domain
 * has one, but for those that nobody can ever have (RFC 6761, `.invalid`), so
 * that a failed issuance can be seen.
 */
function issue(certificate: Certificate, now: number): void {
  if (certificate.domainNames.some(name => name.endsWith('.invalid'))) {
    throw errors.dnsZoneNotFound();
  }
  const pem = issueCertificate(certificate.domainNames, now);
  const { notValidBefore, notValidAfter, fingerprint } = factsOf(
    new X509Certificate(pem),
  );
  certificate.issued = {
    certificate: pem,
    notValidBefore,
    notValidAfter,
    fingerprint,
  };
  certificate.status = {
    issuance: 'completed',
    renewal: 'scheduled',
    error: null,
  };
}

function fail(project: Project, id: number, error: ActionError): void {
  const certificate = project.certificates.get(id);
  if (!certificate) return;
  certificate.status = { issuance: 'failed', renewal: 'unavailable', error };
}

const issuing = (name: 'create_certificate' | 'issue_certificate') =>
  defineEffect({
    name,
    command: name,
    latency: name,
    args: z.object({ certificate: z.int() }),
    begin: (args, { project }) => begin(args, project),
    succeed: ({ certificate }, { project, now }) =>
      issue(certificateOf(project, certificate), now),
    fail: ({ certificate }, { project }, error) =>
      fail(project, certificate, error),
  });

/** A certificate that is renewed serves on meanwhile, also when that fails. */
export const renewCertificate = defineEffect({
  name: 'renew_certificate',
  command: 'issue_certificate',
  latency: 'issue_certificate',
  args: z.object({ certificate: z.int() }),
  begin: ({ certificate }, { project }) => {
    certificateOf(project, certificate).status = {
      issuance: 'completed',
      renewal: 'pending',
      error: null,
    };
  },
  succeed: ({ certificate }, { project, now }) =>
    issue(certificateOf(project, certificate), now),
  fail: ({ certificate: id }, { project }, error) => {
    const certificate = project.certificates.get(id);
    if (!certificate) return;
    certificate.status = { issuance: 'completed', renewal: 'failed', error };
  },
});

const createCertificate = issuing('create_certificate');
const retryCertificate = issuing('issue_certificate');

const start = (
  call: CallContext,
  effect: typeof createCertificate,
  { id }: Certificate,
) => {
  const reference = { type: 'certificate', id };
  return call.start(
    effect,
    { certificate: id },
    { resources: [reference], locks: [reference] },
  );
};

/** Starts to have a new certificate issued. */
export const startIssuing = (call: CallContext, certificate: Certificate) =>
  start(call, createCertificate, certificate);

/**
 * Starts to have a certificate issued whose issuance or renewal failed.
 *
 * @throws ApiError 422 when it did not fail
 */
export function startRetry(call: CallContext, certificate: Certificate) {
  if (certificate.status?.renewal === 'failed') {
    return start(call, renewCertificate, certificate);
  }
  if (certificate.status?.issuance !== 'failed') {
    throw errors.unsupported('certificate not retryable');
  }
  return start(call, retryCertificate, certificate);
}
