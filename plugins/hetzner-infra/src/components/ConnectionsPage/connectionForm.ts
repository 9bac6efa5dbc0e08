import type {
  Connection,
  ConnectionInput,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** What the dialog for a Hetzner connection holds. Secrets begin empty: what is stored never comes back. */
export interface ConnectionForm {
  name: string;
  owner: string;
  /** Entity references of groups. */
  usableBy: readonly string[];
  consoleProjectId: string;
  /** Limits of the project that no API tells; empty for what nobody told. */
  servers: string;
  loadBalancers: string;
  token: string;
  clusterToken: string;
}

/** Limits that the dialog asks for: the ones that stand in the way first. */
const LIMITS = ['servers', 'loadBalancers'] as const;

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
    usableBy: connection?.usableBy ?? (owner ? [owner] : []),
    consoleProjectId: connection?.consoleProjectId ?? '',
    servers: connection?.limits?.servers?.toString() ?? '',
    loadBalancers: connection?.limits?.loadBalancers?.toString() ?? '',
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
  const limits = limitsOf(form, existing);
  return {
    kind: 'hetzner',
    // So that nobody overwrites what somebody else changed or added meanwhile.
    version: existing?.version ?? 0,
    owner: form.owner.trim(),
    usableBy: [...form.usableBy],
    ...(Object.keys(limits).length > 0 ? { limits } : {}),
    ...(consoleProjectId ? { consoleProjectId } : {}),
    ...(Object.keys(secrets).length > 0 ? { secrets } : {}),
  };
}

/** Those of the dialog; an emptied one is forgotten, and what the dialog does not show stays. */
function limitsOf(
  form: ConnectionForm,
  existing: Connection | undefined,
): Record<string, number> {
  const limits: Record<string, number> = { ...existing?.limits };
  for (const name of LIMITS) {
    const typed = form[name].trim();
    if (typed === '') delete limits[name];
    else limits[name] = Number(typed);
  }
  return limits;
}

/** What is wrong with a field of the dialog, in words. */
export type FieldErrors = Partial<Record<keyof ConnectionForm, string>>;

/** Fields of the dialog by the place that the backend names; a list's entry belongs to its field. */
const FIELD_OF_PATH: readonly [prefix: string, field: keyof ConnectionForm][] =
  [
    ['name', 'name'],
    ['owner', 'owner'],
    ['usableBy', 'usableBy'],
    ['consoleProjectId', 'consoleProjectId'],
    ['limits.servers', 'servers'],
    ['limits.loadBalancers', 'loadBalancers'],
    ['secrets.token', 'token'],
    ['secrets.clusterToken', 'clusterToken'],
  ];

/** The backend's words at the field that they are about; `rest` belongs to none. */
export function errorsByField(
  fields: readonly { path: string; message: string }[],
): { errors: FieldErrors; rest: string[] } {
  const errors: FieldErrors = {};
  const rest: string[] = [];
  for (const { path, message } of fields) {
    const [, field] =
      FIELD_OF_PATH.find(
        ([prefix]) => path === prefix || path.startsWith(`${prefix}.`),
      ) ?? [];
    if (field)
      errors[field] = [errors[field], message].filter(Boolean).join(' ');
    else rest.push(message);
  }
  return { errors, rest };
}
