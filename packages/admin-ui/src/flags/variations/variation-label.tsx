import { Swatch } from "../../ui/swatch.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { nameAt } from "../frame/summary.ts";

/** A variation by its colour and name. */
export function VariationLabel({ index }: { readonly index: number }) {
  const { flag } = useFlagPage();
  return (
    <span translate="no" className="inline-flex max-w-full items-center gap-2 font-medium">
      <Swatch index={index} />
      <span className="min-w-0 break-words">{nameAt(flag, index)}</span>
    </span>
  );
}
