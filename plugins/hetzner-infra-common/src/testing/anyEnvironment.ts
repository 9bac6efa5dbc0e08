import fc from 'fast-check';
import { environmentSchema, type EnvironmentDocument } from '../document';

const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,28}[a-z0-9])?$/);
/** Beside any name, those that look like the keys of other resources. */
const poolName = fc
  .oneof(
    fc.stringMatching(/^[a-z]([-a-z0-9]{0,13}[a-z0-9])?$/),
    fc.constantFrom('web', 'web-1', 'ssh', 'spread', 'network', 'firewall'),
  )
  .filter(
    text =>
      !['data', 'control-plane', 'ssh-key'].includes(text) &&
      !text.startsWith('spread-'),
  );

const pool = fc.record({
  name: poolName,
  serverType: fc.constantFrom('cx23', 'cx43', 'cx22', ['cx33', 'cx53']),
  min: fc.nat(23),
  more: fc.integer({ min: 1, max: 3 }),
});

/** Valid documents of every shape that the catalogue of the tests can serve. */
export const anyEnvironment: fc.Arbitrary<EnvironmentDocument> = fc
  .record({
    name,
    count: fc.constantFrom(1, 3),
    ssh: fc.boolean(),
    bucket: fc.option(fc.stringMatching(/^[a-z0-9][-a-z0-9]{1,20}[a-z0-9]$/), {
      nil: undefined,
    }),
    admins: fc.uniqueArray(fc.nat(254), { minLength: 1, maxLength: 5 }),
    pools: fc.uniqueArray(pool, {
      minLength: 1,
      maxLength: 3,
      selector: ({ name: key }) => key,
    }),
  })
  .map(({ name: environment, count, ssh, admins, pools, bucket }) =>
    environmentSchema.parse({
      apiVersion: 'infra.xpeditis.com/v1alpha1',
      kind: 'Environment',
      metadata: { name: environment, owner: 'group:default/platform' },
      spec: {
        connections: {
          hetzner: 'sandbox',
          ...(bucket && { objectStorage: 'storage' }),
        },
        ...(bucket && { data: { objectStorage: { bucket } } }),
        location: 'fsn1',
        adminAccess: { cidrs: admins.map(n => `203.0.113.${n}/32`), ssh },
        controlPlane: { serverType: 'cx23', count },
        pools: pools.map(({ more, ...rest }) => ({
          ...rest,
          max: rest.min + more,
        })),
        loadBalancer: { type: 'lb31' },
      },
    }),
  );
