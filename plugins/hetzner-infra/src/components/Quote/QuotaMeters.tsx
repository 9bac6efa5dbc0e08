import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { QuotaLine } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { Meter } from '../../ui/Meter';
import styles from './QuotaMeters.module.css';
import { useQuotaName } from '../../words/useQuotaName';

/** What the project uses now and will use, against its limits. Kinds without a known limit are only counted. */
export function QuotaMeters({ lines }: { lines: readonly QuotaLine[] }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const quotaName = useQuotaName();
  const limited = lines.flatMap(line =>
    line.limit === undefined ? [] : [{ ...line, limit: line.limit }],
  );
  const rest = lines.length - limited.length;
  return (
    <div className={styles.meters}>
      {limited.map(({ name, used, after, limit }) => (
        <Meter
          key={name}
          label={quotaName(name)}
          text={t('quote.quotaOf', {
            used: String(used ?? '?'),
            after: String(after),
            limit: String(limit),
          })}
          used={used}
          after={after}
          limit={limit}
        />
      ))}
      {rest > 0 && (
        <Text as="p" color="secondary" variant="body-small">
          {t('create.panel.quotaRest', { count: rest })}
        </Text>
      )}
    </div>
  );
}
