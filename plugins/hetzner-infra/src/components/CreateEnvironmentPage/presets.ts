import { MAX_ENVIRONMENT_NAME_LENGTH } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { EnvironmentForm } from '../../fields/environmentFromForm';
import { afterHours } from '../../fields/expiry';

/** Starting points of the form, the first one for who chooses none. */
export const PRESETS = ['production', 'mvp', 'staging', 'preview'] as const;

export type Preset = (typeof PRESETS)[number];

/** How long a preview stays. */
const PREVIEW_HOURS = 8;

const COMMON = {
  location: 'fsn1',
  controlPlaneServerType: 'cx23',
  controlPlaneCount: 1,
  loadBalancerType: 'lb11',
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

/**
 * What each preset fills in, beside what depends on the reader. Production is the architecture
 * document's; MVP is its option with managed data services; staging and preview are those of `examples/`.
 */
const FORMS = {
  production: {
    ...COMMON,
    name: 'xpeditis-prod',
    poolServerType: 'cx43',
    poolMin: 2,
    poolMax: 8,
    edgeZone: 'xpeditis.com',
    edgeApi: 'api.xpeditis.com',
    edgeApp: 'app.xpeditis.com',
    postgres: 'self-hosted',
    redis: 'self-hosted',
  },
  mvp: {
    ...COMMON,
    name: 'xpeditis-mvp',
    poolServerType: 'cx43',
    poolMin: 2,
    poolMax: 2,
    postgres: 'neon',
    redis: 'upstash',
  },
  staging: {
    ...COMMON,
    name: 'xpeditis-staging',
    poolServerType: 'cx33',
    poolMin: 1,
    poolMax: 3,
    ipRange: '10.1.0.0/16',
    nodesRange: '10.1.1.0/24',
  },
  preview: {
    ...COMMON,
    name: 'xpeditis-preview',
    location: 'nbg1',
    poolServerType: 'cx23',
    poolMin: 1,
    poolMax: 1,
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
  const name = freeName(FORMS[preset].name, takenNames);
  return {
    ...form,
    name,
    owner,
    connection,
    ...(WITH_BUCKET.includes(preset) && objectStorage
      ? { bucket: name, objectStorage }
      : {}),
    ...(preset === 'preview'
      ? { expiresAt: afterHours(PREVIEW_HOURS, now) }
      : {}),
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
