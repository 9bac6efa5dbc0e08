import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { KeyFacts } from '../../ui/KeyFacts';
import { RelativeTime } from '../../ui/RelativeTime';
import { EntityLink } from '../EntityLink';
import { ExtendEnvironment } from '../Expiry/ExtendEnvironment';
import styles from './EnvironmentPage.module.css';
import { isProtected } from './protection';

/** Who owns an environment, where it stands, how long, and who made it. */
export function EnvironmentFacts({
  environment,
}: {
  environment: Environment;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { createdBy, expiresAt, removedAt } = environment;
  return (
    <KeyFacts
      facts={[
        {
          label: t('environment.fact.owner'),
          value: <EntityLink entityRef={environment.owner} />,
        },
        { label: t('environment.fact.location'), value: environment.location },
        {
          label: t('environment.fact.connection'),
          value: environment.connection,
        },
        { label: t('environment.fact.revision'), value: environment.revision },
        {
          label: t('environment.fact.created'),
          value: (
            <>
              <RelativeTime at={environment.createdAt} />
              {createdBy && (
                <>
                  {' '}
                  {t('environment.fact.by')}{' '}
                  <EntityLink entityRef={createdBy} />
                </>
              )}
            </>
          ),
        },
        removedAt
          ? {
              label: t('environment.fact.removed'),
              value: <RelativeTime at={removedAt} />,
            }
          : {
              label: t('environment.fact.expires'),
              value: expiresAt ? (
                <span className={styles.expires}>
                  <RelativeTime at={expiresAt} />
                  <ExtendEnvironment environment={environment} />
                </span>
              ) : (
                t('environment.fact.never')
              ),
            },
        {
          label: t('environment.fact.protected'),
          value: isProtected(environment)
            ? t('environment.fact.yes')
            : t('environment.fact.no'),
        },
      ]}
    />
  );
}
