import { translationApiRef } from '@backstage/frontend-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { parseEnvironmentDocument } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { mutate } from 'swr';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import type { InfraError } from '../../api/InfraError';
import { quoteKey } from '../../api/queries';
import { environmentFromForm } from '../environmentFromForm';
import { knownTexts } from '../../words/useKnownTexts';
import { translatorOf } from '../translatorOf';
import { isSamePrice, quotedPrice, type QuotedPrice } from './quotedPrice';

/**
 * Lets nobody go on with a document that has errors, that cannot be quoted, that could not be
 * created, or whose price is another than the one on the screen. The panel has the details.
 */
export const validateQuote: CustomFieldValidator<QuotedPrice> = async (
  seen,
  field,
  { apiHolder, formData },
) => {
  const t = translatorOf(apiHolder.get(translationApiRef));
  const document = environmentFromForm(formData);
  if ('problems' in parseEnvironmentDocument(document)) {
    field.addError(t('quote.problemsLeft'));
    return;
  }
  try {
    const quote = await apiHolder
      .get(hetznerInfraApiRef)!
      .quote(document, { intent: 'create' });
    // What is refused here, or goes on, is what the panel shows.
    await mutate(quoteKey(document), quote, { revalidate: false });
    if (quote.warnings.some(({ blocking }) => blocking)) {
      field.addError(t('quote.problemsLeft'));
    } else if (!isSamePrice(quotedPrice(quote, ''), seen ?? {})) {
      field.addError(t('quote.priceChanged'));
    }
  } catch (error) {
    const { fields, message, status, code, params } = error as InfraError;
    const told = params && knownTexts(t)(`refusal.${code}`, params);
    field.addError(
      // That the name is in use is said here: the panel may have its price from before.
      fields?.length > 0 && status !== 409
        ? t('quote.problemsLeft')
        : t('quote.failedBecause', {
            reason: status === 0 ? t('error.unreachable') : told ?? message,
          }),
    );
  }
};
