import { apiPath, resource } from "../api/queries.ts";
import { formatShare } from "../text/format.ts";
import type { StageName } from "./gradual.ts";
import { t } from "./text.ts";

/** A variation by what people call it. */
interface NamedVariation {
  readonly _id: string;
  readonly value: unknown;
  readonly name?: string;
}

/** The variations of a flag. */
export function variationsOf(project: string, flag: string) {
  return resource<{ readonly variations: readonly NamedVariation[] }>(
    apiPath("flags", project, flag),
  );
}

export function nameOfVariation({ name, value }: NamedVariation): string {
  return name === undefined || name === "" ? JSON.stringify(value) : name;
}

/** How the steps of a rollout of a variation are called. */
export function stageNameIn(variations: readonly NamedVariation[], variationId: string): StageName {
  const found = variations.find(({ _id }) => _id === variationId);
  const variation = found === undefined ? "" : nameOfVariation(found);
  return (percent) =>
    percent >= 100
      ? t("begin.stage.all", { variation })
      : t("begin.stage", { percent: formatShare(percent / 100), variation });
}
