import { translationApiRef } from '@backstage/frontend-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { parseEnvironmentDocument } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { InfraError } from '../../api/InfraError';
import { environmentFromForm } from '../environmentFromForm';
import { translatorOf } from '../translatorOf';
import { problemInWords } from './problemInWords';
import { isSamePrice, quotedPrice, type QuotedPrice } from './quotedPrice';

/**
 * Lets nobody go on with a document that has errors, that cannot be quoted, that could not be
 * created, or whose price is another than the one on the screen.
 */
export const validateQuote: CustomFieldValidator<QuotedPrice> = async (
  seen,
  field,
  { apiHolder, formData },
) => {
  const t = translatorOf(apiHolder.get(translationApiRef));
  const document = environmentFromForm(formData);
  const parsed = parseEnvironmentDocument(document);
  if ('problems' in parsed) {
    parsed.problems.forEach(problem =>
      field.addError(problemInWords(t, problem)),
    );
    return;
  }
  try {
    const quote = await apiHolder.get(hetznerInfraApiRef)!.quote(document);
    quote.warnings
      .filter(({ blocking }) => blocking)
      .forEach(({ message }) => field.addError(message));
    if (!isSamePrice(quotedPrice(quote, ''), seen ?? {})) {
      field.addError(t('quote.priceChanged'));
    }
  } catch (error) {
    const { fields, message, status } = error as InfraError;
    if (fields?.length > 0) {
      fields.forEach(problem => field.addError(problemInWords(t, problem)));
    } else {
      field.addError(
        t('quote.failedBecause', {
          reason: status === 0 ? t('error.unreachable') : message,
        }),
      );
    }
  }
};
