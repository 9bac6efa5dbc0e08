import type { StatusTone } from './StatusBadge';
import styles from './ProgressBar.module.css';

/** How far something is. `value` runs from 0 to 100; `text` says it in words. */
export function ProgressBar(props: {
  label: string;
  value: number;
  text?: string;
  tone?: StatusTone;
}) {
  const value = Math.min(100, Math.max(0, Math.round(props.value)));
  return (
    <div
      role="progressbar"
      className={styles.track}
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value}
      aria-valuetext={props.text}
    >
      <div
        className={styles.fill}
        data-tone={props.tone ?? 'blue'}
        style={{ inlineSize: `${value}%` }}
      />
    </div>
  );
}
