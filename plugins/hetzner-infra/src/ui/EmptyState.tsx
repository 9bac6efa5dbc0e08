import { Text } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

/** What a place is for while nothing is there, and the one thing to do about it. */
export function EmptyState(props: {
  title: string;
  description?: string;
  action?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <Text as="h3" variant="body-large" weight="bold">
        {props.title}
      </Text>
      {props.description && (
        <Text as="p" color="secondary" variant="body-medium">
          {props.description}
        </Text>
      )}
      {props.action}
    </div>
  );
}
