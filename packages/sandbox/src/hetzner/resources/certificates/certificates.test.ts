import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { selfSigned } from '../../../testing/certificates';
import { CloudUnderTest } from '../../../testing/cloudUnderTest';

let test: CloudUnderTest;

beforeEach(() => {
  test = new CloudUnderTest();
  test.change({ speed: 1000 });
});
afterEach(() => test.dispose());

describe('uploaded certificates', () => {
  const upload = (more: object) =>
    test.refusedFields('POST /certificates', {}, { name: 'c', ...more });

  it('tell what they are for, and forget their key', async () => {
    const pair = await selfSigned('www.example.com', 'example.com');
    const { certificate } = test.call(
      'POST /certificates',
      {},
      { name: 'c', ...pair },
    );
    const der = Buffer.from(
      pair.certificate.replace(/-----.*-----/g, ''),
      'base64',
    );
    expect(certificate).toMatchObject({
      type: 'uploaded',
      status: null,
      domain_names: ['www.example.com', 'example.com'],
      not_valid_before: '2026-01-01T00:00:00.000Z',
      not_valid_after: '2036-01-01T00:00:00.000Z',
      fingerprint: createHash('sha256')
        .update(der)
        .digest('hex')
        .match(/../g)!
        .join(':'),
      used_by: [],
    });
    expect(
      JSON.stringify([...test.cloud.project('test').certificates]),
    ).not.toContain('PRIVATE');
  });

  it('are refused when they or their key cannot be used', async () => {
    const pair = await selfSigned('example.com');
    const other = await selfSigned('example.org');
    const junk = (type: string) =>
      `-----BEGIN ${type}-----\n${randomBytes(30).toString(
        'base64',
      )}\n-----END ${type}-----\n`;
    expect(upload({})).toEqual(['certificate']);
    expect(upload({ ...pair, certificate: 'text' })).toEqual(['certificate']);
    expect(upload({ ...pair, certificate: junk('CERTIFICATE') })).toEqual([
      'certificate',
    ]);
    expect(
      upload({ ...pair, certificate: pair.certificate.repeat(6) }),
    ).toEqual(['certificate']);
    expect(upload({ ...pair, private_key: junk('PRIVATE KEY') })).toEqual([
      'private_key',
    ]);
    expect(upload({ ...pair, private_key: 'x'.repeat(5001) })).toEqual([
      'private_key',
    ]);
    expect(upload({ ...pair, private_key: other.private_key })).toEqual([
      'private_key',
    ]);
    expect(upload(pair)).toEqual([]);
    expect(upload(pair)).toEqual(['name']);
  });
});

describe('managed certificates', () => {
  const DAY_MS = 86_400_000;
  const create = (...domain_names: string[]) =>
    test.call(
      'POST /certificates',
      {},
      { name: 'c', type: 'managed', domain_names },
    );
  const get = (id: number) =>
    test.call('GET /certificates/{id}', { id }).certificate;

  it('are issued for their domains', () => {
    const { certificate, action } = create('example.com', '*.example.com');
    expect(action).toMatchObject({
      command: 'create_certificate',
      status: 'running',
      resources: [{ id: certificate.id, type: 'certificate' }],
    });
    expect(certificate).toMatchObject({
      type: 'managed',
      certificate: null,
      fingerprint: null,
      not_valid_after: null,
      status: { issuance: 'pending', renewal: 'unavailable', error: null },
    });
    test.pass(1);
    const issued = get(certificate.id);
    expect(issued).toMatchObject({
      domain_names: ['example.com', '*.example.com'],
      status: { issuance: 'completed', renewal: 'scheduled', error: null },
    });
    const x509 = new X509Certificate(issued.certificate);
    expect(x509.checkHost('example.com')).toBe('example.com');
    expect(x509.checkHost('www.example.com')).toBe('*.example.com');
    expect(x509.fingerprint256.toLowerCase()).toBe(issued.fingerprint);
    expect(x509.verify(x509.publicKey)).toBe(true);
    expect(
      Date.parse(issued.not_valid_after) - Date.parse(issued.not_valid_before),
    ).toBe(90 * DAY_MS);
    expect(
      test.code('POST /certificates/{id}/actions/retry', {
        id: certificate.id,
      }),
    ).toBe('unsupported_error');
  });

  it('say why they could not be issued, and can be asked for again', () => {
    const { id } = create('www.example.invalid').certificate;
    const failed = {
      issuance: 'failed',
      renewal: 'unavailable',
      error: { code: 'dns_zone_not_found', message: 'DNS zone not found' },
    };
    test.pass(1);
    expect(get(id)).toMatchObject({ certificate: null, status: failed });
    const { action } = test.call('POST /certificates/{id}/actions/retry', {
      id,
    });
    expect(action.command).toBe('issue_certificate');
    expect(get(id).status.issuance).toBe('pending');
    test.pass(1);
    expect(get(id).status).toEqual(failed);
  });

  const DAY_SECONDS = 86_400;

  it('are renewed 30 days before their end', () => {
    const { id } = create('example.com').certificate;
    test.pass(1);
    const first = get(id);
    test.pass(59 * DAY_SECONDS);
    expect(get(id)).toEqual(first);
    test.pass(2 * DAY_SECONDS);
    const second = get(id);
    expect(second.status).toEqual(first.status);
    expect(second.fingerprint).not.toBe(first.fingerprint);
    const later =
      Date.parse(second.not_valid_after) - Date.parse(first.not_valid_after);
    expect(Math.round(later / DAY_MS)).toBe(60);
    const { actions } = test.call('GET /certificates/{id}/actions', { id });
    expect(actions.map(({ command }: { command: string }) => command)).toEqual([
      'create_certificate',
      'issue_certificate',
    ]);
  });

  it('serve on when their renewal fails, and can be asked for again', () => {
    test.change({ speed: 1 });
    const { id } = create('example.com').certificate;
    test.pass(300);
    const first = get(id);
    const due = Date.parse(first.not_valid_after) - 30 * DAY_MS;
    test.pass((due - test.clock.now()) / 1000 + 1);
    expect(get(id).status).toMatchObject({
      issuance: 'completed',
      renewal: 'pending',
    });
    const { actions } = test.call('GET /certificates/{id}/actions', { id });
    const error = { code: 'caa_record_does_not_allow_ca', message: 'refused' };
    test.cloud.runner.endNow(actions.at(-1).id, error);
    expect(get(id)).toMatchObject({
      fingerprint: first.fingerprint,
      status: { issuance: 'completed', renewal: 'failed', error },
    });
    test.call('POST /certificates/{id}/actions/retry', { id });
    test.pass(300);
    expect(get(id).status).toMatchObject({ renewal: 'scheduled', error: null });
    expect(get(id).fingerprint).not.toBe(first.fingerprint);
  });

  it('stay as they are while they are being issued', () => {
    const { id } = create('example.com').certificate;
    expect(test.code('DELETE /certificates/{id}', { id })).toBe('conflict');
    expect(test.code('PUT /certificates/{id}', { id }, {})).toBe('conflict');
    test.pass(1);
    expect(test.code('DELETE /certificates/{id}', { id })).toBe('none');
  });

  it.each([[[]], [['no domain']], [['example']], [['a.*.example.com']]])(
    'are not created for %j',
    domains => {
      const refused = test.refusedFields(
        'POST /certificates',
        {},
        { name: 'c', type: 'managed', domain_names: domains },
      );
      expect(refused[0]).toMatch(/^domain_names/);
    },
  );
});
