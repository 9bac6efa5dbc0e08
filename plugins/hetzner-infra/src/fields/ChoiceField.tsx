import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select, Skeleton, Text } from '@backstage/ui';
import { useId } from 'react';
import type { InfraError } from '../api/InfraError';
import { hetznerInfraTranslationRef } from '../translation';
import { ErrorPanel } from '../ui/ErrorPanel';
import styles from './fields.module.css';
import { WizardSurface } from './WizardSurface';

/** From so many choices on they can be searched. */
const SEARCHABLE = 10;

/** Something to choose. What cannot be chosen now says why in `description`. */
export interface Choice {
  id: string;
  label: string;
  description?: string;
  disabled?: boolean;
}

/** What every field of a form gets from the wizard. */
export interface FieldFrame {
  label: string;
  description?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
  isInvalid?: boolean;
  /** Id of the element that tells what is wrong. */
  errorId?: string;
}

/** A choice among what the backend offers, with its waiting and its failure. */
export function ChoiceField(props: {
  frame: FieldFrame;
  value: string | undefined;
  onChange: (value: string) => void;
  /** Undefined until they are known. */
  choices: readonly Choice[] | undefined;
  error?: InfraError;
  /** What could not be read, for the reader of an error. */
  errorTitle: string;
  onRetry: () => void;
  /** Why there is nothing to choose from yet, such as another field that comes first. */
  waitsFor?: string;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { frame, value, onChange, choices, error, waitsFor } = props;
  const descriptionId = useId();
  const description = waitsFor ?? frame.description;
  if (error && !choices) {
    return (
      <ErrorPanel
        title={props.errorTitle}
        error={error}
        onRetry={props.onRetry}
      />
    );
  }
  if (!choices && !waitsFor) return <Skeleton width="100%" height={64} />;
  return (
    <WizardSurface>
      <Select
        label={frame.label}
        isRequired={frame.isRequired}
        isDisabled={frame.isDisabled || waitsFor !== undefined}
        isInvalid={frame.isInvalid}
        // The browser would refuse to send a form whose error is of the last attempt.
        validationBehavior="aria"
        aria-describedby={[
          description && descriptionId,
          frame.isInvalid && frame.errorId,
        ]
          .filter(Boolean)
          .join(' ')}
        value={value ?? null}
        onChange={key => key !== null && onChange(String(key))}
        options={withChosen(choices ?? [], value, t('fields.notOffered'))}
        search={(choices?.length ?? 0) > SEARCHABLE ? true : undefined}
      />
      {description && (
        <Text
          as="p"
          id={descriptionId}
          variant="body-small"
          color="secondary"
          className={styles.description}
        >
          {description}
        </Text>
      )}
    </WizardSurface>
  );
}

/** What is chosen stays to be seen even when it is not offered any more. */
function withChosen(
  choices: readonly Choice[],
  value: string | undefined,
  reason: string,
): Choice[] {
  return !value || choices.some(({ id }) => id === value)
    ? [...choices]
    : [
        ...choices,
        { id: value, label: value, description: reason, disabled: true },
      ];
}
