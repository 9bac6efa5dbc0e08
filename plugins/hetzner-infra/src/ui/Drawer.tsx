import { Dialog, DialogBody, DialogFooter, DialogHeader } from '@backstage/ui';
import { useState, type ReactNode } from 'react';
import styles from './Drawer.module.css';

/** What a drawer shows, and whether it is there. */
export interface DrawerProps {
  isOpen: boolean;
  /** Called for Esc, the close button and a click beside the drawer. */
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  /** Buttons that stay in view at its end. */
  footer?: ReactNode;
}

/**
 * A panel at the side of the page, the whole screen on a phone. It keeps the keyboard's focus
 * inside and gives it back to what opened it. Its user says by the URL whether it is open
 * (`useSearchParam`), so that a link leads to the same panel.
 */
export function Drawer(props: DrawerProps) {
  // What was shown stays until the panel has left; the URL has forgotten it by then.
  const [shown, setShown] = useState(props);
  if (props.isOpen && shown !== props) setShown(props);
  const { title, children, footer } = props.isOpen ? props : shown;
  return (
    <Dialog
      isOpen={props.isOpen}
      onOpenChange={isOpen => {
        if (!isOpen) props.onClose();
      }}
      className={styles.drawer}
    >
      <DialogHeader className={styles.header}>{title}</DialogHeader>
      <DialogBody className={styles.body}>{children}</DialogBody>
      {footer && (
        <DialogFooter className={styles.footer}>{footer}</DialogFooter>
      )}
    </Dialog>
  );
}
