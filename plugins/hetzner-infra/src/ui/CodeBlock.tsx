import styles from './CodeBlock.module.css';

/** Text as a program reads it, such as YAML; wide lines scroll. */
export function CodeBlock(props: { label: string; text: string }) {
  return (
    <pre
      className={styles.code}
      aria-label={props.label}
      // What scrolls must be reachable by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
      role="region"
    >
      {props.text}
    </pre>
  );
}
