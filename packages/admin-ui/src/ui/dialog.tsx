import { X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button, IconButton } from "./button.tsx";
import { TextField } from "./field.tsx";
import { t } from "./text.ts";

interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly children: ReactNode;
  /** The buttons; what goes on is last. */
  readonly actions?: ReactNode;
  readonly size?: "small" | "medium" | "large";
  /** Something is lost or cannot be taken back: announced as an alert. */
  readonly isAlert?: boolean;
  /** Stays open when one presses beside it. */
  readonly isHeld?: boolean;
}

const overlayClass =
  "comes-in fixed inset-0 z-40 flex bg-[rgb(8_15_24/0.5)] data-entering:translate-y-0";
const widths = { small: "max-w-md", medium: "max-w-2xl", large: "max-w-5xl" } as const;

/** In the middle of the page; focus goes into it and comes back. */
export function Dialog({ size = "small", ...props }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={props.isOpen}
      onOpenChange={(isOpen) => !isOpen && props.onClose()}
      isDismissable={props.isHeld !== true}
      className={`${overlayClass} items-start justify-center p-4 pt-[12vh] max-md:items-end max-md:p-0`}
    >
      <Modal
        className={`flex max-h-[80vh] w-full flex-col rounded-xl border border-line bg-surface shadow-float max-md:rounded-b-none ${widths[size]}`}
      >
        <Frame {...props} />
      </Modal>
    </ModalOverlay>
  );
}

/** At the side of the page, over its whole height: for what is read beside the page, such as a review. */
export function Sheet({ size = "medium", ...props }: DialogProps) {
  const width = { small: "max-w-sm", medium: "max-w-xl", large: "max-w-3xl" }[size];
  return (
    <ModalOverlay
      isOpen={props.isOpen}
      onOpenChange={(isOpen) => !isOpen && props.onClose()}
      isDismissable={props.isHeld !== true}
      className={`${overlayClass} justify-end`}
    >
      <Modal
        className={`flex h-full w-full flex-col border-l border-line bg-surface shadow-float ${width}`}
      >
        <Frame {...props} />
      </Modal>
    </ModalOverlay>
  );
}

function Frame({ title, children, actions, isAlert, onClose }: DialogProps) {
  return (
    <AriaDialog
      role={isAlert === true ? "alertdialog" : "dialog"}
      className="flex min-h-0 flex-1 flex-col outline-none"
    >
      <div className="flex items-start gap-2 px-4 pt-3">
        <Heading slot="title" className="min-w-0 flex-1 py-1 text-base font-semibold">
          {title}
        </Heading>
        <IconButton label={t("kit.close")} onPress={onClose} className="-mr-2">
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-1.5 pb-4">{children}</div>
      {actions !== undefined && (
        <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3">
          {actions}
        </div>
      )}
    </AriaDialog>
  );
}

interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** A question or the act: "Archive Checkout redesign". */
  readonly title: ReactNode;
  /** What will happen, in a sentence or two. */
  readonly children: ReactNode;
  /** Verb and object. */
  readonly action: string;
  readonly onConfirm: () => void | Promise<void>;
  /** What has to be typed before, where the act is hard to take back. */
  readonly typed?: string | undefined;
  readonly isDanger?: boolean;
  readonly isBusy?: boolean;
  /** What was wrong with the last try. */
  readonly error?: string | undefined;
}

/** Asks before what cannot be taken back, or before a critical environment changes. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, onClose, action, typed, onConfirm, isDanger = false } = props;
  const [text, setText] = useState("");
  const isReady = typed === undefined || text === typed;
  const close = () => {
    setText("");
    onClose();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={props.title}
      isAlert
      actions={
        <>
          <Button look="quiet" onPress={close}>
            {t("kit.cancel")}
          </Button>
          <Button
            look={isDanger ? "danger" : "primary"}
            isDisabled={!isReady}
            isPending={props.isBusy ?? false}
            onPress={() => {
              setText("");
              void onConfirm();
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      <div className="mt-1 space-y-3 text-ink2">
        {props.children}
        {typed !== undefined && (
          <TextField
            label={t("kit.typeToConfirm", { name: typed })}
            value={text}
            onChange={setText}
            isMono
            autoFocus
            autoComplete="off"
          />
        )}
        {props.error !== undefined && (
          <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
            {props.error}
          </p>
        )}
      </div>
    </Dialog>
  );
}
