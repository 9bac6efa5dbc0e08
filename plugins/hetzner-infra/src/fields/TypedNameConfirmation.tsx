import {
  translationApiRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  makeFieldSchema,
  type CustomFieldValidator,
  type FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Skeleton, Text, TextField } from '@backstage/ui';
import { useEnvironment, useResources } from '../api/queries';
import { groupByKind } from '../components/EnvironmentPage/groupByKind';
import { hetznerInfraTranslationRef } from '../translation';
import { ErrorPanel } from '../ui/ErrorPanel';
import { MonthlyTotals } from '../ui/Money';
import { frameOf, wholeForm } from './frame';
import styles from './fields.module.css';
import { translatorOf } from './translatorOf';
import { WizardSurface } from './WizardSurface';
import { useKindInWords } from '../words/useKindInWords';
import { useEnvironmentSentence } from '../words/useStateSentence';

/** Parameter of the template `remove-environment` that holds the chosen environment's name. */
const ENVIRONMENT_PARAMETER = 'environment';

/** Says what a removal takes and what that cost, and wants the name typed. */
export function TypedNameConfirmation(
  props: FieldExtensionComponentProps<string>,
) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const name = wholeForm(props)[ENVIRONMENT_PARAMETER] as string | undefined;
  const frame = frameOf(props);
  return (
    <WizardSurface>
      <div className={styles.field}>
        {name && <WhatGoes name={name} />}
        <TextField
          label={name ? t('fields.confirmation.label', { name }) : frame.label}
          description={
            name ? frame.description : t('fields.confirmation.environmentFirst')
          }
          isRequired
          isDisabled={frame.isDisabled || !name}
          isInvalid={frame.isInvalid}
          // The browser would refuse to send a form whose error is of the last attempt.
          validationBehavior="aria"
          aria-describedby={frame.isInvalid ? frame.errorId : undefined}
          autoComplete="off"
          value={props.formData ?? ''}
          onChange={props.onChange}
        />
      </div>
    </WizardSurface>
  );
}

/** The resources of an environment by kind, and its cost. */
function WhatGoes({ name }: { name: string }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const sentenceOf = useEnvironmentSentence();
  const kindInWords = useKindInWords();
  const environment = useEnvironment(name);
  const resources = useResources(environment.data);
  const error = environment.error ?? resources.error;
  if (error) {
    return (
      <ErrorPanel
        title={t('fields.confirmation.unknown', { name })}
        error={error}
      />
    );
  }
  if (!environment.data || !resources.data)
    return <Skeleton width="100%" height={140} />;
  return (
    <section
      className={styles.panel}
      aria-label={t('fields.confirmation.goes', { name })}
    >
      <Text as="p" weight="bold">
        {t('fields.confirmation.goes', { name })}
      </Text>
      <Text as="p">{sentenceOf(environment.data)}</Text>
      <ul className={styles.list}>
        {groupByKind(resources.data.items).map(([kind, items]) => (
          <li key={kind}>
            {items.length} × {kindInWords(kind)}
            {': '}
            {items.map(item => item.name).join(', ')}
          </li>
        ))}
      </ul>
      <Text as="p">
        {t('fields.confirmation.cost')}{' '}
        <MonthlyTotals totals={environment.data.monthly} />
      </Text>
    </section>
  );
}

/** Refuses every other name than that of the chosen environment. */
export const validateTypedName: CustomFieldValidator<string> = (
  typed,
  field,
  { apiHolder, formData },
) => {
  const name = formData[ENVIRONMENT_PARAMETER];
  if (typed === name) return;
  const t = translatorOf(apiHolder.get(translationApiRef));
  field.addError(
    name
      ? t('fields.confirmation.differs', { name: String(name) })
      : t('fields.confirmation.environmentFirst'),
  );
};

export const typedNameConfirmation = createFormField({
  name: 'TypedNameConfirmation',
  component: TypedNameConfirmation,
  validation: validateTypedName,
  schema: makeFieldSchema({ output: z => z.string() }),
});
