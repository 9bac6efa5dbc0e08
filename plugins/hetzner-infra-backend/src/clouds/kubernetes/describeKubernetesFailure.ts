import { CloudError, type CloudOperation } from '../CloudError';
import { classifyNetworkFailure } from '../hetzner/classifyNetworkFailure';
import { createRedactor } from '../hetzner/redactSecrets';
import { kubernetesCodes } from './errorCodes';

/** What a person can do about it, for the codes where there is something to do. */
const ADVICE: Readonly<Record<string, string>> = {
  [kubernetesCodes.unauthorized]:
    'The cluster does not know the portal’s certificate: its client authority is another one, or the clocks differ.',
  [kubernetesCodes.noSuchKind]:
    'What brings this kind is not installed there yet.',
};

/** The answer of an API server that is no success (Kubernetes API reference, Status). */
interface Status {
  reason?: unknown;
  message?: unknown;
  details?: { causes?: { field?: unknown }[]; retryAfterSeconds?: unknown };
}

/** An answer with a status that is no success. */
export class RefusedAnswer extends Error {
  readonly name = 'RefusedAnswer';

  constructor(readonly status: number, readonly body: string) {
    super(`Answered ${status}`);
  }
}

/** The cluster has no such kind. */
export class NoSuchKind extends Error {
  readonly name = 'NoSuchKind';
}

/** How a call ended, besides its error. */
export interface KubernetesCallEnd {
  /** The environment whose cluster it is. */
  environment: string;
  /** Of the control plane that was asked. */
  address: string;
  operation: CloudOperation;
  /** The kind of object that was asked for or sent. */
  kind?: string;
  aborted: boolean;
  timedOut: boolean;
  timeoutSeconds: number;
}

const redact = createRedactor('');

/** Turns whatever a call failed with into our own error, which holds none of what was sent. */
export function describeKubernetesFailure(
  error: unknown,
  end: KubernetesCallEnd,
): CloudError {
  const { operation } = end;
  const failed = (code: string, status?: number) =>
    `Kubernetes of ${end.environment} at ${end.address}: ${operation.method} ${
      operation.path
    } failed (${status === undefined ? code : `${code}, ${status}`}).`;
  if (error instanceof NoSuchKind) {
    const code = kubernetesCodes.noSuchKind;
    return new CloudError({
      code,
      outcome: 'refused',
      operation,
      message: `${failed(code)} The cluster has no kind ${error.message}. ${
        ADVICE[code]
      }`,
    });
  }
  if (!(error instanceof RefusedAnswer) || end.aborted) {
    const { code, outcome, reason } = classifyNetworkFailure(error, end);
    return new CloudError({
      code,
      outcome,
      operation,
      message: `${failed(code)} ${reason}`,
    });
  }
  const { status } = error;
  const answer = readStatus(error.body);
  const code = codeOf(answer, status);
  return new CloudError({
    code,
    outcome: status >= 500 ? 'unknown' : 'refused',
    operation,
    status,
    message: [failed(code, status), wordsOf(answer, end.kind), ADVICE[code]]
      .filter(Boolean)
      .join(' '),
  });
}

function readStatus(body: string): Status {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  401: kubernetesCodes.unauthorized,
  403: kubernetesCodes.forbidden,
  404: kubernetesCodes.notFound,
  409: kubernetesCodes.conflict,
  429: kubernetesCodes.tooManyRequests,
  503: kubernetesCodes.serviceUnavailable,
  504: kubernetesCodes.timeout,
};

/** The server's reason; an answer of something in between has none. */
function codeOf({ reason }: Status, status: number): string {
  return typeof reason === 'string' && /^[A-Za-z]{3,64}$/.test(reason)
    ? reason
    : CODE_OF_STATUS[status] ?? kubernetesCodes.internalError;
}

/** What the server says. Of a Secret only the fields that are wrong: its sentence may hold their values. */
function wordsOf({ message, details }: Status, kind?: string): string {
  if (kind === 'Secret') {
    const fields = (details?.causes ?? [])
      .map(({ field }) => field)
      .filter(field => typeof field === 'string');
    return fields.length > 0 ? `Wrong: ${fields.join(', ')}.` : '';
  }
  const said = typeof message === 'string' ? redact(message).trim() : '';
  if (!said) return '';
  return /[.!?]$/.test(said) ? said : `${said}.`;
}
