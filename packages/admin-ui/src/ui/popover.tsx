import { type ReactNode, type RefObject, useEffect, useState } from "react";
import { Popover as AriaPopover, Dialog, DialogTrigger } from "react-aria-components";
import { popoverClass } from "./select.tsx";

interface PopoverProps {
  readonly label: string;
  /** A `Button` or `IconButton`. */
  readonly button: ReactNode;
  readonly children: ReactNode | ((close: () => void) => ReactNode);
  readonly isAtEnd?: boolean;
  /** Without padding, for lists. */
  readonly isBare?: boolean;
  /** The button has to take the focus when it is shown. */
  readonly isOpenAtFirst?: boolean;
}

/** A small panel at a button. */
export function Popover(props: PopoverProps) {
  const { label, button, children, isAtEnd = false, isBare = false, isOpenAtFirst = false } = props;
  const [isOpen, setOpen] = useState(false);
  // Only after the button has taken the focus: that is where it comes back to.
  useEffect(() => {
    if (isOpenAtFirst) setOpen(true);
  }, [isOpenAtFirst]);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      {button}
      <AriaPopover
        offset={4}
        placement={isAtEnd ? "bottom end" : "bottom start"}
        className={`${popoverClass} max-w-[min(28rem,calc(100vw-2rem))]`}
      >
        <Dialog
          aria-label={label}
          className={`max-h-[70vh] overflow-auto outline-none ${isBare ? "" : "p-3"}`}
        >
          {({ close }) => (typeof children === "function" ? children(close) : children)}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}

interface PopoverAtProps {
  readonly label: string;
  /** What it stands at, and where the focus goes back to. */
  readonly at: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The same at one of very many buttons: it is there only while it is open. */
export function PopoverAt({ label, at, onClose, children }: PopoverAtProps) {
  return (
    <AriaPopover
      triggerRef={at}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      offset={4}
      placement="bottom start"
      className={`${popoverClass} max-w-[min(28rem,calc(100vw-2rem))]`}
    >
      <Dialog aria-label={label} className="p-3 outline-none">
        {children}
      </Dialog>
    </AriaPopover>
  );
}
