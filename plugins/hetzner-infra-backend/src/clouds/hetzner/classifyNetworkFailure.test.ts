import { classifyNetworkFailure } from './classifyNetworkFailure';

const context = { aborted: false, timedOut: false, timeoutSeconds: 30 };

function failure(code: string, extra: object = {}): Error {
  return Object.assign(new Error(`secret ${code}`), { code, ...extra });
}

describe('classifyNetworkFailure', () => {
  it.each([
    ['ECONNREFUSED', 'connection_failed', 'refused'],
    ['ENOTFOUND', 'connection_failed', 'refused'],
    ['EAI_AGAIN', 'connection_failed', 'refused'],
    ['EHOSTUNREACH', 'connection_failed', 'refused'],
    ['ECONNRESET', 'connection_lost', 'unknown'],
    ['EPIPE', 'connection_lost', 'unknown'],
    ['ETIMEDOUT', 'connection_lost', 'unknown'],
    ['ERR_BAD_RESPONSE', 'connection_lost', 'unknown'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_error', 'refused'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls_error', 'refused'],
    ['CERT_HAS_EXPIRED', 'tls_error', 'refused'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls_error', 'refused'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_error', 'refused'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls_error', 'unknown'],
    ['EPROTO', 'tls_error', 'unknown'],
  ])('%s is %s, %s', (system, code, outcome) => {
    const found = classifyNetworkFailure(failure(system), context);
    expect(found).toMatchObject({ code, outcome });
    expect(found.reason).toContain(system);
    expect(found.reason).not.toContain('secret');
  });

  it('knows a connection that timed out from one that broke', () => {
    const connecting = failure('ETIMEDOUT', { syscall: 'connect' });
    expect(classifyNetworkFailure(connecting, context)).toMatchObject({
      code: 'connection_failed',
      outcome: 'refused',
    });
  });

  it('reads the code of what the error wraps', () => {
    const wrapped = failure('ERR_NETWORK', { cause: failure('ECONNREFUSED') });
    expect(classifyNetworkFailure(wrapped, context).code).toBe(
      'connection_failed',
    );
  });

  it('takes no text for a code', () => {
    const found = classifyNetworkFailure(failure('my token'), context);
    expect(found.reason).not.toContain('token');
  });

  it.each([undefined, null, 'text', {}])('survives %j', thrown => {
    expect(classifyNetworkFailure(thrown, context)).toMatchObject({
      code: 'connection_lost',
      outcome: 'unknown',
    });
  });

  it('believes the signals before the error', () => {
    const error = failure('ERR_CANCELED');
    expect(
      classifyNetworkFailure(error, { ...context, timedOut: true }),
    ).toMatchObject({ code: 'timed_out', outcome: 'unknown' });
    expect(
      classifyNetworkFailure(error, {
        ...context,
        timedOut: true,
        aborted: true,
      }),
    ).toMatchObject({ code: 'aborted', outcome: 'unknown' });
  });
});
