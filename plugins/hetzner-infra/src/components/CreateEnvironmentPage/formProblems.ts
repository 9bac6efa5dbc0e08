import type { DocumentProblem } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import {
  isProblemOf,
  pathOfField,
  type EnvironmentForm,
} from '../../fields/environmentFromForm';
import type { StepperFormProps } from './stepperFormProps';

/** Errors as the wizard's form takes them: by field, and within pools by number and part. */
export type FieldErrors = NonNullable<StepperFormProps['extraErrors']>;

/** A step of the wizard, as far as it says what must be filled in. */
export interface StepSchema {
  schema: { required?: unknown; properties?: unknown };
}

/** The parts of a pool that have a place for an error of their own. */
const PART_OF_POOL = /^spec\.pools\.(\d+)\.(name|serverType|min|max)$/;

/** The first of a step's fields that has one of these problems. */
export function firstField(
  problems: readonly DocumentProblem[],
  fields: readonly string[],
): string | undefined {
  return fields.find(field =>
    problems.some(({ path }) => isProblemOf(path, field)),
  );
}

/** Whether the form says a problem itself, because its field is on the step in view. */
export function isInForm(
  { path }: { path?: string },
  fields: readonly string[],
): boolean {
  return path !== undefined && fields.some(field => isProblemOf(path, field));
}

/** Each problem once, at the field in which it is put right. */
export function errorsByField(
  problems: readonly DocumentProblem[],
  fields: readonly string[],
): FieldErrors {
  const errors: FieldErrors = {};
  for (const { path, message } of problems) {
    for (const field of fields.filter(known => isProblemOf(path, known))) {
      const [, number, part] =
        (field === 'pools' && PART_OF_POOL.exec(path)) || [];
      let place = (errors[field] ??= {});
      for (const step of number === undefined ? [] : [number, part!]) {
        place = place[step] ??= {};
      }
      place.__errors = [...new Set([...(place.__errors ?? []), message])];
    }
  }
  return errors;
}

/** What a step needs and nobody filled in, where the document itself would do without. */
export function missingOf(
  steps: readonly StepSchema[],
  form: EnvironmentForm,
  known: readonly DocumentProblem[],
  message: string,
): DocumentProblem[] {
  return steps
    .flatMap(({ schema }) => (schema.required ?? []) as string[])
    .filter(field => {
      const value = form[field as keyof EnvironmentForm];
      return value === undefined || value === null || value === '';
    })
    .filter(field => !known.some(({ path }) => isProblemOf(path, field)))
    .flatMap(field => {
      const path = pathOfField(field);
      return path ? [{ path, message }] : [];
    });
}
