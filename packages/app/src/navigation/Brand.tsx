import { Link, useSidebarOpenState } from '@backstage/core-components';
import styles from './Brand.module.css';

/** A container ship's bow that cuts a wave: the mark of the portal, also its favicon. */
const Mark = () => (
  <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
    <rect width="32" height="32" rx="7" fill="#0b6bcb" />
    <path
      d="M8 7h4.5v4.5H8zM13.8 7h4.4v4.5h-4.4zM19.5 7H24v4.5h-4.5z"
      fill="#9fd0ff"
    />
    <path d="M5.5 13h21l-3.6 7.2H9.1z" fill="#fff" />
    <path
      d="M5 24.6c1.9 0 1.9-1.3 3.7-1.3s1.8 1.3 3.6 1.3 1.9-1.3 3.7-1.3 1.8 1.3 3.7 1.3 1.8-1.3 3.6-1.3 1.9 1.3 3.7 1.3"
      fill="none"
      stroke="#9fd0ff"
      strokeWidth="1.8"
      strokeLinecap="round"
    />
  </svg>
);

/** The mark, with the name while the navigation is open; leads home. */
export const Brand = () => {
  const { isOpen } = useSidebarOpenState();
  return (
    <Link
      to="/"
      underline="none"
      className={styles.brand}
      aria-label="Xpeditis, home"
    >
      <Mark />
      {isOpen && <span className={styles.name}>Xpeditis</span>}
    </Link>
  );
};
