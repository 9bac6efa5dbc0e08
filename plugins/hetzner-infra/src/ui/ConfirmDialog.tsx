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
  /** The button that opens it; without one its user says whether it is open. */
  trigger?: ReactElement;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  title: string;
  children: ReactNode;
  confirm: string;
  dismiss: string;
  isDestructive?: boolean;
  /** While it is not known, or not so, that it can be done. */
  isConfirmDisabled?: boolean;
  /** What failed, for the reader of an error. */
  errorTitle: string;
  onConfirm: () => Promise<void>;
}) {
  const { trigger, title, onConfirm } = props;
  const [isOpenItself, setOpenItself] = useState(false);
  const isOpen = trigger ? isOpenItself : props.isOpen ?? false;
  const setOpen = (open: boolean) =>
    trigger ? setOpenItself(open) : props.onOpenChange?.(open);
  const deed = useSubmit(async () => {
    await onConfirm();
    setOpen(false);
  });
  const content = (
    <>
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
          isDisabled={props.isConfirmDisabled}
          onPress={deed.submit}
        >
          {props.confirm}
        </Button>
        <Button variant="secondary" slot="close">
          {props.dismiss}
        </Button>
      </DialogFooter>
    </>
  );
  return trigger ? (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      {trigger}
      <Dialog>{content}</Dialog>
    </DialogTrigger>
  ) : (
    <Dialog isOpen={isOpen} onOpenChange={setOpen}>
      {content}
    </Dialog>
  );
}
