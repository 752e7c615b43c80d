import type { Json } from "@halyard/evaluation";
import type { FlagInstruction } from "@halyard/instructions";
import type { FlagEdit } from "../edits/flag-edit.ts";
import { newId } from "../edits/new-id.ts";
import type { FlagRepresentation } from "../state/flag-representation.ts";
import { t } from "./text.ts";
import { kindOfValues, textOfValue, type ValueKind } from "./value.ts";

type Variation = FlagRepresentation["variations"][number];

/** What the form holds. */
export interface TypedVariation {
  readonly name: string;
  readonly text: string;
  readonly description: string;
}

/** How the form begins. */
export function typedOf(variation: Variation | undefined, kind: ValueKind): TypedVariation {
  return {
    name: variation?.name ?? "",
    text: variation === undefined ? "" : textOfValue(variation.value, kind),
    description: variation?.description ?? "",
  };
}

interface Edited {
  /** Absent where one is added. */
  readonly before: Variation | undefined;
  readonly typed: TypedVariation;
  readonly value: Json;
}

/** What the form asks for; undefined where it leaves everything as it is. */
export function editOf({ before, typed, value }: Edited): FlagEdit | undefined {
  const name = typed.name || typed.text.slice(0, 40);
  if (before === undefined) {
    const id = newId();
    return {
      instructions: [additionOf(typed, value, id)],
      undo: [{ kind: "removeVariation", variationId: id }],
      done: t("done.added", { name }),
      failed: t("failed.added", { name }),
    };
  }
  const change = changeOf(before, typed, value);
  if (Object.keys(change).length === 2) return undefined; // It names what it is about, and changes nothing.
  return {
    instructions: [change],
    undo: [takenBack(before, change)],
    done: t("done.changed", { name }),
    failed: t("failed.changed", { name }),
  };
}

/** Only what was changed is sent, so that it stands beside what others change. */
function changeOf(before: Variation, typed: TypedVariation, value: Json): FlagInstruction {
  const kind = kindOfValues([before]);
  const { name = "", description = "" } = before;
  return {
    kind: "updateVariation",
    variationId: before._id,
    ...(textOfValue(before.value, kind) === textOfValue(value, kind) ? {} : { value }),
    ...(name === typed.name ? {} : { name: typed.name }),
    ...(description === typed.description ? {} : { description: typed.description }),
  };
}

/** What gives the variation back what the change takes. */
function takenBack(before: Variation, change: FlagInstruction): FlagInstruction {
  const { name = "", description = "" } = before;
  return {
    kind: "updateVariation",
    variationId: before._id,
    ...("value" in change ? { value: before.value } : {}),
    ...("name" in change ? { name } : {}),
    ...("description" in change ? { description } : {}),
  };
}

function additionOf(typed: TypedVariation, value: Json, id: string): FlagInstruction {
  return {
    kind: "addVariation",
    _id: id,
    value,
    ...(typed.name === "" ? {} : { name: typed.name }),
    ...(typed.description === "" ? {} : { description: typed.description }),
  };
}
