import { z } from 'zod';
import { actionAnswer } from '../../actions/action';
import {
  resourceActionOperations,
  started,
  startedAnswer,
} from '../../actions/actionOperations';
import { isLocked } from '../../actions/runner';
import { errors } from '../../errors';
import { labels } from '../../labels';
import { getOperation, listOperation } from '../../list';
import { freeName, requireUniqueName } from '../../nameRules';
import { Call, Operation, operation } from '../../operation';
import type { Project } from '../../project';
import { requireQuota } from '../../quota';
import { found, invalidField } from '../../reference';
import {
  Certificate,
  certificateAnswer,
  certificateView,
  typeOf,
  usersOf,
} from './certificate';
import { managedDomain, startIssuing, startRetry } from './issuance';
import { readUpload } from './upload';

const NAME_TAKEN = 'name is already used';

/**
 * The certificate of a request that wants to change it.
 *
 * @throws ApiError 404, or 409 conflict while it is being issued
 */
function changeableCertificate(project: Project, id: number): Certificate {
  const certificate = found(project.certificates, 'certificate', id);
  if (isLocked(project, 'certificate', id)) {
    throw errors.conflict('certificate has changed during request');
  }
  return certificate;
}

const createBody = z.object({
  name: freeName,
  labels: labels.nullish().transform(value => value ?? {}),
  type: z.enum(['uploaded', 'managed']).default('uploaded'),
  certificate: z.string().default(''),
  private_key: z.string().default(''),
  domain_names: z.array(managedDomain).default([]),
});

/** What is special about a certificate of its type. */
function partsOf({
  body,
}: Call<z.infer<typeof createBody>>): Pick<
  Certificate,
  'domainNames' | 'status' | 'issued'
> {
  if (body.type === 'uploaded') {
    const { domainNames, ...facts } = readUpload(
      body.certificate,
      body.private_key,
    );
    return {
      domainNames,
      status: null,
      issued: { certificate: body.certificate, ...facts },
    };
  }
  if (body.domain_names.length === 0) {
    throw invalidField('domain_names', 'a managed certificate needs a domain');
  }
  return {
    domainNames: body.domain_names,
    status: { issuance: 'pending', renewal: 'unavailable', error: null },
    issued: null,
  };
}

/** Certificates, uploaded and managed. */
export const certificateOperations: Operation[] = [
  operation('POST /certificates', {
    status: 201,
    body: createBody,
    answer: z.object({
      certificate: certificateAnswer,
      action: actionAnswer.nullable(),
    }),
    handle(call) {
      const { cloud, project, now, body } = call;
      const parts = partsOf(call);
      requireUniqueName(project.certificates, body.name, NAME_TAKEN);
      requireQuota(call, 'certificates', project.certificates.size);
      const certificate: Certificate = {
        id: cloud.newId(),
        name: body.name,
        labels: body.labels,
        created: now,
        ...parts,
      };
      project.certificates.set(certificate.id, certificate);
      return {
        action: null,
        ...(certificate.status &&
          started(startIssuing(call, certificate), call)),
        certificate: certificateView(certificate, call),
      };
    },
  }),
  listOperation('GET /certificates', {
    key: 'certificates',
    items: ({ project }) => project.certificates.values(),
    view: certificateView,
    answer: certificateAnswer,
    sort: ['id', 'name', 'created'],
    filters: { type: typeOf },
  }),
  getOperation('GET /certificates/{id}', {
    key: 'certificate',
    find: ({ project, id }) => project.certificates.get(id),
    view: certificateView,
    answer: certificateAnswer,
  }),
  operation('PUT /certificates/{id}', {
    status: 200,
    body: z.object({ name: freeName.optional(), labels: labels.optional() }),
    answer: z.object({ certificate: certificateAnswer }),
    handle(call) {
      const { project, id, body } = call;
      const certificate = changeableCertificate(project, id);
      if (body.name !== undefined) {
        requireUniqueName(project.certificates, body.name, NAME_TAKEN, id);
        certificate.name = body.name;
      }
      certificate.labels = body.labels ?? certificate.labels;
      return { certificate: certificateView(certificate, call) };
    },
  }),
  operation('DELETE /certificates/{id}', {
    status: 204,
    handle({ project, id }) {
      changeableCertificate(project, id);
      if (usersOf(project, id).length > 0) {
        throw errors.resourceInUse('certificate', id);
      }
      project.certificates.delete(id);
    },
  }),
  operation('POST /certificates/{id}/actions/retry', {
    status: 201,
    answer: startedAnswer,
    handle(call) {
      const certificate = changeableCertificate(call.project, call.id);
      return started(startRetry(call, certificate), call);
    },
  }),
  ...resourceActionOperations(
    'certificates',
    'certificate',
    ({ project }) => project.certificates,
  ),
];
