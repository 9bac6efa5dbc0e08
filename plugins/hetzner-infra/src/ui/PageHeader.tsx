import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Header, useBreakpoint, type HeaderProps } from '@backstage/ui';
import { useEffect, useRef } from 'react';
import { hetznerInfraTranslationRef } from '../translation';
import styles from './PageHeader.module.css';

/** BUI's header; on a phone its actions stand below the title, which they would leave no room for. */
export function PageHeader(props: HeaderProps) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const isPhone = useBreakpoint().breakpoint === 'initial';
  const header = useRef<HTMLDivElement>(null);
  const { customActions, metadata = [], ...rest } = props;
  useEffect(() => {
    const tab = header.current?.querySelector('nav [aria-current]');
    const tabs = tab?.closest('nav');
    if (!tab || !tabs) return;
    const hidden =
      tab.getBoundingClientRect().right - tabs.getBoundingClientRect().right;
    if (hidden > 0) tabs.scrollLeft += hidden;
  }, [props.activeTabId]);
  if (!isPhone) {
    return <Header {...props} />;
  }
  return (
    <div ref={header} className={styles.phone}>
      <Header
        {...rest}
        metadata={
          customActions
            ? [...metadata, { label: t('actions'), value: customActions }]
            : metadata
        }
      />
    </div>
  );
}
