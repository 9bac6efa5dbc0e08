import type {
  ErrorBody,
  FieldError,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** What a gateway answers for a backend that it cannot reach: 502, 503 and 504 (RFC 9110, 15.6.3 to 15.6.5). */
const GATEWAY_STATUSES: ReadonlySet<number> = new Set([502, 503, 504]);

/**
 * Why the backend refused or failed a request.
 * `status` is the HTTP status, or 0 when no answer of the backend came at all.
 * `message` is the backend's own sentence for the reader: what failed, on what, and what to do.
 */
export class InfraError extends Error {
  readonly name = 'InfraError';
  readonly status: number;
  /** The backend's code for the failure, such as `uniqueness_error`. */
  readonly code?: string;
  /** What stands in the message, for a code that has texts of ours. */
  readonly params?: Readonly<Record<string, string>>;
  /** To quote to whoever runs the portal. */
  readonly correlationId?: string;
  /** The operation that is in the way, for a 409. */
  readonly operationId?: string;
  /** What is wrong with the document that was sent, place by place. */
  readonly fields: FieldError[];

  constructor(status: number, error: Partial<ErrorBody['error']>) {
    super(error.message ?? '');
    this.status = status;
    this.code = error.code;
    this.params = error.params;
    this.correlationId = error.correlationId;
    this.operationId = error.operationId;
    this.fields = error.fields ?? [];
  }

  /**
   * Reads an answer that is not 2xx. An answer that is not the backend's own, such as a proxy's
   * page, keeps only its status; a gateway's word that the backend is away is no answer of it.
   */
  static async fromResponse(response: {
    status: number;
    statusText: string;
    text(): Promise<string>;
  }): Promise<InfraError> {
    const { status, statusText } = response;
    const own = readErrorBody(await response.text().catch(() => ''));
    return own
      ? new InfraError(status, own)
      : new InfraError(GATEWAY_STATUSES.has(status) ? 0 : status, {
          message: `${status} ${statusText}`.trim(),
        });
  }
}

function readErrorBody(text: string): ErrorBody['error'] | undefined {
  try {
    const body: Partial<ErrorBody> = JSON.parse(text);
    return typeof body.error?.message === 'string' ? body.error : undefined;
  } catch {
    return undefined;
  }
}
