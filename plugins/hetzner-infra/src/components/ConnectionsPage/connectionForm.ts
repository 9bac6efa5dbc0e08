import type {
  Connection,
  ConnectionInput,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** Kinds of connections that can be added here. */
export const KINDS = ['hetzner', 'object-storage'] as const;

/** Locations with object storage (docs.hetzner.com, Object Storage, overview). */
export const REGIONS = ['fsn1', 'nbg1', 'hel1'] as const;

/** What the dialog for a connection holds. Secrets begin empty: what is stored never comes back. */
export interface ConnectionForm {
  kind: (typeof KINDS)[number];
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
  /** For object storage, as are those after it. */
  region: string;
  /** Empty for that of the region. */
  endpoint: string;
  /** Empty for one that the check makes for itself. */
  checkBucket: string;
  accessKey: string;
  secretKey: string;
}

/** Fields whose content never comes back. */
export const SECRET_FIELDS = [
  'token',
  'clusterToken',
  'accessKey',
  'secretKey',
] as const;

/** The secrets of each kind; a new connection needs all of them. */
const SECRETS_OF_KIND = {
  hetzner: ['token', 'clusterToken'],
  'object-storage': ['accessKey', 'secretKey'],
} as const;

/** Limits that the dialog asks for: the ones that stand in the way first. */
const LIMITS = ['servers', 'loadBalancers'] as const;

/** Fields that may be wrong before anything is sent. */
export type RequiredField =
  | 'name'
  | 'owner'
  | 'region'
  | (typeof SECRET_FIELDS)[number];

/** The dialog's content for a connection that exists, or for a new one of `owner`. */
export function formOf(
  connection: Connection | undefined,
  owner: string,
): ConnectionForm {
  return {
    kind: KINDS.find(kind => kind === connection?.kind) ?? 'hetzner',
    name: connection?.name ?? '',
    owner: connection?.owner ?? owner,
    usableBy: connection?.usableBy ?? (owner ? [owner] : []),
    consoleProjectId: connection?.consoleProjectId ?? '',
    servers: connection?.limits?.servers?.toString() ?? '',
    loadBalancers: connection?.limits?.loadBalancers?.toString() ?? '',
    token: '',
    clusterToken: '',
    region: connection?.region ?? REGIONS[0],
    endpoint: connection?.endpoint ?? '',
    checkBucket: connection?.checkBucket ?? '',
    accessKey: '',
    secretKey: '',
  };
}

/** Fields that are still empty. A connection that exists keeps the secrets that are left empty. */
export function missingFields(
  form: ConnectionForm,
  existing: Connection | undefined,
): RequiredField[] {
  const required: RequiredField[] = [
    'name',
    'owner',
    ...(form.kind === 'object-storage' ? (['region'] as const) : []),
    ...(existing ? [] : SECRETS_OF_KIND[form.kind]),
  ];
  return required.filter(field => form[field].trim() === '');
}

/** What is sent. What the dialog does not show, such as limits, stays as it is. */
export function inputOf(
  form: ConnectionForm,
  existing: Connection | undefined,
): ConnectionInput {
  const secrets = Object.fromEntries(
    SECRETS_OF_KIND[form.kind]
      .map(name => [name, form[name].trim()])
      .filter(([, secret]) => secret !== ''),
  );
  const consoleProjectId = form.consoleProjectId.trim();
  const limits = limitsOf(form, existing);
  return {
    kind: form.kind,
    // So that nobody overwrites what somebody else changed or added meanwhile.
    version: existing?.version ?? 0,
    owner: form.owner.trim(),
    usableBy: [...form.usableBy],
    ...(form.kind === 'object-storage' ? placeOf(form) : {}),
    ...(form.kind === 'hetzner' && Object.keys(limits).length > 0
      ? { limits }
      : {}),
    ...(consoleProjectId ? { consoleProjectId } : {}),
    ...(Object.keys(secrets).length > 0 ? { secrets } : {}),
  };
}

/** Where the object storage is. */
function placeOf(
  form: ConnectionForm,
): Pick<ConnectionInput, 'region' | 'endpoint' | 'checkBucket'> {
  const [endpoint, checkBucket] = [form.endpoint, form.checkBucket].map(text =>
    text.trim(),
  );
  return {
    region: form.region.trim(),
    ...(endpoint ? { endpoint } : {}),
    ...(checkBucket ? { checkBucket } : {}),
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
    ['region', 'region'],
    ['endpoint', 'endpoint'],
    ['checkBucket', 'checkBucket'],
    ['secrets.accessKey', 'accessKey'],
    ['secrets.secretKey', 'secretKey'],
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
