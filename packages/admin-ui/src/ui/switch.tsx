import { Check } from "lucide-react";
import { Focusable } from "react-aria-components";
import { useLater } from "./later.ts";
import { t } from "./text.ts";
import { Hint } from "./tooltip.tsx";

interface SwitchProps {
  readonly isOn: boolean;
  /** What is switched: "Checkout in production". The state is said with it. */
  readonly label: string;
  /** A change is on its way: nothing can be switched, and a ring turns once it takes long. */
  readonly isBusy?: boolean;
  readonly onPress: () => void;
  /** Why it cannot be switched; it stays in the tab order. */
  readonly unavailable?: string | undefined;
}

/** On is told by the glyph, the place and words, not by colour alone. */
export function Switch({ isOn, label, isBusy = false, onPress, unavailable }: SwitchProps) {
  const showsRing = useLater(isBusy);
  const isHeld = isBusy || unavailable !== undefined;
  const track = isOn ? "border-on bg-on" : "border-line2 bg-sunken";
  const button = (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-label={isOn ? t("kit.on", { label }) : t("kit.off", { label })}
      aria-busy={isBusy}
      {...(isHeld ? { "aria-disabled": true } : {})}
      onClick={() => !isHeld && onPress()}
      className={`relative inline-flex h-6 w-11 shrink-0 items-center rounded-full border transition-colors duration-100 forced-color-adjust-none forced-colors:border-[ButtonText] ${track} ${unavailable === undefined ? "" : "opacity-60"}`}
    >
      <span
        className={`absolute grid size-4.5 place-items-center rounded-full transition-[left] duration-100 ${isOn ? "left-5.5 bg-surface" : "left-0.5 bg-line2"}`}
      >
        {isOn && <Check size={12} strokeWidth={3} className="text-on" aria-hidden />}
      </span>
      {showsRing && (
        <span className="absolute -inset-1 animate-spin rounded-full border-2 border-transparent border-t-link" />
      )}
    </button>
  );
  if (unavailable === undefined) return button;
  return (
    <Hint words={unavailable}>
      <Focusable>{button}</Focusable>
    </Hint>
  );
}
