import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { annotatedEnvironments } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { LostConnection } from '../components/LostConnection/LostConnection';
import { hetznerInfraTranslationRef } from '../translation';
import styles from './entity.module.css';
import { EnvironmentSummary } from './EnvironmentSummary';

/** The environments that an entity is, belongs to or runs in. */
export function EnvironmentCard() {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { entity } = useEntity();
  const names = annotatedEnvironments(entity.metadata.annotations);
  return (
    <EntityInfoCard
      title={t(entity.kind === 'Component' ? 'entity.runsIn' : 'entity.card')}
    >
      <div className={styles.environments}>
        <LostConnection />
        {names.map(name => (
          <EnvironmentSummary
            key={name}
            name={name}
            isNamed={entity.metadata.name !== name}
          />
        ))}
      </div>
    </EntityInfoCard>
  );
}
