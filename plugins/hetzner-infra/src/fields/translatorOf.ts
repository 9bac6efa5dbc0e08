import type {
  TranslationApi,
  TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { hetznerInfraTranslationRef } from '../translation';

type Messages = (typeof hetznerInfraTranslationRef)['T'];

/**
 * The texts for where no hook can be used, such as a field's validation.
 * Throws when they are not loaded; a field that is shown has loaded them.
 */
export function translatorOf(
  api: TranslationApi | undefined,
): TranslationFunction<Messages> {
  const snapshot = api?.getTranslation(hetznerInfraTranslationRef);
  if (!snapshot?.ready)
    throw new Error('The texts of this form are not loaded.');
  return snapshot.t;
}
