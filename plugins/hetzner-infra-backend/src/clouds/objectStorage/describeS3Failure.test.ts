import { createRedactor } from '../hetzner/redactSecrets';
import { describeS3Failure } from './describeS3Failure';

const secretKey = 'a-secret-key-that-nobody-may-see';

const described = (error: unknown, overrides: object = {}) =>
  describeS3Failure(error, {
    endpoint: 'https://fsn1.example.com',
    operation: { method: 'PUT', path: '/shop/documents/a' },
    aborted: false,
    timedOut: false,
    timeoutSeconds: 20,
    redact: createRedactor(secretKey),
    ...overrides,
  });

const answered = (name: string, status: number, message = 'Said so.') =>
  Object.assign(new Error(message), {
    name,
    $metadata: { httpStatusCode: status, requestId: 'R1' },
    $response: { headers: { authorization: secretKey } },
  });

describe('a failed call to object storage', () => {
  it.each([
    ['InvalidAccessKeyId', 403, 'InvalidAccessKeyId', 'was deleted'],
    ['SignatureDoesNotMatch', 403, 'SignatureDoesNotMatch', 'does not belong'],
    ['AccessDenied', 403, 'AccessDenied', 'may not do this'],
    ['RequestTimeTooSkewed', 403, 'RequestTimeTooSkewed', 'by NTP'],
    ['BucketAlreadyExists', 409, 'BucketAlreadyExists', 'Somebody else'],
    ['TooManyBuckets', 400, 'TooManyBuckets', 'no more buckets'],
    ['NotImplemented', 501, 'NotImplemented', 'Said so.'],
    // What the client makes up for answers without a body.
    ['Unknown', 403, 'AccessDenied', 'may not do this'],
    ['NotFound', 404, 'NoSuchBucket', 'no such bucket'],
    ['Unknown', 400, 'invalid_response', 'Said so.'],
  ])(
    '%s with %s has the code %s and says "%s"',
    (name, status, code, words) => {
      const error = described(answered(name, status));
      expect(error).toMatchObject({
        code,
        status,
        outcome: 'refused',
        correlationId: 'R1',
      });
      expect(error.message).toContain(words);
      expect(error.message).toMatch(
        /^Object storage at https:\/\/fsn1\.example\.com: PUT \/shop\/documents\/a failed \(/,
      );
    },
  );

  it('may have happened when a gateway answers in the provider’s place', () => {
    expect(described(answered('ServiceUnavailable', 503)).outcome).toBe(
      'unknown',
    );
  });

  it('keeps nothing of the client’s error but code and words', () => {
    const error = described(
      answered('AccessDenied', 403, `no: ${secretKey} is refused`),
    );
    expect(error.cause).toBeUndefined();
    expect(
      JSON.stringify(error, Object.getOwnPropertyNames(error)),
    ).not.toContain(secretKey);
    expect(error.message).toContain('no: [token] is refused.');
  });

  it('without an answer says what the network did', () => {
    const error = Object.assign(new Error(secretKey), {
      code: 'ENOTFOUND',
      syscall: 'getaddrinfo',
    });
    expect(described(error)).toMatchObject({
      code: 'connection_failed',
      outcome: 'refused',
      message: expect.stringContaining('There was no connection (ENOTFOUND)'),
    });
    expect(described(error).message).not.toContain(secretKey);
    expect(described(new Error('x'), { timedOut: true }).message).toContain(
      'No answer came within 20 s.',
    );
  });
});
