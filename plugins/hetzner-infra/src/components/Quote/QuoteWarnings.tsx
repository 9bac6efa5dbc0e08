import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import { RiInformationLine } from '@remixicon/react';
import type { Quote } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import styles from './QuoteWarnings.module.css';
import {
  useUnbuiltPart,
  useWarningInWords,
} from '../../words/useWarningInWords';

/** Code of the warnings about parts that are priced and not built. */
const NOT_CREATED = 'not-created';

/** What stands in the way first, then what to know. What is not created has a note of its own. */
export function QuoteWarnings(props: { warnings: Quote['warnings'] }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const inWords = useWarningInWords();
  return (
    <>
      {props.warnings
        .filter(({ code }) => code !== NOT_CREATED)
        .sort((a, b) => Number(b.blocking) - Number(a.blocking))
        .map(warning => (
          <Alert
            key={`${warning.code} ${warning.path} ${warning.message}`}
            role={warning.blocking ? 'alert' : undefined}
            status={warning.blocking ? 'danger' : 'warning'}
            icon
            title={warning.blocking ? t('quote.blocked') : undefined}
            description={inWords(warning)}
          />
        ))}
    </>
  );
}

/** What is priced and not created by this version, said once for all of it. */
export function NotCreatedNote(props: { warnings: Quote['warnings'] }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const partOf = useUnbuiltPart();
  const parts = props.warnings
    .filter(({ code }) => code === NOT_CREATED)
    .map(partOf);
  return parts.length > 0 ? (
    <p className={styles.note}>
      <RiInformationLine size={16} aria-hidden="true" />
      {t('create.panel.notBuilt', { parts: parts.join(', ') })}
    </p>
  ) : null;
}
