import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Accordion, AccordionPanel, AccordionTrigger } from '@backstage/ui';
import { RiErrorWarningLine } from '@remixicon/react';
import type { DocumentProblem } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useEffect, useState, type ReactElement } from 'react';
import {
  isProblemOf,
  type EnvironmentForm,
} from '../../fields/environmentFromForm';
import { hetznerInfraTranslationRef } from '../../translation';
import styles from './EnvironmentStep.module.css';
import { stepOf } from './manifest';
import { useFocusWhenLost } from './useFocusWhenLost';

/** What the page and the steps of its form tell each other. */
export interface StepContext {
  /** What is wrong with the environment as it is described now. */
  problems: readonly DocumentProblem[];
  /** Takes the whole form, all its steps together, whenever it changed. */
  onForm: (form: EnvironmentForm) => void;
  /** Set by the wizard. */
  formData?: EnvironmentForm;
}

/** What the wizard hands to the template of an object's fields; this much of it is used here. */
interface ObjectFields {
  properties: { name: string; content: ReactElement }[];
  uiSchema?: Record<string, any>;
  formContext?: unknown;
}

/**
 * One step of the form: its fields, with what is wrong beneath each, and the advanced ones folded.
 * A fold that hides a problem opens.
 */
export function EnvironmentStep(props: ObjectFields) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { properties, uiSchema = {} } = props;
  const { problems, onForm, formData } = props.formContext as StepContext;
  const [isUnfolded, setUnfolded] = useState(false);
  const container = useFocusWhenLost<HTMLDivElement>();
  const step = stepOf(properties.map(({ name }) => name));

  useEffect(() => {
    if (formData) onForm(formData);
  }, [formData, onForm]);

  const messagesOf = (name: string) => [
    ...new Set(
      problems
        .filter(({ path }) => isProblemOf(path, name))
        .map(({ message }) => message),
    ),
  ];
  const isAdvanced = ({ name }: ObjectFields['properties'][number]) =>
    uiSchema[name]?.['ui:options']?.advanced === true;
  const hasProblem = ({ name, content }: ObjectFields['properties'][number]) =>
    messagesOf(name).length > 0 ||
    Object.keys(content.props.errorSchema ?? {}).length > 0;
  const advanced = properties.filter(isAdvanced);
  const field = ({ name, content }: ObjectFields['properties'][number]) => (
    <div key={name} className={styles.field}>
      {content}
      {messagesOf(name).map(message => (
        <p key={message} className={styles.problem} role="alert">
          <RiErrorWarningLine size={16} aria-hidden="true" />
          {message}
        </p>
      ))}
    </div>
  );
  return (
    <div
      ref={container}
      role="group"
      tabIndex={-1}
      aria-label={step && t(`create.step.${step}`)}
      className={styles.step}
    >
      {properties.filter(property => !isAdvanced(property)).map(field)}
      {advanced.length > 0 && (
        <Accordion
          isExpanded={isUnfolded || advanced.some(hasProblem)}
          onExpandedChange={setUnfolded}
          className={styles.advanced}
        >
          <AccordionTrigger level={2}>
            <span className={styles.trigger}>
              <span className={styles.triggerTitle}>
                {t('create.advanced')}
              </span>
              <span className={styles.triggerFields}>
                {advanced.map(titleOf).join(' · ')}
              </span>
            </span>
          </AccordionTrigger>
          <AccordionPanel>
            <div className={styles.folded}>{advanced.map(field)}</div>
          </AccordionPanel>
        </Accordion>
      )}
    </div>
  );
}

function titleOf({
  name,
  content,
}: ObjectFields['properties'][number]): string {
  return String(content.props.schema?.title ?? name);
}
