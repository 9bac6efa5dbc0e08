import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { formatInstant } from '../../ui/format';
import { useLocale } from '../../ui/useLocale';
import { isBusy, serversOf } from '../EnvironmentHealth/findings';
import styles from './EnvironmentsPage.module.css';

/** Servers that run of how many there shall be, such as `3/3`; when that was, on hover. */
export function ServerCount({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const locale = useLocale();
  const { state } = environment;
  const servers = serversOf(environment);
  const observedAt = environment.servers?.observedAt;
  if (!servers || !observedAt || state === 'removed') {
    return (
      <span className={styles.quiet} title={t('environments.notLooked')}>
        –
      </span>
    );
  }
  const isShort = servers.on < servers.wanted && !isBusy(environment);
  return (
    <span
      className={isShort ? styles.short : undefined}
      title={`${t('environments.serversSeen')} ${formatInstant(
        locale,
        Date.parse(observedAt),
      )}`}
    >
      {t('health.serversShort', {
        on: String(servers.on),
        wanted: String(servers.wanted),
      })}
    </span>
  );
}
