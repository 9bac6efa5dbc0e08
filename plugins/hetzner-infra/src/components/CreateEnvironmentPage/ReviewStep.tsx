import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink, Text } from '@backstage/ui';
import type { ReviewStepProps } from '@backstage/plugin-scaffolder-react';
import type { EnvironmentForm } from '../../fields/environmentFromForm';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { formatInstant } from '../../ui/format';
import { MonthlyMoney } from '../../ui/Money';
import { useLocale } from '../../ui/useLocale';
import { PlannedChanges } from '../Quote/PlannedChanges';
import { useCreation } from './CreationContext';
import styles from './ReviewStep.module.css';
import { useFocusWhenLost } from './useFocusWhenLost';

/** The last look: what will stand where, what will be done for it, what it costs, and the order. */
export function ReviewStep(props: ReviewStepProps) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { handleBack, handleCreate, disableButtons } = props;
  const container = useFocusWhenLost<HTMLElement>();
  const form = props.formData as EnvironmentForm;
  const { live, submission } = useCreation();
  const { quote, isCurrent, problems } = live;
  const { isPending, error, taskHref, isUnknown } = submission;
  const name = form.name ?? '';
  // A price and plan from before a mistake would be read as those of the order.
  const isCurrentOrComing = problems.length === 0 && live.error === undefined;
  const isBlocked =
    !isCurrentOrComing ||
    quote?.warnings.some(({ blocking }) => blocking) === true;
  const hint = hintOf();
  return (
    <section
      ref={container}
      tabIndex={-1}
      className={styles.review}
      aria-labelledby="create-review-title"
    >
      <Text
        as="h2"
        variant="title-small"
        weight="bold"
        id="create-review-title"
      >
        {t('create.summary.title', { name })}
      </Text>
      <Summary form={form} />
      {quote && isCurrentOrComing && (
        <>
          <p className={styles.price}>
            {t('create.summary.price')}{' '}
            {quote.totals.map(({ currency, monthly, hourly }, index) => (
              <strong key={currency}>
                {index > 0 && ' + '}
                <MonthlyMoney
                  amount={monthly}
                  currency={currency}
                  hourly={hourly}
                />
              </strong>
            ))}
            . {t('quote.net')}
          </p>
          <PlannedChanges title={t('create.summary.plan')} plan={quote.plan} />
        </>
      )}
      {error && (
        <ErrorPanel
          title={t(
            isUnknown ? 'create.summary.unknown' : 'create.summary.failed',
            { name },
          )}
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
          isDisabled={disableButtons || isBlocked || !isCurrent}
        >
          {t('create.summary.confirm', { name })}
        </Button>
      </div>
    </section>
  );

  function hintOf(): string | undefined {
    if (isPending) return t('create.summary.starting');
    if (isBlocked) return t('create.summary.blocked');
    return isCurrent ? undefined : t('create.summary.notYet');
  }
}

/** The environment in sentences. */
function Summary({ form }: { form: EnvironmentForm }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const locale = useLocale();
  const { name = '', location = '', connection = '', owner = '' } = form;
  return (
    <p className={styles.summary}>
      {t('create.summary.where', { name, location, connection })}{' '}
      {t('create.summary.owner', {
        owner: owner.replace(/^group:default\//, ''),
      })}{' '}
      {form.expiresAt
        ? t('create.summary.expires', {
            at: formatInstant(locale, Date.parse(form.expiresAt)),
          })
        : t('create.summary.stays')}
      {form.protected && ` ${t('create.summary.protected')}`}
      {form.poolMin === 0 && <strong> {t('create.summary.noWorkers')}</strong>}
    </p>
  );
}
