import { createPrivateKey, KeyObject, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { actionAnswer } from '../actions/action';
import {
  resourceActionOperations,
  startedAnswer,
} from '../actions/actionOperations';
import { errors } from '../errors';
import { labels } from '../labels';
import { getOperation, listOperation } from '../list';
import { freeName, requireUniqueName } from '../nameRules';
import { Call, Operation, operation } from '../operation';
import type { Project } from '../project';
import { requireQuota } from '../quota';
import { found, invalidField } from '../reference';
import { timestamp } from '../requestFields';

const NAME_TAKEN = 'name is already used';

/** Limits of an upload. Source: docs.hetzner.cloud, changelog of February 2026. */
const MAX_KEY_BYTES = 5_000;
const MAX_CHAIN_BYTES = 30_000;
const MAX_CHAIN_CERTIFICATES = 5;

/** A certificate as it is kept; the private key is checked and forgotten. */
export const storedCertificate = z.object({
  id: z.int(),
  name: z.string(),
  labels: z.record(z.string(), z.string()),
  certificate: z.string(),
  created: z.number(),
  notValidBefore: z.number(),
  notValidAfter: z.number(),
  domainNames: z.array(z.string()),
  fingerprint: z.string(),
});

type Certificate = z.infer<typeof storedCertificate>;

const answer = z.object({
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
  status: z.null(),
  used_by: z.array(z.object({ id: z.int(), type: z.string() })),
});

const users = (project: Project, certificate: number) =>
  [...project.loadBalancers.values()].filter(({ services }) =>
    services.some(({ http }) => http?.certificates.includes(certificate)),
  );

const certificateView = (
  certificate: Certificate,
  project: Project,
): z.infer<typeof answer> => ({
  id: certificate.id,
  name: certificate.name,
  labels: certificate.labels,
  type: 'uploaded',
  certificate: certificate.certificate,
  created: timestamp(certificate.created),
  not_valid_before: timestamp(certificate.notValidBefore),
  not_valid_after: timestamp(certificate.notValidAfter),
  domain_names: certificate.domainNames,
  fingerprint: certificate.fingerprint,
  status: null,
  used_by: users(project, certificate.id).map(({ id }) => ({
    id,
    type: 'load_balancer',
  })),
});

const PEM_CERTIFICATE =
  /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Reads an uploaded chain and its key; the first certificate is the one that
 * is served.
 *
 * @throws ApiError 422 when a part cannot be read or the key is another's
 */
function readUpload(chain: string, privateKey: string) {
  const blocks = chain.match(PEM_CERTIFICATE) ?? [];
  if (blocks.length === 0) {
    throw invalidField('certificate', 'holds no PEM certificate');
  }
  if (
    blocks.length > MAX_CHAIN_CERTIFICATES ||
    Buffer.byteLength(chain) > MAX_CHAIN_BYTES
  ) {
    throw invalidField(
      'certificate',
      `may hold at most ${MAX_CHAIN_CERTIFICATES} certificates in ${MAX_CHAIN_BYTES} bytes`,
    );
  }
  if (Buffer.byteLength(privateKey) > MAX_KEY_BYTES) {
    throw invalidField(
      'private_key',
      `may have at most ${MAX_KEY_BYTES} bytes`,
    );
  }
  const [leaf] = blocks.map(readCertificate);
  if (!leaf.checkPrivateKey(readKey(privateKey))) {
    throw invalidField('private_key', 'does not belong to the certificate');
  }
  return {
    notValidBefore: leaf.validFromDate.getTime(),
    notValidAfter: leaf.validToDate.getTime(),
    domainNames: domainNames(leaf),
    fingerprint: leaf.fingerprint256.toLowerCase(),
  };
}

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw invalidField('certificate', 'cannot be read');
  }
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw invalidField('private_key', 'cannot be read');
  }
}

function domainNames(certificate: X509Certificate): string[] {
  const names = (certificate.subjectAltName ?? '')
    .split(', ')
    .filter(entry => entry.startsWith('DNS:'))
    .map(entry => entry.slice('DNS:'.length));
  const common = /^CN=(.+)$/m.exec(certificate.subject)?.[1];
  return names.length > 0 || !common ? names : [common];
}

const view = (certificate: Certificate, { project }: Call) =>
  certificateView(certificate, project);

/** Certificates that were uploaded; managed ones are not implemented. */
export const certificateOperations: Operation[] = [
  operation('POST /certificates', {
    status: 201,
    body: z.object({
      name: freeName,
      labels: labels.default({}),
      type: z.enum(['uploaded', 'managed']).default('uploaded'),
      certificate: z.string().default(''),
      private_key: z.string().default(''),
    }),
    answer: z.object({ certificate: answer, action: actionAnswer.nullable() }),
    handle(call) {
      const { cloud, project, now, body } = call;
      if (body.type === 'managed') {
        throw errors.notImplemented('create_certificate with type managed');
      }
      const facts = readUpload(body.certificate, body.private_key);
      requireUniqueName(project.certificates, body.name, NAME_TAKEN);
      requireQuota(call, 'certificates', project.certificates.size);
      const certificate = {
        id: cloud.newId(),
        name: body.name,
        labels: body.labels,
        certificate: body.certificate,
        created: now,
        ...facts,
      };
      project.certificates.set(certificate.id, certificate);
      return {
        certificate: certificateView(certificate, project),
        action: null,
      };
    },
  }),
  listOperation('GET /certificates', {
    key: 'certificates',
    items: ({ project }) => project.certificates.values(),
    view,
    answer,
    sort: ['id', 'name', 'created'],
    filters: { type: () => 'uploaded' },
  }),
  getOperation('GET /certificates/{id}', {
    key: 'certificate',
    find: ({ project, id }) => project.certificates.get(id),
    view,
    answer,
  }),
  operation('PUT /certificates/{id}', {
    status: 200,
    body: z.object({ name: freeName.optional(), labels: labels.optional() }),
    answer: z.object({ certificate: answer }),
    handle({ project, id, body }) {
      const certificate = found(project.certificates, 'certificate', id);
      if (body.name !== undefined) {
        requireUniqueName(project.certificates, body.name, NAME_TAKEN, id);
        certificate.name = body.name;
      }
      certificate.labels = body.labels ?? certificate.labels;
      return { certificate: certificateView(certificate, project) };
    },
  }),
  operation('DELETE /certificates/{id}', {
    status: 204,
    handle({ project, id }) {
      found(project.certificates, 'certificate', id);
      if (users(project, id).length > 0) {
        throw errors.resourceInUse('certificate', id);
      }
      project.certificates.delete(id);
    },
  }),
  operation('POST /certificates/{id}/actions/retry', {
    status: 201,
    answer: startedAnswer,
    handle({ project, id }) {
      found(project.certificates, 'certificate', id);
      throw errors.unsupported('certificate not retryable');
    },
  }),
  ...resourceActionOperations(
    'certificates',
    'certificate',
    ({ project }) => project.certificates,
  ),
];
