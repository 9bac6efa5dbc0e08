import { createHash } from 'node:crypto';
import { z } from 'zod';
import { errors } from '../errors';
import { labels } from '../labels';
import { getOperation, listOperation } from '../list';
import { freeName, requireUniqueName } from '../nameRules';
import { Operation, operation } from '../operation';
import { requireQuota } from '../quota';
import { found, invalidField } from '../reference';
import { timestamp } from '../requestFields';

const NAME_TAKEN = 'SSH key name is already used';

/** An SSH key as it is kept. */
export const storedSshKey = z.object({
  id: z.int(),
  name: z.string(),
  fingerprint: z.string(),
  publicKey: z.string(),
  labels: z.record(z.string(), z.string()),
  created: z.number(),
});

const answer = z.object({
  id: z.int(),
  name: z.string(),
  fingerprint: z.string(),
  public_key: z.string(),
  labels: z.record(z.string(), z.string()),
  created: z.string(),
});

const view = (key: z.infer<typeof storedSshKey>): z.infer<typeof answer> => ({
  id: key.id,
  name: key.name,
  fingerprint: key.fingerprint,
  public_key: key.publicKey,
  labels: key.labels,
  created: timestamp(key.created),
});

/**
 * MD5 of an OpenSSH public key, as colon separated hex; undefined when the
 * text is no such key.
 */
export function sshKeyFingerprint(publicKey: string): string | undefined {
  const [type, data] = publicKey.trim().split(/\s+/);
  if (!type || !data || !/^[A-Za-z0-9+/]+=*$/.test(data)) return undefined;
  const blob = Buffer.from(data, 'base64');
  // The blob begins with its own type, as a string with its length before it.
  const length = blob.length >= 4 ? blob.readUInt32BE(0) : 0;
  if (length === 0 || blob.toString('latin1', 4, 4 + length) !== type) {
    return undefined;
  }
  return createHash('md5').update(blob).digest('hex').match(/../g)!.join(':');
}

/** SSH keys. */
export const sshKeyOperations: Operation[] = [
  operation('POST /ssh_keys', {
    status: 201,
    body: z.object({
      name: freeName,
      public_key: z.string().min(1),
      labels: labels.default({}),
    }),
    answer: z.object({ ssh_key: answer }),
    handle(call) {
      const { cloud, project, now, body } = call;
      const fingerprint = sshKeyFingerprint(body.public_key);
      if (!fingerprint) {
        throw invalidField('public_key', 'is no OpenSSH public key');
      }
      requireUniqueName(project.sshKeys, body.name, NAME_TAKEN);
      if (
        [...project.sshKeys.values()].some(
          key => key.fingerprint === fingerprint,
        )
      ) {
        throw errors.uniqueness(
          'SSH key with the same fingerprint already exists',
          'public_key',
        );
      }
      requireQuota(call, 'sshKeys', project.sshKeys.size);
      const key = {
        id: cloud.newId(),
        name: body.name,
        fingerprint,
        publicKey: body.public_key.trim(),
        labels: body.labels,
        created: now,
      };
      project.sshKeys.set(key.id, key);
      return { ssh_key: view(key) };
    },
  }),
  listOperation('GET /ssh_keys', {
    key: 'ssh_keys',
    items: ({ project }) => project.sshKeys.values(),
    view,
    answer,
    sort: ['id', 'name'],
    filters: { fingerprint: key => key.fingerprint },
  }),
  getOperation('GET /ssh_keys/{id}', {
    key: 'ssh_key',
    find: ({ project, id }) => project.sshKeys.get(id),
    view,
    answer,
  }),
  operation('PUT /ssh_keys/{id}', {
    status: 200,
    body: z.object({ name: freeName.optional(), labels: labels.optional() }),
    answer: z.object({ ssh_key: answer }),
    handle({ project, id, body }) {
      const key = found(project.sshKeys, 'ssh_key', id);
      if (body.name !== undefined) {
        requireUniqueName(project.sshKeys, body.name, NAME_TAKEN, id);
        key.name = body.name;
      }
      key.labels = body.labels ?? key.labels;
      return { ssh_key: view(key) };
    },
  }),
  operation('DELETE /ssh_keys/{id}', {
    status: 204,
    handle({ project, id }) {
      found(project.sshKeys, 'ssh_key', id);
      project.sshKeys.delete(id);
    },
  }),
];
