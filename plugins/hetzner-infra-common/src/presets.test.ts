import fc from 'fast-check';
import type { EnvironmentDocument } from './document';
import { breaches } from './guardrails';
import { beyondPresets, PRESET_SIZES, PRESETS, type Preset } from './presets';
import type { ServerTypeChoices } from './serverTypes';
import { anyEnvironment } from './testing/anyEnvironment';

/** A document of just the size of a preset. */
function sized(
  environment: EnvironmentDocument,
  preset: Preset,
): EnvironmentDocument {
  const { controlPlane, pool, loadBalancerType, hours } = PRESET_SIZES[preset];
  const { metadata, spec } = environment;
  return {
    ...environment,
    metadata: {
      ...metadata,
      expiresAt: hours === undefined ? null : '2027-01-31T18:00:00Z',
    },
    spec: {
      ...spec,
      controlPlane: { ...spec.controlPlane, ...controlPlane },
      pools: [{ ...spec.pools[0], ...pool, name: 'web' }],
      loadBalancer: { ...spec.loadBalancer, type: loadBalancerType },
    },
  };
}

function chosenFor(preset: Preset): ServerTypeChoices {
  const { controlPlane, pool } = PRESET_SIZES[preset];
  const choice = (type: string) => ({
    asked: [type],
    location: 'fsn1',
    chosen: type,
    reason: null,
  });
  return {
    'control-plane': choice(controlPlane.serverType),
    web: choice(pool.serverType),
  };
}

describe('beyondPresets', () => {
  it.each(PRESETS)('is nothing for %s itself, whatever else it is', preset => {
    fc.assert(
      fc.property(anyEnvironment, environment => {
        const document = sized(environment, preset);
        expect(beyondPresets(document, chosenFor(preset), [preset])).toEqual(
          [],
        );
      }),
    );
  });

  const [environment] = fc.sample(anyEnvironment, { seed: 1, numRuns: 1 });
  const staging = sized(environment, 'staging');
  const { spec } = staging;
  const [pool] = spec.pools;

  it.each<[string, Partial<EnvironmentDocument['spec']>, string, RegExp]>([
    [
      'control planes',
      { controlPlane: { ...spec.controlPlane, count: 3 } },
      'spec.controlPlane.count',
      /staging, has at most 1, not 3/,
    ],
    [
      'workers',
      { pools: [{ ...pool, max: 4 }] },
      'spec.pools.0.max',
      /staging, has at most 3, not 4/,
    ],
    [
      'workers of all pools together',
      { pools: [pool, { ...pool, name: 'jobs', max: 1 }] },
      'spec.pools.1.max',
      /staging, has at most 3, not 4/,
    ],
    [
      'another load balancer',
      { loadBalancer: { ...spec.loadBalancer, type: 'lb21' } },
      'spec.loadBalancer.type',
      /staging, has lb11, not lb21/,
    ],
  ])('names %s', (_, change, path, message) => {
    const document = { ...staging, spec: { ...spec, ...change } };
    expect(
      beyondPresets(document, chosenFor('staging'), ['staging']),
    ).toMatchObject([{ path, message: expect.stringMatching(message) }]);
  });

  it('names another server type', () => {
    expect(
      beyondPresets(staging, chosenFor('production'), ['staging']),
    ).toMatchObject([
      {
        path: 'spec.pools.0.serverType',
        message: expect.stringMatching(/staging, has cx33, not cx43/),
      },
    ]);
  });

  it('wants an end for what is for a while', () => {
    const preview = sized(environment, 'preview');
    const endless = {
      ...preview,
      metadata: { ...preview.metadata, expiresAt: null },
    };
    expect(
      beyondPresets(endless, chosenFor('preview'), ['preview']),
    ).toMatchObject([{ path: 'metadata.expiresAt' }]);
  });

  it('measures against the nearest of several', () => {
    const document = {
      ...staging,
      spec: { ...spec, pools: [{ ...pool, max: 4 }] },
    };
    expect(
      beyondPresets(document, chosenFor('staging'), ['preview', 'staging']),
    ).toMatchObject([{ message: expect.stringContaining('staging') }]);
  });

  it('is part of what a guardrail forbids', () => {
    const rule = { group: '*', presets: ['preview' as const] };
    expect(breaches(staging, chosenFor('staging'), rule)).toEqual(
      beyondPresets(staging, chosenFor('staging'), ['preview']),
    );
  });
});
