import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
} from '@backstage/ui';
import { useState, type ReactElement, type ReactNode } from 'react';
import styles from './ConfirmDialog.module.css';
import { ErrorPanel } from './ErrorPanel';
import { useSubmit } from './useSubmit';

/**
 * Asks before something is done. `children` say what will be done, `confirm` repeats verb and
 * object. It closes when the deed is accepted, and stays with the reason when it is refused.
 */
export function ConfirmDialog(props: {
  /** The button that opens it. */
  trigger: ReactElement;
  title: string;
  children: ReactNode;
  confirm: string;
  dismiss: string;
  isDestructive?: boolean;
  /** What failed, for the reader of an error. */
  errorTitle: string;
  onConfirm: () => Promise<void>;
}) {
  const { title, onConfirm } = props;
  const [isOpen, setOpen] = useState(false);
  const deed = useSubmit(async () => {
    await onConfirm();
    setOpen(false);
  });
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      {props.trigger}
      <Dialog>
        <DialogHeader>{title}</DialogHeader>
        <DialogBody>
          <div className={styles.body}>
            {isOpen && props.children}
            {deed.error && (
              <ErrorPanel title={props.errorTitle} error={deed.error} />
            )}
          </div>
        </DialogBody>
        <DialogFooter className={styles.footer}>
          <Button
            variant="primary"
            destructive={props.isDestructive}
            isPending={deed.isPending}
            onPress={deed.submit}
          >
            {props.confirm}
          </Button>
          <Button variant="secondary" slot="close">
            {props.dismiss}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
