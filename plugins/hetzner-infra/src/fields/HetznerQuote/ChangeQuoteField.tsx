import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  makeFieldSchema,
  type FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Alert, Skeleton } from '@backstage/ui';
import { useCallback, useEffect, useRef } from 'react';
import { useEnvironment } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { changedDocument, type ChangeForm } from '../changedEnvironment';
import styles from '../fields.module.css';
import { frameOf, wholeForm } from '../frame';
import { WizardSurface } from '../WizardSurface';
import { problemInWords } from './problemInWords';
import { quotedPrice, type QuotedPrice } from './quotedPrice';
import { QuoteView } from './QuoteView';
import { useLiveQuote } from './useLiveQuote';

/** The price that somebody saw, and the document that has it. */
export type QuotedChange = QuotedPrice & { environment?: object };

/** Price and plan of a change. Its value is the document that was quoted: what is asked for is what was seen. */
export function ChangeQuoteField(
  props: FieldExtensionComponentProps<QuotedChange>,
) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const form = wholeForm(props) as ChangeForm;
  const environment = useEnvironment(form.name ?? '');
  const base = environment.data;
  if (environment.error && !base) {
    return (
      <ErrorPanel
        title={t('quote.failed')}
        error={environment.error}
        onRetry={environment.reload}
      />
    );
  }
  if (!base) return <Skeleton height={320} />;
  return base.revision === form.revision ? (
    <Quoted field={props} before={base.document} />
  ) : (
    <Alert
      role="alert"
      status="warning"
      icon
      title={t('change.stale', { name: base.name })}
    />
  );
}

function Quoted(props: {
  field: FieldExtensionComponentProps<QuotedChange>;
  before: Record<string, unknown>;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { before, field } = props;
  const { formData, onChange } = field;
  const describe = useCallback(
    (form: ChangeForm) => changedDocument(before, form),
    [before],
  );
  const live = useLiveQuote(wholeForm(field), describe);
  const { quote, isCurrent, document, problems, error, reload } = live;
  const isBlocked = quote?.warnings.some(({ blocking }) => blocking) === true;
  // The wizard makes a new `onChange` on each render; only a new quote is a reason to call it.
  const latest = useRef({ formData, onChange });
  latest.current = { formData, onChange };
  useEffect(() => {
    const { formData: seen, onChange: change } = latest.current;
    const fits = quote && isCurrent && document && !isBlocked;
    if (!fits) {
      if (seen?.environment) change({});
      return;
    }
    const isSame =
      JSON.stringify(seen?.environment) === JSON.stringify(document) &&
      seen?.monthly === quote.totals[0]?.monthly;
    if (!isSame) {
      change({
        ...quotedPrice(quote, new Date().toISOString()),
        environment: document,
      });
    }
  }, [quote, isCurrent, document, isBlocked]);
  return (
    <WizardSurface>
      <section className={styles.field} aria-label={frameOf(field).label}>
        {problems.length > 0 && (
          <Alert
            role="alert"
            status="warning"
            icon
            title={t('quote.problems')}
            description={problems
              .map(problem => problemInWords(t, problem))
              .join(' ')}
          />
        )}
        {error && (
          <ErrorPanel
            title={t('quote.failed')}
            error={error}
            onRetry={reload}
          />
        )}
        {!quote && !error && problems.length === 0 && <Skeleton height={320} />}
        {quote && problems.length === 0 && !error && (
          <QuoteView quote={quote} isCurrent={isCurrent} />
        )}
      </section>
    </WizardSurface>
  );
}

export const changeQuoteField = createFormField({
  name: 'HetznerChangeQuote',
  component: ChangeQuoteField,
  schema: makeFieldSchema({
    output: z =>
      z.object({
        monthly: z.string().optional(),
        currency: z.string().optional(),
        quotedAt: z.string().optional(),
        environment: z.record(z.any()).optional(),
      }),
  }),
});
