import http from 'node:http';
import https from 'node:https';
import type { AxiosInstance } from 'axios';
import { Client } from 'hcloud-js';
import type { Outcome } from '../CloudError';
import { classifyNetworkFailure } from './classifyNetworkFailure';
import { isOverdue } from './interactive';
import { createRedactor } from './redactSecrets';

/** One request, ready to be sent. */
export interface WireRequest {
  method: string;
  /** Below the endpoint, ids filled in, query included: `/servers?name=web-1`. */
  url: string;
  body?: unknown;
  signal?: AbortSignal;
}

/** What came of sending a request: an answer of any status, or none. */
export type Exchange =
  | {
      kind: 'answer';
      status: number;
      /** Names in lower case. */
      headers: Record<string, string>;
      text: string;
    }
  | { kind: 'no-answer'; code: string; outcome: Outcome; reason: string };

export interface Transport {
  /** Never rejects: whatever the client throws is put into our words here. */
  send(request: WireRequest): Promise<Exchange>;
  /** Closes idle sockets, the others when their calls have ended. Later calls still work. */
  close(): void;
}

export interface TransportOptions {
  token: string;
  /** With `/v1`; a trailing slash does not matter. */
  endpoint: string;
  userAgent: string;
  timeoutSeconds: number;
  /** Certificates to trust besides Node's own, PEM. For a private endpoint. */
  ca?: string;
}

/** Answers of the API are far smaller: 50 servers are about 200 kB. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/**
 * Sends requests through hcloud-js's axios instance, which knows endpoint and
 * token, and decodes nothing: hcloud-js's own interceptors drop the status and
 * the headers of errors, and fail on answers that are not JSON.
 *
 * HTTPS endpoints are reached through the proxy that HTTPS_PROXY and NO_PROXY
 * name, in a tunnel that the proxy cannot look into. Plain HTTP endpoints (the
 * sandbox) are never sent through a proxy, which would see the token.
 *
 * @throws Error when hcloud-js came with an axios that is not maintained
 */
export function createTransport(options: TransportOptions): Transport {
  const secure = options.endpoint.startsWith('https:');
  const { axios } = new Client({
    token: options.token,
    baseURL: options.endpoint,
    // The deadline below covers the whole exchange, axios's only idle sockets.
    timeout: 0,
    proxy: secure ? undefined : false,
  });
  refuseOldAxios(axios);
  axios.interceptors.response.clear();
  const redact = createRedactor(options.token);
  const httpAgent = new http.Agent({ keepAlive: true });
  const httpsAgent = new https.Agent({
    keepAlive: true,
    ...(options.ca ? { ca: options.ca } : {}),
    // Stated, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not switch it off.
    rejectUnauthorized: true,
  });

  // Destroying an agent would cut the calls that are under way.
  let underWay = 0;
  let isClosed = false;
  const closeIdle = () => {
    if (!isClosed || underWay > 0) return;
    httpAgent.destroy();
    httpsAgent.destroy();
  };

  return {
    async send({ method, url, body, signal }) {
      underWay += 1;
      const deadline = AbortSignal.timeout(options.timeoutSeconds * 1000);
      try {
        const answer = await axios.request<string>({
          method,
          url,
          data: body === undefined ? undefined : JSON.stringify(body),
          headers: {
            'User-Agent': options.userAgent,
            Accept: 'application/json',
            ...(body === undefined
              ? {}
              : { 'Content-Type': 'application/json' }),
          },
          signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
          responseType: 'text',
          transformRequest: data => data,
          transformResponse: data => data,
          validateStatus: () => true,
          // Never take the token to where an answer points.
          maxRedirects: 0,
          allowAbsoluteUrls: false,
          maxContentLength: MAX_ANSWER_BYTES,
          httpAgent,
          httpsAgent,
        });
        return {
          kind: 'answer',
          status: answer.status,
          headers: flatten(answer.headers, redact),
          text: redact(answer.data ?? ''),
        };
      } catch (error) {
        const overdue = isOverdue(signal);
        return {
          kind: 'no-answer',
          ...classifyNetworkFailure(error, {
            aborted: signal?.aborted === true && !overdue,
            timedOut: deadline.aborted || overdue,
            timeoutSeconds: overdue ? undefined : options.timeoutSeconds,
          }),
        };
      } finally {
        underWay -= 1;
        closeIdle();
      }
    },
    close() {
      isClosed = true;
      closeIdle();
    },
  };
}

/**
 * hcloud-js asks for an axios with known vulnerabilities, and only the root of
 * an installation can force another one. `clear` came after those that it
 * would get (axios, CHANGELOG, 1.0.0).
 */
function refuseOldAxios({ interceptors }: AxiosInstance): void {
  if (typeof interceptors.response.clear === 'function') return;
  throw new Error(
    'hcloud-js was installed with an old axios that has known vulnerabilities. Add "resolutions": { "axios": "^1.21.1" } (Yarn) or "overrides" (npm) to the package.json at the root of the installation, and install again.',
  );
}

function flatten(
  headers: object,
  redact: (text: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      redact(String(value)),
    ]),
  );
}
