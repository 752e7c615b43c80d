import type { TriedStep } from "../try-it/use-path.ts";
import { t } from "./text.ts";

/** How a card looks by what the context that is tried did there. */
export function pathClass(step: TriedStep | undefined): string {
  if (step?.state === "matched") return "border-path ring-2 ring-path/25";
  // Paler by its ground alone: what is in it can be read and changed.
  return step?.state === "unreached" ? "border-dashed border-line2/40 !bg-canvas" : "border-line";
}

/** A tab on a card: whether the context that is tried matched here. */
export function PathMark({ step }: { readonly step: TriedStep | undefined }) {
  if (step === undefined || step.state === "unreached") return null;
  const isMatch = step.state === "matched";
  return (
    <span
      className={`absolute -top-2.5 right-3 z-1 max-w-[70%] truncate rounded-full border px-2 text-[11px] leading-5 font-semibold ${isMatch ? "border-path bg-path text-surface" : "border-line2/40 bg-sunken text-ink2"}`}
    >
      {isMatch ? t("path.matched") : <span translate="no">{step.words}</span>}
    </span>
  );
}
