import type { HeaderProps } from '@backstage/ui';
import { PageHeader } from '../ui/PageHeader';
import { LostConnection } from './LostConnection/LostConnection';

/** What every page begins with: its header and, while the backend does not answer, since when. */
export function PageFrame(props: HeaderProps) {
  return (
    <>
      <PageHeader {...props} />
      <LostConnection isOnPage />
    </>
  );
}
