import { Text } from '@backstage/ui';
import styles from './Meter.module.css';

/**
 * How much of a limit is taken, and how much will be.
 * Without a limit only the figures are shown. `text` says what the bar draws.
 */
export function Meter(props: {
  label: string;
  text: string;
  /** Taken now; undefined when nobody told. */
  used?: number;
  /** Taken afterwards. */
  after: number;
  /** What there is; undefined when nobody told. */
  limit?: number;
}) {
  const { label, text, used, after, limit } = props;
  return (
    <div className={styles.meter}>
      <div className={styles.words}>
        <Text variant="body-small">{label}</Text>
        <Text variant="body-small" className={styles.figures}>
          {text}
        </Text>
      </div>
      {limit !== undefined && (
        <div
          role="meter"
          className={styles.track}
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={limit}
          aria-valuenow={Math.min(after, limit)}
          aria-valuetext={text}
        >
          <div
            className={styles.after}
            data-level={level(after, limit)}
            style={{ inlineSize: share(after, limit) }}
          />
          <div
            className={styles.used}
            style={{ inlineSize: share(Math.min(used ?? 0, after), limit) }}
          />
        </div>
      )}
    </div>
  );
}

const NEARLY_FULL = 0.8;

function level(after: number, limit: number) {
  if (after > limit) return 'over';
  return after >= limit * NEARLY_FULL ? 'near' : 'fine';
}

function share(value: number, limit: number) {
  return limit > 0 ? `${Math.min(100, (value / limit) * 100)}%` : '100%';
}
