import type { FlagConfiguration } from "@halyard/instructions";
import type { Rebase } from "../../drafts/rebase.ts";
import { partsTouchedBy } from "../../drafts/touched-parts.ts";

/** A card of the targeting: `fallthrough`, `rules`, `rules/ID`, or `page` for what has no card. */
export type ConflictPlace = string;

const cards = ["fallthrough", "offVariationId", "targets", "prerequisites"];

/** Where on the page a part such as `production/rules/ID/serve` stands. */
export function placeOfPart(
  name: string,
  environment: string,
  { rules }: Pick<FlagConfiguration, "rules"> = { rules: [] },
): ConflictPlace {
  const [where = "", part = "", id = ""] = name.split("/");
  if (where !== environment) return "page";
  if (part === "rules") return rules.some((rule) => rule.id === id) ? `rules/${id}` : "rules";
  if (part === "expiringTargets") return "targets";
  return cards.includes(part) ? part : "page";
}

type Outcome = Rebase["outcomes"][number];
type UndecidedOutcome = Extract<Outcome, { outcome: "undecided" }>;

/** A step of the draft that waits for somebody's word, by its place in the draft. */
export interface Undecided {
  readonly index: number;
  readonly one: UndecidedOutcome;
}

/** What is undecided at a place of the page. */
export function undecidedAt(
  place: ConflictPlace,
  { outcomes }: Pick<Rebase, "outcomes">,
  at: { readonly environment: string; readonly configuration: FlagConfiguration | undefined },
): readonly Undecided[] {
  return outcomes.flatMap((one, index) => {
    if (one.outcome !== "undecided") return [];
    const [part] =
      one.contested.length > 0 ? one.contested : partsTouchedBy(one.instruction, at.environment);
    const where =
      part === undefined ? "page" : placeOfPart(part.name, at.environment, at.configuration);
    return where === place ? [{ index, one }] : [];
  });
}
