import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  documentChanges,
  standingTotals,
  type DocumentProblem,
  type Environment,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useCallback, useMemo, useState } from 'react';
import {
  changedDocument,
  formOfEnvironment,
  withDefaults,
  type ChangeForm,
} from '../../fields/changedEnvironment';
import type { EnvironmentForm } from '../../fields/environmentFromForm';
import { quotedPrice } from '../../fields/HetznerQuote/quotedPrice';
import { useLiveQuote } from '../../fields/HetznerQuote/useLiveQuote';
import { hetznerInfraTranslationRef } from '../../translation';
import layout from '../CreateEnvironmentPage/CreateEnvironmentPage.module.css';
import { CreationContext } from '../CreateEnvironmentPage/CreationContext';
import { EnvironmentWizard } from '../CreateEnvironmentPage/EnvironmentWizard';
import { PricePanel } from '../CreateEnvironmentPage/PricePanel';
import { obstaclesOf } from '../CreateEnvironmentPage/useStepGate';
import { usePlannedTopology } from '../CreateEnvironmentPage/usePlannedTopology';
import { useSubmission } from '../CreateEnvironmentPage/useSubmission';
import { PlannedChanges } from '../Quote/PlannedChanges';
import { ChangeContext } from './ChangeContext';
import { ChangeReview } from './ChangeReview';
import { PriceDifference } from './PriceDifference';

/** The template that changes environments, wherever somebody comes from. */
const CHANGE_TEMPLATE = 'template:default/change-environment';

/** Form and panel side by side, filled in with how the environment is. */
export function ChangeEnvironment(props: {
  base: Environment;
  isPossible: boolean;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { base, isPossible } = props;
  const [initial] = useState(() => formOfEnvironment(base));
  const [form, setForm] = useState<ChangeForm>(initial);
  const describe = useCallback(
    (of: EnvironmentForm) => changedDocument(base.document, of),
    [base],
  );
  const submission = useSubmission({
    template: CHANGE_TEMPLATE,
    step: 'change',
  });
  const { submit } = submission;
  const live = useLiveQuote(form, describe);
  const { quote, isCurrent, document, problems: mistakes } = live;
  const topology = usePlannedTopology(live.environment);
  const changes = useMemo(
    () => documentChanges(withDefaults(base.document), describe(form)),
    [base, describe, form],
  );
  const problems = useMemo(
    (): DocumentProblem[] => [
      ...mistakes,
      ...(isCurrent ? obstaclesOf(quote) : []),
    ],
    [mistakes, isCurrent, quote],
  );
  const warnings = useMemo(() => quote?.warnings ?? [], [quote]);
  const [fieldsInView, onFields] = useState<readonly string[]>([]);
  const context = useMemo(
    () => ({ problems, warnings, onForm: setForm, onFields }),
    [problems, warnings],
  );
  const onCreate = useCallback(
    async (values: EnvironmentForm) => {
      if (!quote || !document) return;
      await submit(values, {
        ...quotedPrice(quote, new Date().toISOString()),
        environment: document as Record<string, never>,
      });
    },
    [quote, document, submit],
  );
  const change = useMemo(
    () => ({ changes, isPossible, before: base.monthly }),
    [changes, isPossible, base],
  );
  return (
    <CreationContext.Provider value={{ live, submission, fieldsInView }}>
      <ChangeContext.Provider value={change}>
        <div className={layout.layout}>
          <section className={layout.card} aria-label={t('create.form')}>
            <EnvironmentWizard
              template={CHANGE_TEMPLATE}
              review={ChangeReview}
              initial={initial}
              form={form}
              context={context}
              describe={describe}
              fieldsInView={fieldsInView}
              onCreate={onCreate}
            />
          </section>
          <PricePanel
            name={base.name}
            topology={topology}
            totals={quote && standingTotals(quote)}
          >
            {quote && (
              <>
                <PriceDifference before={base.monthly} quote={quote} />
                <PlannedChanges
                  plan={quote.plan}
                  currency={quote.totals[0]?.currency}
                />
              </>
            )}
          </PricePanel>
        </div>
      </ChangeContext.Provider>
    </CreationContext.Provider>
  );
}
