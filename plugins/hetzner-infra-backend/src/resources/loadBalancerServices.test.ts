import type { LoadBalancerService } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import fc from 'fast-check';
import { foundService, wireService } from './loadBalancerServices';

const port = fc.integer({ min: 1, max: 65_535 });

const cookie = fc.option(
  fc.record({
    name: fc.stringMatching(/^[A-Z_]{1,20}$/),
    lifetimeSeconds: fc.integer({ min: 30, max: 86_400 }),
  }),
);

const protocols = fc.oneof(
  fc.record({
    protocol: fc.constant('tcp' as const),
    http: fc.constant(null),
  }),
  fc.record({
    protocol: fc.constant('http' as const),
    http: fc.record({
      certificate: fc.constant(null),
      redirectHttp: fc.constant(false),
      stickyCookie: cookie,
    }),
  }),
  fc.record({
    protocol: fc.constant('https' as const),
    http: fc.record({
      certificate: fc.constant('certificate'),
      redirectHttp: fc.boolean(),
      stickyCookie: cookie,
    }),
  }),
);

const checkBase = {
  port,
  intervalSeconds: fc.integer({ min: 3, max: 60 }),
  timeoutSeconds: fc.integer({ min: 1, max: 60 }),
  retries: fc.integer({ min: 1, max: 5 }),
};

const healthCheck = fc.oneof(
  fc.record({
    protocol: fc.constant('tcp' as const),
    ...checkBase,
    path: fc.constant(null),
    statusCodes: fc.constant<string[]>([]),
  }),
  fc.record({
    protocol: fc.constant('http' as const),
    ...checkBase,
    path: fc.constantFrom('/', '/ping'),
    statusCodes: fc.subarray(['2??', '3??', '404']),
  }),
);

const service: fc.Arbitrary<LoadBalancerService> = fc
  .record({
    listenPort: port,
    destinationPort: port,
    protocol: protocols,
    healthCheck,
  })
  .map(({ protocol: { protocol, http }, ...rest }) => ({
    protocol,
    listenPort: rest.listenPort,
    destinationPort: rest.destinationPort,
    http,
    healthCheck: rest.healthCheck,
  }));

const others = {
  keyOf: (kind: string, id: number) =>
    kind === 'certificate' && id === 7 ? 'certificate' : `foreign:${id}`,
};

describe('a service', () => {
  it('reads as it was written, to the byte that a comparison sees', () => {
    fc.assert(
      fc.property(service, wanted => {
        const found = foundService(
          wireService(wanted, () => 7),
          others,
        );
        expect(JSON.stringify(found)).toBe(JSON.stringify(wanted));
      }),
    );
  });

  it('shows the certificate of somebody else', () => {
    const wanted = fc.sample(
      service.filter(({ protocol }) => protocol === 'https'),
      1,
    )[0];
    const found = foundService(
      wireService(wanted, () => 8),
      others,
    );
    expect(found.http!.certificate).toBe('foreign:8');
  });
});
