import { type FormEvent, type ReactNode, useId } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { t } from "./text.ts";

interface FormDialogProps {
  readonly title: ReactNode;
  /** Verb and object. */
  readonly action: string;
  readonly children: ReactNode;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly isBusy?: boolean;
  /** Nothing can be sent as it is. */
  readonly isIdle?: boolean;
  /** Why the server did not take it. */
  readonly refusal?: string | undefined;
  readonly size?: "small" | "medium" | "large";
}

/** A dialog that is a form: Enter sends it, and a press beside it does not close it. It is there only while it is open. */
export function FormDialog(props: FormDialogProps) {
  const { title, action, children, onSubmit, onClose, isBusy = false, isIdle = false } = props;
  const id = useId();
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isBusy && !isIdle) onSubmit();
  }
  return (
    <Dialog
      isOpen
      isHeld
      size={props.size ?? "small"}
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {t("kit.cancel")}
          </Button>
          <Button look="primary" type="submit" form={id} isPending={isBusy} isDisabled={isIdle}>
            {action}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className="mt-2 space-y-4">
        {children}
        {props.refusal !== undefined && (
          <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
            {props.refusal}
          </p>
        )}
      </form>
    </Dialog>
  );
}
