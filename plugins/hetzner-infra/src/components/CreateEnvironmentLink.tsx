import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, useBreakpoint, VisuallyHidden } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import { useLocation } from 'react-router-dom';
import { environmentsRouteRef } from '../routes';
import { hetznerInfraTranslationRef } from '../translation';
import { useCreateEnvironmentHref } from './templateLinks';

/**
 * The way to a new environment from the plugin's header; nothing for who may not create. The list
 * has a button of its own, and on the page itself it would lead nowhere.
 */
export function CreateEnvironmentLink() {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { pathname } = useLocation();
  const list = useRouteRef(environmentsRouteRef);
  const href = useCreateEnvironmentHref();
  const isPhone = useBreakpoint().breakpoint === 'initial';
  const words = t('environments.create');
  const isNeeded = ![href, list?.()].includes(pathname.replace(/\/$/, ''));
  return href && isNeeded ? (
    <ButtonLink
      href={href}
      variant="primary"
      size="small"
      iconStart={<RiAddLine />}
    >
      {/* The header has no room for words on a phone, beside where one is. */}
      {isPhone ? <VisuallyHidden>{words}</VisuallyHidden> : words}
    </ButtonLink>
  ) : null;
}
