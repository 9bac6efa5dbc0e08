import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Text } from '@backstage/ui';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { stringify } from 'yaml';
import { hetznerInfraTranslationRef } from '../../translation';
import { CodeBlock } from '../../ui/CodeBlock';
import { CopyButton } from '../../ui/CopyButton';
import { useRemoveEnvironmentHref } from '../templateLinks';
import { EnvironmentFacts } from './EnvironmentFacts';
import styles from './EnvironmentPage.module.css';
import { ProtectEnvironment } from './ProtectEnvironment';
import { isProtected } from './protection';
import { RevisionHistory } from './RevisionHistory';

/** What an environment shall be, who said so when, and how it is removed. */
export function SettingsTab({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const yaml = stringify(environment.document);
  return (
    <div className={styles.tab}>
      <section>
        <Text as="h3" variant="title-x-small">
          {t('environment.facts')}
        </Text>
        <EnvironmentFacts environment={environment} />
      </section>
      <section>
        <div className={styles.sectionHead}>
          <Text as="h3" variant="title-x-small">
            {t('environment.document')}
          </Text>
          <CopyButton text={yaml} label={t('settings.copy')} />
        </div>
        <CodeBlock label={t('environment.document')} text={yaml} />
      </section>
      <section>
        <Text as="h3" variant="title-x-small">
          {t('settings.history')}
        </Text>
        <RevisionHistory of={environment.name} environmentId={environment.id} />
      </section>
      <DangerZone environment={environment} />
    </div>
  );
}

/** The removal, or why there is none. */
function DangerZone({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { name, state } = environment;
  const removeHref = useRemoveEnvironmentHref(name);
  const obstacle = (() => {
    if (state === 'removing') return t('settings.beingRemoved');
    if (isProtected(environment)) return t('settings.isProtected');
    return removeHref ? undefined : t('settings.mayNotRemove');
  })();
  return (
    <section className={styles.danger} aria-labelledby="danger-zone">
      <Text as="h3" variant="title-x-small" id="danger-zone">
        {t('settings.danger')}
      </Text>
      <Text as="p">{t('settings.removal', { name })}</Text>
      {obstacle ? (
        <Text as="p" color="secondary">
          {obstacle}
        </Text>
      ) : (
        <ButtonLink variant="secondary" href={removeHref}>
          {t('settings.remove', { name })}
        </ButtonLink>
      )}
      <ProtectEnvironment environment={environment} />
    </section>
  );
}
