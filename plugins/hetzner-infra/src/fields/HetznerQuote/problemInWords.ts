import type { TranslationFunction } from '@backstage/frontend-plugin-api';
import type { DocumentProblem } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { hetznerInfraTranslationRef } from '../../translation';
import { fieldOfPath } from '../environmentFromForm';

/** A problem with the name of the field in which it is put right, or with its place in the document. */
export function problemInWords(
  t: TranslationFunction<(typeof hetznerInfraTranslationRef)['T']>,
  { path, message }: DocumentProblem,
): string {
  const field = fieldOfPath(path);
  return `${field ? t(`quote.field.${field}`) : path}: ${message}`;
}
