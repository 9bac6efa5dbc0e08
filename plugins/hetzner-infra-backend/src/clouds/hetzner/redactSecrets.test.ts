import fc from 'fast-check';
import { createRedactor } from './redactSecrets';

const TOKEN =
  'Zk3v+q9LmT7wRb2YcN8sHd5GfJ1pAe4UoKi6VtBxQyWz/rElMnCgDhFjPuIaO0==';

const pem = (label: string, lineBreak: string) =>
  [`-----BEGIN ${label}-----`, 'MIGHAgEA', `-----END ${label}-----`].join(
    lineBreak,
  );

describe('createRedactor', () => {
  const redact = createRedactor(TOKEN);

  it.each([
    ['as it is', `Bearer ${TOKEN}, no`, 'Bearer [token], no'],
    ['URL-encoded', `/?t=${encodeURIComponent(TOKEN)}&x`, '/?t=[token]&x'],
    ['twice', `${TOKEN} ${TOKEN}`, '[token] [token]'],
  ])('takes the token out %s', (_, text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });

  it.each(['base64', 'base64url'] as const)(
    'leaves no %s from which the token can be read, whatever stands around it',
    encoding => {
      fc.assert(
        fc.property(fc.string(), fc.string(), (before, after) => {
          const text = Buffer.from(`${before}${TOKEN}${after}`);
          const redacted = redact(text.toString(encoding));
          expect(redacted).toContain('[token]');
          expect(redacted.length).toBeLessThanOrEqual(
            text.toString(encoding).length - TOKEN.length,
          );
        }),
      );
    },
  );

  it.each([
    ['PKCS #8', pem('PRIVATE KEY', '\n')],
    ['SEC 1', pem('EC PRIVATE KEY', '\n')],
    ['PKCS #1, escaped', pem('RSA PRIVATE KEY', '\\n')],
    ['escaped twice', pem('OPENSSH PRIVATE KEY', '\\\\n')],
    ['one that is cut off', pem('PRIVATE KEY', '\n').slice(0, 33)],
  ])('takes a private key out: %s', (_, key) => {
    expect(redact(`{"sent":"{\\"key\\":\\"${key}\\"}"}`)).toBe(
      '{"sent":"{\\"key\\":\\"[private key]\\"}"}',
    );
  });

  it('takes out each of two private keys and leaves what is between them', () => {
    const key = pem('PRIVATE KEY', '\n');
    expect(redact(`a ${key} b ${key} c`)).toBe(
      'a [private key] b [private key] c',
    );
  });

  it('takes user data out, to its end', () => {
    expect(
      redact('{"name":"web-1","user_data":"#cloud-config\\nruncmd: []"} no'),
    ).toBe('{"name":"web-1","user_data":"[user data]');
  });

  it.each([
    [`token: K10${'a1'.repeat(32)}::server:${'b2'.repeat(32)}\\n`, 'token: '],
    [`"token": "K10${'a1'.repeat(32)}::node:${'b2'.repeat(32)}`, '"token": "'],
    [`agent-token: ${'b2'.repeat(32)}\\n`, 'agent-token: '],
    [`\\"agent-token\\": \\"${'b2'.repeat(32)}`, '\\"agent-token\\": \\"'],
  ])('takes out what lets a server join: %s', (text, left) => {
    expect(redact(text)).toContain(`${left}[join token]`);
    expect(redact(text)).not.toContain('b2b2');
  });

  it.each(['', 'no secret', pem('CERTIFICATE', '\n')])('leaves %j', text => {
    expect(redact(text)).toBe(text);
  });

  it('takes no token out that is a common word', () => {
    expect(createRedactor('sandbox')('the sandbox')).toBe('the sandbox');
  });
});
