import {
  useApi,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Skeleton,
  Text,
} from '@backstage/ui';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import { useResources } from '../../api/queries';
import { operationRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { useSubmit } from '../useSubmit';
import styles from './EnvironmentPage.module.css';

/** Puts right what drifted, after showing what did, and follows the operation. */
export function ReconcileEnvironment({ name }: { name: string }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const api = useApi(hetznerInfraApiRef);
  const operationPage = useRouteRef(operationRouteRef);
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const reconcile = useSubmit(async () => {
    const { operation } = await api.reconcileEnvironment(name);
    const path = operationPage?.({ id: operation.id });
    setOpen(false);
    if (path) navigate(path);
  });
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button variant="secondary">{t('reconcile.open')}</Button>
      <Dialog>
        <DialogHeader>{t('reconcile.title', { name })}</DialogHeader>
        <DialogBody>
          <div className={styles.dialog}>
            {isOpen && <WhatDrifted name={name} />}
            {reconcile.error && (
              <ErrorPanel
                title={t('reconcile.failed')}
                error={reconcile.error}
              />
            )}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button
            variant="primary"
            isPending={reconcile.isPending}
            onPress={reconcile.submit}
          >
            {t('reconcile.confirm', { name })}
          </Button>
          <Button variant="secondary" slot="close">
            {t('reconcile.dismiss')}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}

function WhatDrifted({ name }: { name: string }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { data, error } = useResources(name);
  if (!data && !error) return <Skeleton height={60} />;
  const drifted = data?.items.filter(({ drift }) => drift.length > 0) ?? [];
  return (
    <>
      <Text as="p">{t('reconcile.description')}</Text>
      {drifted.length > 0 ? (
        <ul className={styles.driftList}>
          {drifted.flatMap(resource =>
            resource.drift.map(difference => (
              <li key={`${resource.key}: ${difference}`}>
                {resource.name}: {difference}
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
