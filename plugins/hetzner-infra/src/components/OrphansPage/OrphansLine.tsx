import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Link } from '@backstage/ui';
import { RiAlertLine } from '@remixicon/react';
import { orphanReadPermission } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useOrphans } from '../../api/queries';
import { orphansRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { MonthlyTotals } from '../../ui/Money';
import styles from './OrphansPage.module.css';

/** How much was left behind and what it costs, for those who may see it; nothing where nothing was. */
export function OrphansLine() {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { allowed } = usePermission({ permission: orphanReadPermission });
  const page = useRouteRef(orphansRouteRef);
  const { data } = useOrphans(allowed);
  if (!data || data.items.length === 0) return null;
  return (
    <aside className={styles.line} aria-label={t('orphans.title')}>
      <RiAlertLine size={18} aria-hidden="true" />
      <span>{t('orphans.lineAbove', { count: data.items.length })}</span>
      {data.monthly.length > 0 && <MonthlyTotals totals={data.monthly} />}
      <Link href={page?.()}>{t('orphans.lineLink')}</Link>
    </aside>
  );
}
