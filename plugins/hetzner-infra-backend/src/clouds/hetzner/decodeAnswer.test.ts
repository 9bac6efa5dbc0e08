import fc from 'fast-check';
import { CloudError } from '../CloudError';
import { decodeAnswer } from './decodeAnswer';

const operation = { method: 'POST', path: '/servers' };

function answer(
  status: number,
  text: string,
  headers: Record<string, string> = {},
) {
  return { kind: 'answer' as const, status, headers, text };
}

function errorOf(...args: Parameters<typeof answer>): CloudError {
  const decoded = decodeAnswer(answer(...args), operation);
  if (decoded.ok) {
    throw new Error('it was no error');
  }
  return decoded.error;
}

const envelope = (code: string, message: string, details: unknown = null) =>
  JSON.stringify({ error: { code, message, details } });

describe('decodeAnswer', () => {
  it('gives the JSON of a success, and nothing for 204', () => {
    expect(decodeAnswer(answer(201, '{"server":{"id":1}}'), operation)).toEqual(
      {
        ok: true,
        value: { server: { id: 1 } },
      },
    );
    expect(decodeAnswer(answer(204, ''), operation)).toEqual({
      ok: true,
      value: undefined,
    });
  });

  it('says what failed, why, what to do, and the correlation id', () => {
    const error = errorOf(
      422,
      envelope('invalid_input', 'invalid input in field user_data', {
        fields: [
          {
            name: 'user_data',
            messages: ['Length must be between 0 and 32768.'],
          },
        ],
      }),
      { 'x-correlation-id': 'c0ffee' },
    );
    expect(error).toMatchObject({
      code: 'invalid_input',
      status: 422,
      outcome: 'refused',
      correlationId: 'c0ffee',
      operation,
      details: {
        fields: [
          {
            name: 'user_data',
            messages: ['Length must be between 0 and 32768.'],
          },
        ],
      },
    });
    expect(error.message).toBe(
      'Hetzner Cloud: POST /servers failed (invalid_input, 422). Invalid input in field user_data. Field user_data: Length must be between 0 and 32768. Correlation id c0ffee.',
    );
  });

  it('names the limit that is reached, and what to do about it', () => {
    const error = errorOf(
      403,
      envelope('resource_limit_exceeded', 'server limit exceeded', {
        limits: [{ name: 'server_limit' }],
      }),
    );
    expect(error.details.limits).toEqual([{ name: 'server_limit' }]);
    expect(error.message).toContain('Limit: server_limit.');
    expect(error.message).toContain('ask Hetzner for a higher limit');
  });

  it('keeps when a call may be sent again', () => {
    const error = errorOf(
      429,
      envelope('rate_limit_exceeded', 'limit reached'),
      {
        'ratelimit-reset': '1800000000',
      },
    );
    expect(error.retryAfter).toEqual(new Date(1800000000 * 1000));
  });

  it.each([
    [400, 'json_error', 'refused'],
    [409, 'uniqueness_error', 'refused'],
    [423, 'locked', 'refused'],
    [500, 'server_error', 'unknown'],
    [502, 'bad_gateway', 'unknown'],
    [503, 'unavailable', 'unknown'],
    [504, 'timeout', 'unknown'],
  ])('%i %s is %s', (status, code, outcome) => {
    expect(errorOf(status, envelope(code, 'why'))).toMatchObject({
      code,
      outcome,
    });
  });

  it.each([
    // Not not_found: what a gateway does not know may well exist.
    [404, '<h1>Not Found</h1>', 'invalid_response', 'refused'],
    [403, 'Forbidden', 'invalid_response', 'refused'],
    [302, '', 'invalid_response', 'refused'],
    [429, '', 'rate_limit_exceeded', 'refused'],
    [500, 'oops', 'server_error', 'unknown'],
    [502, '<h1>Bad Gateway</h1>', 'bad_gateway', 'unknown'],
    [503, '', 'unavailable', 'unknown'],
    [504, '', 'timeout', 'unknown'],
    [520, '', 'invalid_response', 'unknown'],
    [200, '<html>', 'invalid_response', 'unknown'],
    [201, '{"server": {"id"', 'invalid_response', 'unknown'],
    [200, '', 'invalid_response', 'unknown'],
    [200, '[]', 'invalid_response', 'unknown'],
    [422, '{"error": "text"}', 'invalid_response', 'refused'],
    [422, '{"error": {"code": 7}}', 'invalid_response', 'refused'],
  ])('%i with %j is %s, %s', (status, text, code, outcome) => {
    const error = errorOf(status, text);
    expect(error).toMatchObject({ code, outcome, status });
    expect(error.message).not.toContain('<h1>');
  });

  it('says that a lost write may have happened, and not so of a read', () => {
    const lost = answer(502, '');
    const write = decodeAnswer(lost, operation);
    const read = decodeAnswer(lost, { method: 'GET', path: '/servers' });
    expect(!write.ok && write.error.message).toContain('may have happened');
    expect(!read.ok && read.error.message).not.toContain('may have happened');
  });

  it('reads an envelope without details, which are optional', () => {
    const text = JSON.stringify({
      error: { code: 'conflict', message: 'why' },
    });
    expect(errorOf(409, text)).toMatchObject({ code: 'conflict', details: {} });
  });

  it('leaves out details that are not as described', () => {
    const text = envelope('invalid_input', 'why', {
      fields: 'name',
      limits: [{ name: 'x' }],
    });
    expect(errorOf(422, text).details).toEqual({ limits: [{ name: 'x' }] });
    expect(errorOf(422, envelope('protected', 'why', 'text')).details).toEqual(
      {},
    );
  });

  it('shows no correlation id that is none', () => {
    const error = errorOf(500, '', { 'x-correlation-id': 'a\nb <script>' });
    expect(error.correlationId).toBeUndefined();
    expect(error.message).not.toContain('script');
  });

  it('makes an error or a value of any answer', () => {
    const anything = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map(text => `{"error":${text}}`),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 599 }),
        anything,
        (status, text) => {
          const decoded = decodeAnswer(answer(status, text), operation);
          const succeeded = status < 300 && decoded.ok;
          const refused = status >= 300 && status < 500;
          expect(
            succeeded ||
              (!decoded.ok &&
                decoded.error instanceof CloudError &&
                decoded.error.outcome === (refused ? 'refused' : 'unknown')),
          ).toBe(true);
        },
      ),
    );
  });
});
