import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Accordion, AccordionPanel, AccordionTrigger } from '@backstage/ui';
import { RiAlertLine } from '@remixicon/react';
import type {
  DocumentProblem,
  Quote,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
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
  /** What to know about the environment as it was last quoted. */
  warnings: Quote['warnings'];
  /** Takes the names of the fields in view, none when there is no step. */
  onFields: (fields: readonly string[]) => void;
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
 * One step of the form: its fields, with what to know beneath each, and the advanced ones folded.
 * What is wrong stands at the field itself; a fold that hides it opens.
 */
export function EnvironmentStep(props: ObjectFields) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { properties, uiSchema = {} } = props;
  const { warnings, onForm, onFields, formData } =
    props.formContext as StepContext;
  const [isUnfolded, setUnfolded] = useState(false);
  const container = useFocusWhenLost<HTMLDivElement>();
  const step = stepOf(properties.map(({ name }) => name));

  useEffect(() => {
    if (formData) onForm(formData);
  }, [formData, onForm]);

  const names = properties.map(({ name }) => name).join(' ');
  useEffect(() => {
    onFields(names.split(' '));
    return () => onFields([]);
  }, [names, onFields]);

  const notesOf = (name: string) =>
    warnings.filter(
      ({ blocking, path }) => !blocking && path && isProblemOf(path, name),
    );
  const isAdvanced = ({ name }: ObjectFields['properties'][number]) =>
    uiSchema[name]?.['ui:options']?.advanced === true;
  const hasProblem = ({ content }: ObjectFields['properties'][number]) =>
    Object.keys(content.props.errorSchema ?? {}).length > 0;
  const advanced = properties.filter(isAdvanced);
  const field = ({ name, content }: ObjectFields['properties'][number]) => (
    <div key={name} className={styles.field} data-field={name}>
      {content}
      {notesOf(name).map(({ code, path, message }) => (
        <p key={`${code} ${path}`} className={styles.note}>
          <RiAlertLine size={16} aria-hidden="true" />
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
