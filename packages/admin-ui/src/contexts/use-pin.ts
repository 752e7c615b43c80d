import type { Json } from "@halyard/evaluation";
import { useChange } from "../api/change.ts";
import { apiPath } from "../api/queries.ts";
import type { Environment } from "../api/representations.ts";
import { request } from "../api/request.ts";
import { environmentPath } from "./context-queries.ts";
import { shownJson } from "./individual.ts";
import type { PinnedContext } from "./pinned.ts";
import { t } from "./text.ts";

interface Variation {
  readonly value: Json;
  readonly name?: string;
}

export function variationName(variation: Variation | undefined): string {
  if (variation === undefined) return t("context.codeDefault");
  const { name } = variation;
  return name === undefined || name === "" ? shownJson(variation.value) : name;
}

interface PinnedFlag {
  readonly key: string;
  readonly name: string;
  readonly variations: readonly Variation[];
}

interface Pin {
  /** Undefined lets rules decide again. */
  readonly to: number | undefined;
  readonly from: number | undefined;
}

/** Gives a context a variation by name, or lets rules decide again; what it was comes back by Undo. */
export function usePin(
  project: string,
  environment: Environment,
  { flag, context }: { readonly flag: PinnedFlag; readonly context: PinnedContext },
) {
  const { kind, key } = context;
  const path = environmentPath(project, environment.key, "contexts", kind, key, "flags", flag.key);
  const put = (index: number | undefined) =>
    request("PUT", path, { setting: index === undefined ? null : flag.variations[index]?.value });
  const names = { key, flag: flag.name, environment: environment.name };
  return useChange({
    path: apiPath("flags", project),
    send: ({ to }: Pin) => put(to),
    undo: ({ from }: Pin) => put(from),
    done: ({ to }) =>
      to === undefined
        ? t("context.released.done", names)
        : t("context.pinned.done", { ...names, variation: variationName(flag.variations[to]) }),
    failed: () => t("context.pin.failed", names),
  });
}
