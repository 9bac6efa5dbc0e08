import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  ButtonIcon,
  ButtonLink,
  Menu,
  MenuItem,
  MenuTrigger,
} from '@backstage/ui';
import { RiMore2Line } from '@remixicon/react';
import {
  environmentOperatePermission,
  type Environment,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useState } from 'react';
import { useRefreshAll } from '../../api/queries';
import { environmentRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { isBusy } from '../EnvironmentHealth/findings';
import {
  useChangeEnvironmentHref,
  useRemoveEnvironmentHref,
} from '../templateLinks';
import styles from './EnvironmentPage.module.css';
import { isProtected } from './protection';
import { ReconcileEnvironment } from './ReconcileEnvironment';

/** Whether the reader may act on what runs, and nothing is under way. */
export function useCanReconcile(environment: Environment): boolean {
  const { allowed } = usePermission({
    permission: environmentOperatePermission,
    resourceRef: environment.name,
  });
  return allowed && !isBusy(environment);
}

/** What can be done with an environment from every tab of its page. */
export function EnvironmentActions(props: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { environment } = props;
  const { name, state } = environment;
  const [isReconciling, setReconciling] = useState(false);
  const refresh = useRefreshAll();
  const settings = `${useRouteRef(environmentRouteRef)?.({ name })}/settings`;
  const changeHref = useChangeEnvironmentHref(name);
  const removeHref = useRemoveEnvironmentHref(name);
  const canReconcile = useCanReconcile(environment);
  const canRemove = state !== 'removing' && !isProtected(environment);
  return (
    <span className={styles.actions}>
      {changeHref && !isBusy(environment) && (
        <ButtonLink variant="primary" href={changeHref}>
          {t('change.open')}
        </ButtonLink>
      )}
      {removeHref && canRemove && (
        <ButtonLink variant="secondary" href={removeHref}>
          {t('environment.remove')}
        </ButtonLink>
      )}
      <MenuTrigger>
        <ButtonIcon
          variant="secondary"
          icon={<RiMore2Line />}
          aria-label={t('environment.more')}
        />
        <Menu
          aria-label={t('environment.more')}
          onAction={key => {
            if (key === 'reconcile') setReconciling(true);
            if (key === 'refresh') refresh();
          }}
        >
          {canReconcile && (
            <MenuItem id="reconcile">{t('reconcile.open')}</MenuItem>
          )}
          <MenuItem id="refresh">{t('environment.refresh')}</MenuItem>
          <MenuItem id="document" href={settings}>
            {t('environment.openDocument')}
          </MenuItem>
        </Menu>
      </MenuTrigger>
      <ReconcileEnvironment
        environment={environment}
        isOpen={isReconciling}
        onOpenChange={setReconciling}
      />
    </span>
  );
}
