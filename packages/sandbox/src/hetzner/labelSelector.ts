import { isLabelKey, isLabelValue, Labels } from './labels';

/** One condition of a label selector; all of a selector's must hold. */
export type Requirement =
  | { key: string; operator: 'exists' | 'absent' }
  | { key: string; operator: 'in' | 'notin'; values: string[] };

/** Thrown for text that is no label selector. */
export class LabelSelectorError extends Error {}

/** Selectors that were read; they are read for every server at every change. */
const known = new Map<string, Requirement[]>();
const MOST_KNOWN = 1000;

/**
 * Reads a label selector: `k`, `!k`, `k=v`, `k==v`, `k!=v`, `k in (a,b)` and
 * `k notin (a,b)`, joined by commas. Empty text selects everything.
 * Source: Hetzner Cloud API, Label Selector.
 *
 * @throws LabelSelectorError
 */
export function parseLabelSelector(text: string): Requirement[] {
  const before = known.get(text);
  if (before) return before;
  const requirements = readRequirements(text);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, requirements);
  return requirements;
}

function readRequirements(text: string): Requirement[] {
  if (text.trim() === '') return [];
  // A comma inside parentheses separates values, not requirements.
  return text.split(/,(?![^(]*\))/).map(part => parseRequirement(part.trim()));
}

function parseRequirement(text: string): Requirement {
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(text);
  if (set) {
    return {
      key: checkedKey(set[1], text),
      operator: set[2] as 'in' | 'notin',
      values: set[3].split(',').map(value => checkedValue(value.trim(), text)),
    };
  }
  const equality = /^([^=!\s]+)\s*(!=|==?)\s*([^=!\s]*)$/.exec(text);
  if (equality) {
    return {
      key: checkedKey(equality[1], text),
      operator: equality[2] === '!=' ? 'notin' : 'in',
      values: [checkedValue(equality[3], text)],
    };
  }
  const negated = text.startsWith('!');
  return {
    key: checkedKey(negated ? text.slice(1).trim() : text, text),
    operator: negated ? 'absent' : 'exists',
  };
}

function checkedKey(key: string, requirement: string): string {
  if (!isLabelKey(key)) {
    throw new LabelSelectorError(`'${requirement}' is no label requirement`);
  }
  return key;
}

function checkedValue(value: string, requirement: string): string {
  if (!isLabelValue(value)) {
    throw new LabelSelectorError(
      `'${value}' in '${requirement}' is no label value`,
    );
  }
  return value;
}

/**
 * True when the labels fulfil every requirement. An object without the key
 * fulfils `k!=v` and `k notin (…)`, as in Kubernetes.
 */
export function matchesLabels(
  requirements: Requirement[],
  labels: Labels,
): boolean {
  return requirements.every(requirement => {
    const has = Object.hasOwn(labels, requirement.key);
    switch (requirement.operator) {
      case 'exists':
        return has;
      case 'absent':
        return !has;
      case 'in':
        return has && requirement.values.includes(labels[requirement.key]);
      default:
        return !has || !requirement.values.includes(labels[requirement.key]);
    }
  });
}
