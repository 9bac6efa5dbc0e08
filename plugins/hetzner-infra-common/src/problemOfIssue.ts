import type { z } from 'zod';
import {
  toldProblem,
  type DocumentProblem,
  type ProblemCode,
  type ToldProblem,
} from './problems';

/** Sentences of the schema itself, to find their codes again: a check of zod carries a sentence only. */
const said = new Map<string, ToldProblem>();

/** The sentence for a check of the schema. */
export function says(
  code: ProblemCode,
  params: Record<string, string | number> = {},
): string {
  const told = toldProblem(code, params);
  said.set(told.message, told);
  return told.message;
}

/** What stands at a path of what was sent. */
function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    input,
  );
}

const TOO_BIG: Readonly<Record<string, ProblemCode | undefined>> = {
  string: 'text-too-long',
  array: 'too-many-items',
};

const TOO_SMALL: Readonly<Record<string, ProblemCode | undefined>> = {
  string: 'text-too-short',
  array: 'too-few-items',
};

/** What zod says without a sentence of the schema's own. */
function unsaid(issue: z.core.$ZodIssue, input: unknown): ToldProblem {
  if (valueAt(input, issue.path) === undefined) return toldProblem('missing');
  switch (issue.code) {
    case 'invalid_type':
      return toldProblem('wrong-type', { type: issue.expected });
    case 'unrecognized_keys':
      return toldProblem('unknown-fields', { fields: issue.keys.join(', ') });
    case 'invalid_value':
      return toldProblem('not-one-of', {
        values: issue.values.map(String).join(', '),
      });
    case 'too_big':
      return toldProblem(TOO_BIG[issue.origin] ?? 'too-much', {
        most: String(issue.maximum),
      });
    case 'too_small':
      return toldProblem(TOO_SMALL[issue.origin] ?? 'too-little', {
        least: String(issue.minimum),
      });
    case 'invalid_format':
      return toldProblem(issue.format === 'datetime' ? 'time-form' : 'invalid');
    default:
      return toldProblem('invalid');
  }
}

/** What zod found, as a problem with its code. `input` is what was read. */
export function problemOfIssue(
  issue: z.core.$ZodIssue,
  input: unknown,
): DocumentProblem {
  const own =
    issue.code === 'custom' && issue.params
      ? (issue.params as ToldProblem)
      : said.get(issue.message);
  return { path: issue.path.join('.'), ...(own ?? unsaid(issue, input)) };
}
