import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Header, useBreakpoint, type HeaderProps } from '@backstage/ui';
import { hetznerInfraTranslationRef } from '../translation';
import styles from './PageHeader.module.css';

/** BUI's header; on a phone its actions stand below the title, which they would leave no room for. */
export function PageHeader(props: HeaderProps) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const isPhone = useBreakpoint().breakpoint === 'initial';
  const { customActions, metadata = [], ...rest } = props;
  if (!isPhone) return <Header {...props} />;
  return (
    <Header
      {...rest}
      className={styles.phone}
      metadata={
        customActions
          ? [...metadata, { label: t('actions'), value: customActions }]
          : metadata
      }
    />
  );
}
