import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  makeFieldSchema,
  type FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Alert, Skeleton } from '@backstage/ui';
import { useEffect, useRef } from 'react';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import styles from '../fields.module.css';
import { frameOf, wholeForm } from '../frame';
import { WizardSurface } from '../WizardSurface';
import { problemInWords } from './problemInWords';
import { isSamePrice, quotedPrice, type QuotedPrice } from './quotedPrice';
import { QuoteView } from './QuoteView';
import { useLiveQuote } from './useLiveQuote';
import { validateQuote } from './validateQuote';

/** Price and plan of what the wizard describes, live while somebody fills it in. Its value is the price on the screen. */
export function QuoteField(props: FieldExtensionComponentProps<QuotedPrice>) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { label } = frameOf(props);
  const live = useLiveQuote(wholeForm(props));
  useQuotedPrice(props, live);
  const { quote, isCurrent, problems, error, reload } = live;
  const isWaiting = !quote && !error && problems.length === 0;
  return (
    <WizardSurface>
      <section
        className={styles.field}
        aria-label={label}
        aria-busy={!isCurrent && problems.length === 0 && !error}
      >
        {problems.length > 0 && (
          <Alert
            role="alert"
            status="warning"
            icon
            title={t('quote.problems')}
            description={
              <ul className={styles.list}>
                {problems.map(problem => (
                  <li key={`${problem.path} ${problem.message}`}>
                    {problemInWords(t, problem)}
                  </li>
                ))}
              </ul>
            }
          />
        )}
        {error && (
          <ErrorPanel
            title={t('quote.failed')}
            error={error}
            onRetry={reload}
          />
        )}
        {isWaiting && <Skeleton width="100%" height={320} />}
        {quote && problems.length === 0 && !error && (
          <QuoteView quote={quote} isCurrent={isCurrent} />
        )}
      </section>
    </WizardSurface>
  );
}

/** Keeps the field's value the price that is on the screen. */
function useQuotedPrice(
  { formData, onChange }: FieldExtensionComponentProps<QuotedPrice>,
  { quote, isCurrent }: ReturnType<typeof useLiveQuote>,
) {
  // The wizard makes a new `onChange` on each render; only a new price is a reason to call it.
  const latest = useRef({ formData, onChange });
  latest.current = { formData, onChange };
  useEffect(() => {
    if (!quote || !isCurrent) return;
    const price = quotedPrice(quote, new Date().toISOString());
    const { formData: seen = {}, onChange: change } = latest.current;
    if (!isSamePrice(price, seen)) change(price);
  }, [quote, isCurrent]);
}

export const quoteField = createFormField({
  name: 'HetznerQuote',
  component: QuoteField,
  validation: validateQuote,
  schema: makeFieldSchema({
    output: z =>
      z.object({
        monthly: z.string().optional(),
        currency: z.string().optional(),
        quotedAt: z.string().optional(),
      }),
  }),
});
