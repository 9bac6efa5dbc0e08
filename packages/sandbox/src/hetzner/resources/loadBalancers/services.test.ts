import { targetHealth } from './health';
import { mergeService, newService } from './services';

describe('a service with what a request leaves out', () => {
  it.each([
    [{ protocol: 'http' }, 80, 80, 'http'],
    [{ protocol: 'http', listen_port: 8080 }, 8080, 80, 'http'],
    [{ protocol: 'https', http: { certificates: [1] } }, 443, 80, 'http'],
    [{ protocol: 'tcp', listen_port: 1, destination_port: 2 }, 1, 2, 'tcp'],
  ] as const)('%j listens on %i for %i', (body, listen, destination, check) => {
    const service = newService(body as Parameters<typeof newService>[0]);
    expect(service).toMatchObject({
      listen_port: listen,
      destination_port: destination,
      proxyprotocol: false,
      health_check: {
        protocol: check,
        port: destination,
        interval: 15,
        timeout: 10,
        retries: 3,
      },
    });
  });

  it('has the cookie and the check that the provider gives it', () => {
    expect(newService({ protocol: 'http' })).toMatchObject({
      http: {
        cookie_name: 'HCLBSTICKY',
        cookie_lifetime: 300,
        timeout_idle: 50,
        certificates: [],
        redirect_http: false,
        sticky_sessions: false,
      },
      health_check: {
        http: {
          domain: '',
          path: '/',
          status_codes: ['2??', '3??'],
          tls: false,
        },
      },
    });
  });

  it.each([
    [{}],
    [{ protocol: 'tcp' }],
    [{ protocol: 'tcp', listen_port: 1 }],
    [{ protocol: 'https' }],
    [{ protocol: 'http', http: { redirect_http: true } }],
  ] as const)('%j is refused', body => {
    expect(() => newService(body as Parameters<typeof newService>[0])).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    );
  });

  it('changes field by field', () => {
    const before = newService({
      protocol: 'https',
      http: { certificates: [7], cookie_name: 'A', sticky_sessions: true },
    });
    const after = mergeService(before, {
      http: { cookie_name: 'B' },
      health_check: { interval: 5, http: { path: '/ping' } },
    });
    expect(after).toEqual({
      ...before,
      http: { ...before.http, cookie_name: 'B' },
      health_check: {
        ...before.health_check,
        interval: 5,
        http: { ...before.health_check.http, path: '/ping' },
      },
    });
  });

  it('keeps its tcp check when it becomes http', () => {
    const before = newService({
      protocol: 'tcp',
      listen_port: 80,
      destination_port: 80,
    });
    const after = mergeService(before, { protocol: 'http' });
    expect(after.health_check).toEqual(before.health_check);
    expect(after.http).toMatchObject({ cookie_name: 'HCLBSTICKY' });
  });
});

describe('the health of a target', () => {
  const service = newService({ protocol: 'http' });

  it.each([
    [0, false, 'unknown'],
    [44, false, 'unknown'],
    [44, true, 'unknown'],
    [45, true, 'healthy'],
    [45, false, 'unhealthy'],
  ])('after %i s, listening %p: %s', (seconds, isListening, status) => {
    const health = targetHealth(service, seconds, isListening);
    expect(health).toEqual({
      listen_port: 80,
      status,
      ...(status === 'unhealthy' ? { detail: 'layer4_no_connection' } : {}),
    });
  });
});
