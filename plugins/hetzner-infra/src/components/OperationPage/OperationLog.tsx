import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { LogLine } from '../../api/followedOperation';
import { hetznerInfraTranslationRef } from '../../translation';
import { formatInstant } from '../../ui/format';
import { InstantsInText } from '../../ui/InstantsInText';
import { useLocale } from '../../ui/useLocale';
import styles from './OperationLog.module.css';
import { useChangeTitle } from '../../words/useChangeTitle';
import { usePhrases } from '../../words/usePhrases';

/** What happened, line by line, youngest first so that news needs no scrolling. */
export function OperationLog({ log }: { log: readonly LogLine[] }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const locale = useLocale();
  const say = usePhrases();
  const titleOf = useChangeTitle();
  if (log.length === 0) {
    return (
      <Text as="p" color="secondary">
        {t('operation.noEvents')}
      </Text>
    );
  }
  return (
    <ol
      className={styles.log}
      aria-label={t('operation.events')}
      // What scrolls must be reachable by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {[...log].reverse().map(({ seq, at, message, phrases, step }) => (
        <li key={seq} className={styles.line}>
          <time
            dateTime={at}
            title={formatInstant(locale, Date.parse(at))}
            className={styles.time}
          >
            {new Intl.DateTimeFormat(locale, {
              hour: '2-digit',
              minute: '2-digit',
              second: '2-digit',
              hourCycle: 'h23',
            }).format(Date.parse(at))}
          </time>
          <span>
            {step &&
              t(`operation.stepEvent.${step.state}`, { title: titleOf(step) })}
            {!step && (
              <InstantsInText text={phrases ? say(phrases) : message ?? ''} />
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
