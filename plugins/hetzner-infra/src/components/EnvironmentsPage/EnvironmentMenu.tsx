import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiMore2Line } from '@remixicon/react';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useState } from 'react';
import { environmentRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { isProtected } from '../EnvironmentPage/protection';
import { isBusy } from '../EnvironmentHealth/findings';
import {
  useChangeEnvironmentHref,
  useRemoveEnvironmentHref,
} from '../templateLinks';

/** What can be done with a row. Whether it may be removed is asked only when somebody looks. */
export function EnvironmentMenu({ environment }: { environment: Environment }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const [isOpen, setOpen] = useState(false);
  const { name, state } = environment;
  const page = useRouteRef(environmentRouteRef)?.({ name });
  const removeHref = useRemoveEnvironmentHref(isOpen ? name : '');
  const changeHref = useChangeEnvironmentHref(isOpen ? name : '');
  const canRemove =
    state !== 'removing' && state !== 'removed' && !isProtected(environment);
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <ButtonIcon
        variant="tertiary"
        size="small"
        icon={<RiMore2Line />}
        aria-label={t('environments.actionsOf', { name })}
      />
      <Menu aria-label={t('environments.actionsOf', { name })}>
        <MenuItem id="open" href={page}>
          {t('environments.open')}
        </MenuItem>
        <MenuItem id="operations" href={`${page}/operations`}>
          {t('environments.openOperations')}
        </MenuItem>
        <MenuItem id="resources" href={`${page}/resources`}>
          {t('environments.openResources')}
        </MenuItem>
        <MenuItem id="cost" href={`${page}/cost`}>
          {t('environments.openCost')}
        </MenuItem>
        {changeHref && state !== 'removed' && !isBusy(environment) && (
          <MenuItem id="change" href={changeHref}>
            {t('environments.change')}
          </MenuItem>
        )}
        {canRemove && removeHref && (
          <MenuItem id="remove" color="danger" href={removeHref}>
            {t('environments.remove')}
          </MenuItem>
        )}
      </Menu>
    </MenuTrigger>
  );
}
