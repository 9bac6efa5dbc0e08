import { parseEnvironmentDocument } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { refuseMetadata } from './refuseMetadata';

const context = {
  owners: { has: async (owner: string) => owner === 'group:default/platform' },
  now: () => new Date('2026-11-23T08:00:00Z'),
};

const document = (metadata: object) => {
  const parsed = parseEnvironmentDocument({
    apiVersion: 'infra.xpeditis.com/v1alpha1',
    kind: 'Environment',
    metadata: { name: 'prod', owner: 'group:default/platform', ...metadata },
    spec: {
      connections: { hetzner: 'sandbox' },
      location: 'fsn1',
      pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 1 }],
    },
  });
  if (!('environment' in parsed)) throw new Error(JSON.stringify(parsed));
  return parsed.environment;
};

const OVER = '2026-11-23T08:00:00Z';

describe('refuseMetadata', () => {
  it.each([
    [{}],
    [{ owner: 'group:default/Platform' }],
    [{ expiresAt: '2026-11-23T09:00:01+01:00' }],
  ])('takes %j for a new environment', async metadata => {
    await expect(
      refuseMetadata(document(metadata), undefined, context),
    ).resolves.toBeUndefined();
  });

  it('names every field that is wrong', async () => {
    await expect(
      refuseMetadata(
        document({ owner: 'group:default/nobody', expiresAt: OVER }),
        undefined,
        context,
      ),
    ).rejects.toMatchObject({
      name: 'InputError',
      fields: [
        {
          path: 'metadata.owner',
          message:
            'The catalog has no group:default/nobody. Choose a group that it has.',
        },
        {
          path: 'metadata.expiresAt',
          message: `${OVER} is over. Choose a later time, or none.`,
        },
      ],
    });
  });

  it('leaves what an environment has already, and refuses what is new', async () => {
    const gone = { owner: 'group:default/gone', expiresAt: OVER };
    const before = {
      owner: 'group:default/gone',
      document: document(gone) as never,
    };
    await expect(
      refuseMetadata(document(gone), before, context),
    ).resolves.toBeUndefined();
    await expect(
      refuseMetadata(
        document({ ...gone, expiresAt: '2026-11-22T08:00:00Z' }),
        before,
        context,
      ),
    ).rejects.toMatchObject({ fields: [{ path: 'metadata.expiresAt' }] });
  });
});
