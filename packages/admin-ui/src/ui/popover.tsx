import { type ReactNode, type RefObject, useContext, useEffect, useState } from "react";
import {
  Popover as AriaPopover,
  DialogTrigger,
  OverlayTriggerStateContext,
  PopoverContext,
  useSlottedContext,
} from "react-aria-components";
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
      <Panel label={label} isAtEnd={isAtEnd}>
        <div className={`max-h-[70vh] overflow-auto ${isBare ? "" : "p-3"}`}>
          {typeof children === "function" ? <Closing>{children}</Closing> : children}
        </div>
      </Panel>
    </DialogTrigger>
  );
}

const panelClass = `${popoverClass} max-w-[min(28rem,calc(100vw-2rem))] outline-none`;

interface PanelProps {
  readonly label: string;
  readonly isAtEnd: boolean;
  readonly children: ReactNode;
}

/** Is the dialog itself: the buttons to leave it, which are there for screen readers, then stand within it. */
function Panel({ label, isAtEnd, children }: PanelProps) {
  // By its label and not by the button's words.
  const { "aria-labelledby": _, ...context } = useSlottedContext(PopoverContext) ?? {};
  return (
    <AriaPopover
      {...context}
      slot={null}
      aria-label={label}
      offset={4}
      placement={isAtEnd ? "bottom end" : "bottom start"}
      className={panelClass}
    >
      {children}
    </AriaPopover>
  );
}

function Closing({ children }: { readonly children: (close: () => void) => ReactNode }) {
  const state = useContext(OverlayTriggerStateContext);
  return children(() => state?.close());
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
      aria-label={label}
      offset={4}
      placement="bottom start"
      className={panelClass}
    >
      <div className="p-3">{children}</div>
    </AriaPopover>
  );
}
