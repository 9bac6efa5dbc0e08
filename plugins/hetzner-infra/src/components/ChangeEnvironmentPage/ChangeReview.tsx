import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReviewStepProps } from '@backstage/plugin-scaffolder-react';
import { Button, ButtonLink, Text } from '@backstage/ui';
import type { EnvironmentForm } from '../../fields/environmentFromForm';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { useCreation } from '../CreateEnvironmentPage/CreationContext';
import styles from '../CreateEnvironmentPage/ReviewStep.module.css';
import { useFocusWhenLost } from '../CreateEnvironmentPage/useFocusWhenLost';
import { DocumentChanges } from '../OperationPage/DocumentChanges';
import { PlannedChanges } from '../Quote/PlannedChanges';
import { useChange } from './ChangeContext';
import { PriceDifference } from './PriceDifference';

/** The last look at a change: what differs, what is done for it and what that interrupts, and the order. */
export function ChangeReview(props: ReviewStepProps) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { handleBack, handleCreate, disableButtons } = props;
  const container = useFocusWhenLost<HTMLElement>();
  const { name = '' } = props.formData as EnvironmentForm;
  const { live, submission } = useCreation();
  const { changes, isPossible, before } = useChange();
  const { quote, isCurrent, problems } = live;
  const { isPending, error, taskHref, isUnknown } = submission;
  const isKnown = problems.length === 0 && live.error === undefined;
  const isBlocked =
    !isKnown || quote?.warnings.some(({ blocking }) => blocking) === true;
  const hint = hintOf();
  return (
    <section
      ref={container}
      tabIndex={-1}
      className={styles.review}
      aria-labelledby="change-review-title"
    >
      <Text
        as="h2"
        variant="title-small"
        weight="bold"
        id="change-review-title"
      >
        {t('change.title', { name })}
      </Text>
      {changes.length === 0 ? (
        <Text as="p">{t('change.nothing')}</Text>
      ) : (
        <DocumentChanges label={t('change.differs')} changes={changes} />
      )}
      {quote && isKnown && changes.length > 0 && (
        <>
          <PriceDifference before={before} quote={quote} />
          <PlannedChanges
            title={t('create.summary.plan')}
            plan={quote.plan}
            currency={quote.totals[0]?.currency}
          />
        </>
      )}
      {error && (
        <ErrorPanel
          title={t(isUnknown ? 'create.summary.unknown' : 'change.failed', {
            name,
          })}
          error={
            isUnknown ? { message: t('create.summary.unknownWhy') } : error
          }
          action={
            taskHref && (
              <ButtonLink href={taskHref} variant="secondary" size="small">
                {t('create.summary.openTask')}
              </ButtonLink>
            )
          }
        />
      )}
      <div className={styles.footer}>
        {hint && (
          <Text as="p" color="secondary" role="status" className={styles.hint}>
            {hint}
          </Text>
        )}
        <Button
          variant="tertiary"
          onPress={handleBack}
          isDisabled={disableButtons || isPending}
        >
          {t('create.back')}
        </Button>
        <Button
          variant="primary"
          onPress={handleCreate}
          isPending={isPending}
          isDisabled={
            disableButtons ||
            isBlocked ||
            !isCurrent ||
            !isPossible ||
            changes.length === 0
          }
        >
          {t('change.confirm', { name })}
        </Button>
      </div>
    </section>
  );

  function hintOf(): string | undefined {
    if (isPending) return t('create.summary.starting');
    if (!isPossible) return t('change.notPossible');
    if (changes.length === 0) return undefined;
    if (isBlocked) return t('change.blocked');
    return isCurrent ? undefined : t('change.notYet');
  }
}
