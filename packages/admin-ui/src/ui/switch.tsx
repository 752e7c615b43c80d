import { Check } from "lucide-react";

export function Switch(props: {
  readonly isOn: boolean;
  readonly label: string;
  readonly isBusy: boolean;
  readonly onPress: () => void;
}) {
  const { isOn } = props;
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-label={`${props.label}, ${isOn ? "on" : "off"}`}
      disabled={props.isBusy}
      onClick={props.onPress}
      className={`relative inline-flex h-6 w-11 shrink-0 items-center rounded-full border ${isOn ? "border-on bg-on" : "border-line2 bg-sunken"} ${props.isBusy ? "opacity-60" : ""}`}
    >
      <span
        className={`absolute grid size-4.5 place-items-center rounded-full ${isOn ? "right-0.5 bg-surface" : "left-0.5 bg-line2"}`}
      >
        {isOn && <Check size={12} strokeWidth={3} className="text-on" aria-hidden />}
      </span>
    </button>
  );
}
