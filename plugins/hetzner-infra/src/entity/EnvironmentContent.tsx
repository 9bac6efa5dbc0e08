import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  ButtonLink,
  Skeleton,
  Text,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import {
  annotatedEnvironments,
  type Environment,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useEnvironment, useResources } from '../api/queries';
import { useHealthSentence } from '../components/EnvironmentHealth/useHealthSentence';
import { OverviewTab } from '../components/EnvironmentPage/OverviewTab';
import { LostConnection } from '../components/LostConnection/LostConnection';
import { EnvironmentBadge } from '../components/StateBadges/EnvironmentBadge';
import { environmentRouteRef } from '../routes';
import { hetznerInfraTranslationRef } from '../translation';
import { ErrorPanel } from '../ui/ErrorPanel';
import { MonthlyTotals } from '../ui/Money';
import { useSearchParam } from '../ui/useSearchParam';
import styles from './entity.module.css';
import { MissingEnvironment } from './MissingEnvironment';

/** Height of what comes, so that nothing jumps. Pixels. */
const HEIGHT = 480;

/** The environment of an entity as its own page tells it; of several, the one that the address names. */
export function EnvironmentContent() {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { entity } = useEntity();
  const names = annotatedEnvironments(entity.metadata.annotations);
  const [wanted, choose] = useSearchParam('environment');
  const chosen = names.find(name => name === wanted) ?? names[0];
  return (
    <div className={styles.content}>
      <LostConnection />
      {names.length > 1 && (
        <ToggleButtonGroup
          aria-label={t('entity.choose')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[chosen]}
          onSelectionChange={([key]) => choose(String(key))}
        >
          {names.map(name => (
            <ToggleButton key={name} id={name}>
              {name}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      )}
      {chosen !== undefined && (
        <NamedEnvironment
          key={chosen}
          name={chosen}
          isNamed={entity.metadata.name !== chosen}
        />
      )}
    </div>
  );
}

function NamedEnvironment(props: {
  name: string;
  /** Whether the name says something new: the page of an environment has it as its title. */
  isNamed: boolean;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { name, isNamed } = props;
  const { data, error, reload } = useEnvironment(name);
  if (error && (!data || error.status === 404)) {
    return <MissingEnvironment name={name} error={error} onRetry={reload} />;
  }
  if (!data) {
    return <Skeleton width="100%" height={HEIGHT} />;
  }
  return (
    <>
      {error && (
        <ErrorPanel
          title={t('entity.failed', { name })}
          error={error}
          onRetry={reload}
        />
      )}
      <EnvironmentHead environment={data} isNamed={isNamed} />
      <OverviewTab environment={data} />
    </>
  );
}

function EnvironmentHead(props: {
  environment: Environment;
  isNamed: boolean;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const environmentPage = useRouteRef(environmentRouteRef);
  const { environment, isNamed } = props;
  const { name, monthly } = environment;
  const resources = useResources(environment);
  return (
    <header className={styles.head}>
      <div className={styles.words}>
        <div className={styles.state}>
          {isNamed && (
            <Text as="h2" variant="title-small" weight="bold">
              {name}
            </Text>
          )}
          <EnvironmentBadge
            environment={environment}
            resources={resources.data?.items}
            isUnknown={!!resources.error}
          />
        </div>
        <Text as="p">{useHealthSentence(environment, resources)}</Text>
        <Text as="p" color="secondary">
          {t('entity.cost')}: <MonthlyTotals totals={monthly} />
        </Text>
      </div>
      <ButtonLink variant="secondary" href={environmentPage?.({ name })}>
        {t('entity.open')}
      </ButtonLink>
    </header>
  );
}
