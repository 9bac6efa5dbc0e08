import {
  useApi,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { Skeleton, Text } from '@backstage/ui';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { ReactElement } from 'react';
import { useNavigate } from 'react-router-dom';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { useResources } from '../../api/queries';
import { operationRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import styles from './EnvironmentPage.module.css';
import { toldDifferences } from '../../words/toldDifferences';
import { useDeviations } from '../../words/useDeviations';
import { useKindInWords } from '../../words/useKindInWords';

/** Puts right what drifted, after showing what did, and follows the operation. */
export function ReconcileEnvironment(props: {
  environment: Pick<Environment, 'id' | 'name'>;
  /** The button that opens it; without one its user says whether it is open. */
  trigger?: ReactElement;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}) {
  const { environment, ...opening } = props;
  const { name } = environment;
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const api = useApi(hetznerInfraApiRef);
  const operationPage = useRouteRef(operationRouteRef);
  const navigate = useNavigate();
  return (
    <ConfirmDialog
      {...opening}
      title={t('reconcile.title', { name })}
      confirm={t('reconcile.confirm', { name })}
      dismiss={t('reconcile.dismiss')}
      errorTitle={t('reconcile.failed')}
      onConfirm={async () => {
        const { operation } = await api.reconcileEnvironment(name);
        const path = operationPage?.({ id: operation.id });
        if (path) navigate(path);
      }}
    >
      <WhatDrifted environment={environment} />
    </ConfirmDialog>
  );
}

function WhatDrifted(props: { environment: Pick<Environment, 'id' | 'name'> }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const inWords = useDeviations();
  const kindInWords = useKindInWords();
  const { data, error } = useResources(props.environment);
  if (!data && !error) return <Skeleton width="100%" height={60} />;
  const drifted = data?.items.filter(({ drift }) => drift.length > 0) ?? [];
  return (
    <>
      <Text as="p">{t('reconcile.description')}</Text>
      {drifted.length > 0 ? (
        <ul className={styles.driftList}>
          {drifted.flatMap(resource =>
            inWords(
              toldDifferences({
                differences: resource.drift,
                deviations: resource.deviations,
              }),
            ).map(({ what, next }) => (
              <li key={`${resource.name} ${what}`}>
                {t('deviation.of', {
                  kind: kindInWords(resource.kind),
                  name: resource.name,
                  what,
                })}
                {next && ` ${next}`}
              </li>
            )),
          )}
        </ul>
      ) : (
        <Text as="p" color="secondary">
          {error ? t('reconcile.unknown') : t('reconcile.nothing')}
        </Text>
      )}
    </>
  );
}
