import type { RateBudget } from '../RateBudget';
import { CloudError, type CloudOperation } from '../CloudError';
import { sleep, type Clock, type Random } from '../clock';
import { ownCodes } from '../ownCodes';
import { hetznerCodes } from './errorCodes';
import { correlationIdOf, rateReadingOf } from './answerHeaders';
import { decodeAnswer, type Decoded } from './decodeAnswer';
import type { Priority } from './HetznerCloud';
import { isOverdue } from './interactive';
import {
  fillPath,
  queryString,
  type PathParameters,
  type QueryParameters,
} from './requestUrl';
import { retryDelaySeconds, type RetryLimits } from './retryPolicy';
import { anySignal, type Scope } from './scope';
import type { Transport } from './transport';

/** What all calls of one connection share. */
export interface Connection {
  /** Another one from the moment on at which the token is replaced. */
  transport: Transport;
  /** See HetznerConnectionOptions. */
  onTokenRefused?: () => Promise<void>;
  budget: RateBudget;
  clock: Clock;
  random: Random;
  retryLimits: Record<Priority, RetryLimits>;
}

export interface Call {
  method: string;
  pathTemplate: string;
  path?: PathParameters;
  query?: QueryParameters;
  body?: unknown;
  signal?: AbortSignal;
  retryOn?: readonly string[];
  tellAtOnce?: readonly string[];
}

/**
 * Makes one call, and repeats it as the retry policy says, and once more when
 * its token was refused and there is another one by now. Each try waits for
 * the rate budget, asks the scope's hooks, is sent, corrects the budget, and is
 * reported, in this order.
 *
 * @returns the answer's JSON; undefined if it has none.
 * @throws CloudError, or what a hook threw.
 */
export async function makeCall(
  connection: Connection,
  scope: Scope,
  call: Call,
): Promise<unknown> {
  const { clock, random } = connection;
  const path = fillPath(call.pathTemplate, call.path);
  const operation = { method: call.method, path };
  const signal = anySignal(scope, call.signal);

  let repeats: string | undefined;
  let isRenewed = false;
  for (let attempt = 1; ; attempt++) {
    const { transport } = connection;
    const decoded = await tryOnce(connection, scope, {
      call,
      operation,
      attempt,
      repeats,
      signal,
    });
    if (decoded.ok) {
      return decoded.value;
    }
    const { error } = decoded;
    repeats = error.code;
    if (error.code === hetznerCodes.unauthorized && !isRenewed) {
      isRenewed = true;
      await connection.onTokenRefused?.();
      if (connection.transport !== transport) continue;
    }
    const delay = retryDelaySeconds(
      {
        method: call.method,
        code: error.code,
        outcome: error.outcome,
        attempt,
        retryOn: call.retryOn,
        tellAtOnce: call.tellAtOnce,
      },
      connection.retryLimits[scope.priority],
      random,
    );
    if (delay === undefined) {
      throw error;
    }
    await sleep(clock, delay, signal);
    if (isOverdue(signal)) {
      throw error;
    }
  }
}

interface Attempt {
  call: Call;
  operation: CloudOperation;
  attempt: number;
  repeats?: string;
  signal?: AbortSignal;
}

async function tryOnce(
  { transport, budget, clock }: Connection,
  scope: Scope,
  { call, operation, attempt, repeats, signal }: Attempt,
): Promise<Decoded> {
  const { priority, share } = scope;
  const { slowUntil } = budget.status();
  if (slowUntil && priority === 'background') {
    scope.onSlow.forEach(listener => listener(slowUntil));
  }
  if (!(await budget.take({ priority, share, signal }))) {
    throw notSent(operation, signal);
  }
  const { method, pathTemplate } = call;
  try {
    for (const hook of scope.beforeCall) {
      await hook({ method, pathTemplate, attempt });
    }
    if (signal?.aborted) {
      throw notSent(operation, signal);
    }
  } catch (error) {
    budget.settle('not-sent');
    throw error;
  }

  const sentAt = clock.now();
  const exchange = await transport.send({
    method,
    url: operation.path + queryString(call.query),
    body: call.body,
    // A write that is on its way is never abandoned: whoever looks next must
    // see its effect.
    signal: method === 'GET' ? signal : undefined,
  });
  budget.settle(rateReadingOf(exchange));

  const decoded = decodeAnswer(exchange, operation);
  const answered = exchange.kind === 'answer' ? exchange : undefined;
  for (const report of scope.onCall) {
    report({
      method,
      pathTemplate,
      status: answered?.status,
      errorCode: decoded.ok ? undefined : decoded.error.code,
      durationSeconds: (clock.now() - sentAt) / 1000,
      correlationId: answered && correlationIdOf(answered.headers),
      attempt,
      ...(repeats !== undefined && { repeats }),
    });
  }
  return decoded;
}

function notSent(
  operation: CloudOperation,
  signal: AbortSignal | undefined,
): CloudError {
  const { method, path } = operation;
  const overdue = isOverdue(signal);
  return new CloudError({
    code: overdue ? ownCodes.timedOut : ownCodes.aborted,
    message: `Hetzner Cloud: ${method} ${path} was ${
      overdue ? 'not sent in time' : 'cancelled before it was sent'
    }.`,
    outcome: 'refused',
    operation,
  });
}
