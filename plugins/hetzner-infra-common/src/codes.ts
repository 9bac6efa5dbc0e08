/** Warnings of a quote. */
export const WARNING_CODES = [
  'quota-exceeded',
  'price-unknown',
  'server-type-replaced',
  'no-workers',
  'admin-access-open',
  'admin-access-closed',
  'connection-refused',
  'approval-needed',
  'not-created',
  'bucket-without-connection',
] as const;

export type WarningCode = (typeof WARNING_CODES)[number];

/** Sentences, and parts of them, that a page puts together. */
export const PHRASE_CODES = [
  'trait-private-address',
  'trait-rule',
  'trait-closed',
  'trait-sticky-cookie',
  'trait-spread',
  'lost-access',
  'lost-sessions',
  'server-off-for-type',
  'connections-break-for-type',
  'moves-to-successor',
  'moves-away',
  'step-failed',
  'step-note',
  'tried',
  'undoing-failed',
  'approval-expired',
  'approval-rejected',
  'environment-as-wanted',
  'environment-not-as-wanted',
  'environment-ready',
  'environment-removed',
  'operation-taken-over',
  'operation-continued',
  'rate-limited',
  'operation-awaits-group',
  'operation-awaits-approval',
  'operation-queued',
  'operation-running',
  'operation-being-undone',
  'operation-not-approved',
  'operation-cancelled-undone',
  'operation-cancelled-returned',
  'operation-cancelled-before',
  'operation-cancelled-unremoved',
  'operation-cancelled-for-removal',
  'operation-cancelled-stayed',
  'operation-failed-unremoved',
  'operation-failed-undone',
  'operation-failed-stayed',
  'cancelling-removes',
  'cancelling-returns',
  'cancelling-stops',
  'step-not-ready',
  'not-ready-in-time',
  'cluster-missing',
  'kind-missing',
  'cluster-not-seen',
  'cluster-unavailable',
  'cluster-not-ready',
  'cluster-not-ready-because',
  'node-missing',
  'node-not-ready',
  'node-not-ready-because',
  'node-without-id',
  'chart-failed',
  'chart-failed-because',
  'pod-unplaced',
  'pod-unplaced-because',
  'pod-fails',
  'pod-fails-because',
  'cluster-event',
  'cluster-event-because',
] as const;

export type PhraseCode = (typeof PHRASE_CODES)[number];

/** What a driver notes while it makes a change. */
export const NOTE_CODES = [
  'again',
  'key-known',
  'attached',
  'attached-as',
  'power-cut',
  'not-on',
  'targets-later',
  'no-lifecycle-rules',
  'bucket-retained',
] as const;

export type NoteCode = (typeof NOTE_CODES)[number];

/** Refusals of the API that have values for a sentence. */
export const REFUSAL_CODES = [
  'permission-lacks',
  'permission-lacks-for-environment',
  'environment-exists',
  'price-above',
  'revision-is-old',
  'environment-protected',
  'nothing-left',
  'operation-in-the-way',
  'connection-unknown',
  'connection-invalid',
  'connection-in-use',
  'connection-kind',
  'connection-changed',
  'connection-exists',
  'connection-deleted',
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** What the check of a connection finds; of the token for the cluster with `cluster-` before it. */
export const CONNECTION_CHECK_CODES = [
  'token-valid',
  'tokens-valid',
  'keys-valid',
  'unauthorized',
  'token_readonly',
  'forbidden',
  'another_project',
  'invalid_response',
] as const;

export type ConnectionCheckCode = (typeof CONNECTION_CHECK_CODES)[number];

/** Why an operation cannot be cancelled. */
export const NOT_CANCELLABLE_CODES = [
  'has-succeeded',
  'has-failed',
  'deletion-has-begun',
  'being-undone',
  'is-cancelling',
  'is-cancelled',
] as const;

export type NotCancellableCode = (typeof NOT_CANCELLABLE_CODES)[number];
