import { Swatch, variationColour } from "../../ui/swatch.tsx";
import { nameAt } from "../frame/summary.ts";
import type { FlagRepresentation } from "../state/flag-representation.ts";
import type { Series } from "./evaluation-queries.ts";
import { inOrder } from "./series.ts";
import { t } from "./text.ts";

/** A series with what it is called and how it is drawn. */
export interface Layer extends Series {
  readonly id: string;
  readonly name: string;
  /** More than the name says. */
  readonly words?: string;
  /** As CSS has it. */
  readonly colour: string;
}

export function layersOf(flag: FlagRepresentation, series: readonly Series[]): readonly Layer[] {
  return inOrder(series).map((one) => ({ ...one, ...looksOf(flag, one) }));
}

function looksOf(
  flag: FlagRepresentation,
  { kind, variation }: Series,
): Pick<Layer, "id" | "name" | "words" | "colour"> {
  if (kind === "fallback") {
    return {
      id: kind,
      name: t("evaluations.fallback"),
      words: t("evaluations.fallback.words"),
      colour: "var(--line2)",
    };
  }
  if (kind === "flagNotFound") {
    return {
      id: kind,
      name: t("evaluations.notFound"),
      words: t("evaluations.notFound.words"),
      colour: "var(--danger)",
    };
  }
  const index = variation ?? 0;
  const isKnown = flag.variations[index] !== undefined;
  return {
    id: String(index),
    name: isKnown ? nameAt(flag, index) : t("evaluations.removed"),
    colour: variationColour(index),
  };
}

export function LayerName({ layer }: { readonly layer: Layer }) {
  const { kind, variation, name, words, colour } = layer;
  return (
    <span className="inline-flex max-w-full items-baseline gap-2">
      {kind === "variation" ? (
        <Swatch index={variation ?? 0} />
      ) : (
        <span
          aria-hidden="true"
          style={{ background: colour }}
          className="inline-block size-2.5 shrink-0 rounded-[3px] forced-color-adjust-none"
        />
      )}
      <span className="min-w-0">
        <span
          {...(kind === "variation" ? { translate: "no" as const } : {})}
          className="font-medium break-words"
        >
          {name}
        </span>
        {words !== undefined && <span className="block text-xs text-ink3">{words}</span>}
      </span>
    </span>
  );
}
