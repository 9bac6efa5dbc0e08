import {
  MAX_ENVIRONMENT_NAME_LENGTH,
  PRESET_SIZES,
  PRESETS,
  type Preset,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { EnvironmentForm } from '../../fields/environmentFromForm';
import { afterHours } from '../../fields/expiry';

const COMMON = {
  location: 'fsn1',
  stickyCookie: 'XPEDITIS_LB',
  ipRange: '10.0.0.0/16',
  nodesRange: '10.0.1.0/24',
  adminCidrs: [],
  ssh: false,
  sshKeys: [],
  protected: false,
  postgres: 'none',
  redis: 'none',
} satisfies EnvironmentForm;

/** The fields of the form that a preset's size fills in. */
function sizeOf(preset: Preset) {
  const { controlPlane, pool, loadBalancerType } = PRESET_SIZES[preset];
  return {
    controlPlaneServerType: controlPlane.serverType,
    controlPlaneCount: controlPlane.count,
    poolServerType: pool.serverType,
    poolMin: pool.min,
    poolMax: pool.max,
    loadBalancerType,
  };
}

/**
 * What each preset fills in, beside what depends on the reader. Production is the architecture
 * document's; MVP is its option with managed data services; staging and preview are those of `examples/`.
 */
const FORMS = {
  production: {
    ...COMMON,
    ...sizeOf('production'),
    name: 'xpeditis-prod',
    edgeZone: 'xpeditis.com',
    edgeApi: 'api.xpeditis.com',
    edgeApp: 'app.xpeditis.com',
    postgres: 'self-hosted',
    redis: 'self-hosted',
  },
  mvp: {
    ...COMMON,
    ...sizeOf('mvp'),
    name: 'xpeditis-mvp',
    postgres: 'neon',
    redis: 'upstash',
  },
  staging: {
    ...COMMON,
    ...sizeOf('staging'),
    name: 'xpeditis-staging',
    ipRange: '10.1.0.0/16',
    nodesRange: '10.1.1.0/24',
  },
  preview: {
    ...COMMON,
    ...sizeOf('preview'),
    name: 'xpeditis-preview',
    location: 'nbg1',
  },
} satisfies Record<Preset, EnvironmentForm>;

/** Presets whose files are kept in object storage, in a bucket named like the environment. */
const WITH_BUCKET: readonly Preset[] = ['production', 'mvp'];

/** What a preset's values depend on. */
export interface PresetContext {
  /** Names of the environments that there are. */
  takenNames: readonly string[];
  owner?: string;
  connection?: string;
  /** Name of a connection to object storage; without one no preset has a bucket. */
  objectStorage?: string;
  /** Milliseconds since 1970. */
  now: number;
}

/** The whole form as a preset fills it in: it can be created as it stands. */
export function presetForm(
  preset: Preset,
  { takenNames, owner, connection, objectStorage, now }: PresetContext,
): EnvironmentForm {
  const form: EnvironmentForm = FORMS[preset];
  const { hours } = PRESET_SIZES[preset];
  const name = freeName(FORMS[preset].name, takenNames);
  return {
    ...form,
    name,
    owner,
    connection,
    ...(WITH_BUCKET.includes(preset) && objectStorage
      ? { bucket: name, objectStorage }
      : {}),
    ...(hours === undefined ? {} : { expiresAt: afterHours(hours, now) }),
  };
}

/** A name that no environment has: the one asked for, else the first of `-2`, `-3` and so on. */
export function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let number = 2; taken.includes(name); number += 1) {
    const ending = `-${number}`;
    name = `${wanted.slice(
      0,
      MAX_ENVIRONMENT_NAME_LENGTH - ending.length,
    )}${ending}`;
  }
  return name;
}

/** The preset that an address names; the first one where it names none. */
export function readPreset(text: string | null): Preset {
  return PRESETS.find(preset => preset === text) ?? PRESETS[0];
}
