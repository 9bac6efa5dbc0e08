import type {
  Connection,
  ConnectionInput,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** What the dialog for a Hetzner connection holds. Secrets begin empty: what is stored never comes back. */
export interface ConnectionForm {
  name: string;
  owner: string;
  /** Entity references of groups, one a line. */
  usableBy: string;
  consoleProjectId: string;
  token: string;
  clusterToken: string;
}

/** Fields that may be wrong before anything is sent. */
export type RequiredField = 'name' | 'owner' | 'token' | 'clusterToken';

/** The dialog's content for a connection that exists, or for a new one of `owner`. */
export function formOf(
  connection: Connection | undefined,
  owner: string,
): ConnectionForm {
  return {
    name: connection?.name ?? '',
    owner: connection?.owner ?? owner,
    usableBy: (connection?.usableBy ?? [owner]).join('\n'),
    consoleProjectId: connection?.consoleProjectId ?? '',
    token: '',
    clusterToken: '',
  };
}

/** Fields that are still empty. A connection that exists keeps the secrets that are left empty. */
export function missingFields(
  form: ConnectionForm,
  existing: Connection | undefined,
): RequiredField[] {
  const required: RequiredField[] = existing
    ? ['name', 'owner']
    : ['name', 'owner', 'token', 'clusterToken'];
  return required.filter(field => form[field].trim() === '');
}

/** What is sent. What the dialog does not show, such as limits, stays as it is. */
export function inputOf(
  form: ConnectionForm,
  existing: Connection | undefined,
): ConnectionInput {
  const secrets = Object.fromEntries(
    Object.entries({
      token: form.token.trim(),
      clusterToken: form.clusterToken.trim(),
    }).filter(([, secret]) => secret !== ''),
  );
  const consoleProjectId = form.consoleProjectId.trim();
  return {
    kind: 'hetzner',
    owner: form.owner.trim(),
    usableBy: form.usableBy.split(/[\s,]+/).filter(Boolean),
    ...(existing?.limits ? { limits: existing.limits } : {}),
    ...(consoleProjectId ? { consoleProjectId } : {}),
    ...(Object.keys(secrets).length > 0 ? { secrets } : {}),
  };
}
