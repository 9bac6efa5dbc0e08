import { RiErrorWarningLine } from '@remixicon/react';
import styles from './EnvironmentStep.module.css';

/** What is wrong with a field, beneath it: the one place that says so. */
export function FieldError(props: {
  errors?: unknown[];
  idSchema: { $id: string };
}) {
  const { errors = [], idSchema } = props;
  if (errors.length === 0) return null;
  return (
    <div id={`${idSchema.$id}__error`} role="alert">
      {errors.map(error => (
        <p key={String(error)} className={styles.problem}>
          <RiErrorWarningLine size={16} aria-hidden="true" />
          {String(error)}
        </p>
      ))}
    </div>
  );
}
