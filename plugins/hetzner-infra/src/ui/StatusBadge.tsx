import type { RemixiconComponentType } from '@remixicon/react';
import styles from './StatusBadge.module.css';

/** One scale for every state: neutral (waits, unknown), blue (in progress), green (good), amber (needs a look), red (needs you now). */
export type StatusTone = 'neutral' | 'blue' | 'green' | 'amber' | 'red';

/** How a state is shown: never by colour alone. */
export interface Status {
  tone: StatusTone;
  icon: RemixiconComponentType;
  word: string;
}

/** A state as icon, word and colour. */
export function StatusBadge({ tone, icon: Icon, word }: Status) {
  return (
    <span className={styles.badge} data-tone={tone}>
      <Icon size={14} aria-hidden="true" />
      {word}
    </span>
  );
}
