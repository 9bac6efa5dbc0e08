import type { ReactNode } from 'react';
import styles from './KeyFacts.module.css';

/** A label and its value. */
export interface KeyFact {
  label: string;
  value: ReactNode;
}

/** Labels and values, in as many columns as there is room for. */
export function KeyFacts({ facts }: { facts: readonly KeyFact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ label, value }) => (
        <div key={label} className={styles.fact}>
          <dt className={styles.label}>{label}</dt>
          <dd className={styles.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
