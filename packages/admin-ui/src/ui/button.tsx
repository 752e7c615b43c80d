import type { ReactNode } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  type PressEvent,
} from "react-aria-components";
import { ariaKeys } from "../shortcuts/keys.ts";
import { KeyHint } from "./key-hint.tsx";
import { Spinner } from "./spinner.tsx";
import { Hint } from "./tooltip.tsx";

type Look = "primary" | "secondary" | "quiet" | "link" | "danger";

const base =
  "relative inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap data-disabled:opacity-50 aria-disabled:opacity-60 pointer-coarse:min-h-11 forced-colors:border";
const looks: Readonly<Record<Look, string>> = {
  primary: "bg-primary font-semibold text-onprimary data-hovered:bg-primary/90",
  secondary:
    "border border-line2/60 bg-surface text-ink data-hovered:border-line2 data-hovered:bg-chosen",
  quiet: "text-ink2 data-hovered:bg-chosen data-hovered:text-ink",
  // Reads as a part of the text around it.
  link: "-mx-1 px-1 text-[13px] text-link data-hovered:underline",
  danger: "border border-danger/50 bg-surface text-danger data-hovered:bg-dangerbg",
};

/** How a button looks, for a link that is one. */
export function buttonClass(look: Look = "secondary"): string {
  return `${base} ${look === "link" ? "h-7" : "h-8 px-3"} ${looks[look]}`;
}

interface ButtonProps extends Omit<AriaButtonProps, "children" | "className" | "style"> {
  readonly children: ReactNode;
  readonly look?: Look;
  readonly icon?: ReactNode;
  /** Keys that do the same, as `useShortcut` takes them; they are shown in the button. */
  readonly keys?: string | undefined;
  /** More than the label says, shown on hover and focus. */
  readonly tooltip?: string | undefined;
  /** Why it cannot be pressed: it stays in the tab order, and its tooltip says so. */
  readonly unavailable?: string | undefined;
  readonly className?: string;
}

/** Verb and object in the label: "Archive flag". */
export function Button({ children, look, icon, keys, className = "", ...props }: ButtonProps) {
  return (
    <BareButton {...props} keys={keys} className={`${buttonClass(look)} ${className}`}>
      {props.isPending === true ? <Spinner /> : icon}
      {children}
      {keys !== undefined && <KeyHint keys={keys} />}
    </BareButton>
  );
}

interface IconButtonProps extends Omit<ButtonProps, "children" | "icon"> {
  /** What it does, as its name and its tooltip. */
  readonly label: string;
  readonly children: ReactNode;
}

/** For toolbars and rows, where the icon is known; everywhere else a button has words. */
export function IconButton({
  label,
  children,
  tooltip = label,
  look = "quiet",
  className = "",
  ...props
}: IconButtonProps) {
  const style = `${base} size-8 pointer-coarse:min-w-11 ${looks[look]} ${className}`;
  return (
    <BareButton {...props} aria-label={label} tooltip={tooltip} className={style}>
      {children}
    </BareButton>
  );
}

function BareButton(props: Omit<ButtonProps, "icon" | "look">) {
  const { tooltip, unavailable, keys, onPress, isPending, className = "", ...rest } = props;
  // React Aria's own `isPending` leaves an image without a name in the page when the work is done.
  const isUnavailable = unavailable !== undefined || isPending === true;
  // React Aria hands on no attributes but those it knows.
  const spoken = {
    ...(keys === undefined ? {} : { "aria-keyshortcuts": ariaKeys(keys) }),
    ...(isPending === true ? { "aria-busy": true } : {}),
  };
  const act = (event: PressEvent) => {
    if (!isUnavailable) onPress?.(event);
  };
  const button = (
    <AriaButton
      {...rest}
      // A form must not be sent by what cannot be pressed.
      {...(isUnavailable ? { type: "button" as const, "aria-disabled": true } : {})}
      render={(attributes) => <button {...attributes} {...spoken} />}
      onPress={act}
      className={className}
    />
  );
  const hint = unavailable ?? tooltip;
  // What may become unavailable must not be another element then: it would lose the focus.
  return hint === undefined && !("unavailable" in props) ? (
    button
  ) : (
    <Hint words={hint} keys={keys}>
      {button}
    </Hint>
  );
}
