import type { EnvironmentDocument } from './document';
import { documentProblem, type DocumentProblem } from './problems';
import type { ServerTypeChoices } from './serverTypes';

/** Starting points of a new environment, the first one for who chooses none. */
export const PRESETS = ['production', 'mvp', 'staging', 'preview'] as const;

/** Name of a starting point. */
export type Preset = (typeof PRESETS)[number];

/** What a preset costs: its servers, its load balancer and how long it stays. */
export interface PresetSize {
  controlPlane: { serverType: string; count: 1 | 3 };
  /** Its only pool. */
  pool: { serverType: string; min: number; max: number };
  loadBalancerType: string;
  /** How long it stays; absent for one that stays until somebody removes it. */
  hours?: number;
}

const controlPlane = { serverType: 'cx23', count: 1 } as const;
const loadBalancerType = 'lb11';

/**
 * The size of each preset. Production is that of the architecture document, MVP
 * its option with managed data services.
 */
export const PRESET_SIZES: Readonly<Record<Preset, PresetSize>> = {
  production: {
    controlPlane,
    pool: { serverType: 'cx43', min: 2, max: 8 },
    loadBalancerType,
  },
  mvp: {
    controlPlane,
    pool: { serverType: 'cx43', min: 2, max: 2 },
    loadBalancerType,
  },
  staging: {
    controlPlane,
    pool: { serverType: 'cx33', min: 1, max: 3 },
    loadBalancerType,
  },
  preview: {
    controlPlane,
    pool: { serverType: 'cx23', min: 1, max: 1 },
    loadBalancerType,
    hours: 8,
  },
};

/**
 * Where a document goes beyond every one of some presets: the problems with the
 * one that it is nearest to; none when it stays within one. Pure.
 *
 * @param choices - which types are taken for what the document asks
 */
export function beyondPresets(
  document: EnvironmentDocument,
  choices: ServerTypeChoices,
  presets: readonly Preset[],
): DocumentProblem[] {
  const [nearest = []] = presets
    .map(preset => beyond(document, choices, preset))
    .sort((a, b) => a.length - b.length);
  return nearest;
}

function beyond(
  { metadata, spec }: EnvironmentDocument,
  choices: ServerTypeChoices,
  preset: Preset,
): DocumentProblem[] {
  const { owner } = metadata;
  const size = PRESET_SIZES[preset];
  const problems: DocumentProblem[] = [];
  const atMost = (path: string, most: number, wanted: number) => {
    if (wanted > most) {
      problems.push(
        documentProblem(path, 'guardrail-preset-size', {
          owner,
          preset,
          most,
          wanted,
        }),
      );
    }
  };
  const only = (path: string, allowed: string, value: string | undefined) => {
    if (value !== undefined && value !== allowed) {
      problems.push(
        documentProblem(path, 'guardrail-preset-choice', {
          owner,
          preset,
          allowed,
          value,
        }),
      );
    }
  };
  atMost(
    'spec.controlPlane.count',
    size.controlPlane.count,
    spec.controlPlane.count,
  );
  only(
    'spec.controlPlane.serverType',
    size.controlPlane.serverType,
    choices['control-plane']?.chosen,
  );
  let workers = 0;
  spec.pools.forEach((pool, index) => {
    workers += pool.max;
    atMost(`spec.pools.${index}.max`, size.pool.max, workers);
    only(
      `spec.pools.${index}.serverType`,
      size.pool.serverType,
      choices[pool.name]?.chosen,
    );
  });
  only('spec.loadBalancer.type', size.loadBalancerType, spec.loadBalancer.type);
  if (size.hours !== undefined && !metadata.expiresAt) {
    problems.push(
      documentProblem('metadata.expiresAt', 'guardrail-preset-end', {
        owner,
        preset,
      }),
    );
  }
  return problems;
}
