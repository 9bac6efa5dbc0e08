import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Header, useBreakpoint, type HeaderProps } from '@backstage/ui';
import { hetznerInfraTranslationRef } from '../translation';

/** BUI's header; on a phone its actions stand below the title, which they would leave no room for. */
export function PageHeader(props: HeaderProps) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const isPhone = useBreakpoint().breakpoint === 'initial';
  const { customActions, metadata = [], ...rest } = props;
  if (!isPhone || !customActions) return <Header {...props} />;
  return (
    <Header
      {...rest}
      metadata={[...metadata, { label: t('actions'), value: customActions }]}
    />
  );
}
