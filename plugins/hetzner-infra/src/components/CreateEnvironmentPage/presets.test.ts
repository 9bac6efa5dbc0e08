import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  parseEnvironmentDocument,
  PRESETS,
  type EnvironmentDocument,
  type Preset,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import fc from 'fast-check';
import { parse } from 'yaml';
import { environmentFromForm } from '../../fields/environmentFromForm';
import { freeName, presetForm, readPreset } from './presets';

const NOW = Date.parse('2026-11-23T09:00:00Z');

function read(document: object): EnvironmentDocument {
  const parsed = parseEnvironmentDocument(document);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.environment;
}

const documentOf = (preset: Preset) =>
  read(
    environmentFromForm(
      presetForm(preset, {
        takenNames: [],
        owner: 'group:default/platform',
        connection: 'sandbox',
        objectStorage: 'storage',
        now: NOW,
      }),
    ),
  );

const example = (name: string) =>
  read(
    parse(
      readFileSync(
        path.resolve(__dirname, '../../../../../examples', `${name}.yaml`),
        'utf8',
      ),
    ),
  );

describe('presets', () => {
  it('fill in the documented production, but for what is nobody else’s to know', () => {
    const documented = example('xpeditis-prod');
    // Administrators' addresses are the reader's, and workloads and add-ons are no part of the form.
    const { workloads, addons, adminAccess, connections, ...spec } =
      documented.spec;
    const made = documentOf('production');
    expect(made.metadata).toEqual(documented.metadata);
    expect(made.spec).toEqual({
      ...spec,
      connections: { hetzner: 'sandbox', objectStorage: 'storage' },
      adminAccess: { cidrs: [], ssh: false, sshKeys: [] },
    });
  });

  it('fill in staging as its example', () => {
    expect(documentOf('staging')).toEqual({
      ...example('staging'),
      spec: { ...example('staging').spec, data: {} },
    });
  });

  it('fill in a preview as its example, for eight hours', () => {
    const { metadata, spec } = example('preview');
    expect(documentOf('preview')).toEqual({
      ...example('preview'),
      metadata: { ...metadata, expiresAt: '2026-11-23T17:00:00.000Z' },
      spec: { ...spec, data: {} },
    });
  });

  it('fill in managed data services for the MVP', () => {
    expect(documentOf('mvp').spec.data).toEqual({
      postgres: { mode: 'neon' },
      redis: { mode: 'upstash' },
      objectStorage: { bucket: 'xpeditis-mvp' },
    });
  });

  it('have no bucket where there is no object storage', () => {
    const form = presetForm('production', { takenNames: [], now: NOW });
    expect(form.bucket).toBeUndefined();
  });

  it.each(PRESETS)('%s has a name that is free', preset => {
    const taken = ['prod', 'mvp', 'staging', 'preview'].map(
      name => `xpeditis-${name}`,
    );
    const { name } = presetForm(preset, { takenNames: taken, now: NOW });
    expect(name).toBe(`${documentOf(preset).metadata.name}-2`);
  });

  it('are read from an address', () => {
    expect(readPreset('mvp')).toBe('mvp');
    expect(readPreset('other')).toBe('production');
    expect(readPreset(null)).toBe('production');
  });
});

describe('freeName', () => {
  it('is free and no longer than a name may be', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z][a-z0-9]{0,29}$/),
        fc.integer({ min: 0, max: 12 }),
        (wanted, count) => {
          const taken: string[] = [];
          for (let made = 0; made < count; made += 1) {
            taken.push(freeName(wanted, taken));
          }
          const name = freeName(wanted, taken);
          expect(taken).not.toContain(name);
          expect(name.length).toBeLessThanOrEqual(30);
          expect(new Set(taken).size).toBe(count);
        },
      ),
    );
  });
});
