import { formatDuration } from './format';
import styles from './figures.module.css';
import { useNow } from './useNow';

const TICK_MILLISECONDS = 1_000;

/** How long something took, or takes so far while it has no end. Instants are ISO 8601. */
export function ElapsedTime(props: { from: string; until?: string }) {
  const now = useNow(props.until ? undefined : TICK_MILLISECONDS);
  const end = props.until ? Date.parse(props.until) : now;
  return (
    <span className={styles.figures}>
      {formatDuration(end - Date.parse(props.from))}
    </span>
  );
}
