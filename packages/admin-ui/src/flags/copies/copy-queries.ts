import { skipToken, useQuery } from "@tanstack/react-query";
import { semanticPatch, useChange } from "../../api/change.ts";
import { apiPath } from "../../api/queries.ts";
import { request } from "../../api/request.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import type { FlagRepresentation } from "../state/flag-representation.ts";
import type { VariationOfFlag } from "../state/flag-state.ts";
import type { ChangeInWords } from "./copy-in-words.ts";
import { t } from "./text.ts";

/** The parts that can be copied, as the server and policies call them. */
export const copyParts = [
  "updateOn",
  "updatePrerequisites",
  "updateTargets",
  "updateRules",
  "updateFallthrough",
  "updateOffVariation",
] as const;
export type CopyPart = (typeof copyParts)[number];

export interface Copy {
  readonly source: string;
  readonly target: string;
  readonly includedActions: readonly CopyPart[];
}

/** What the copy would change, in words; the server says what comes of it. */
export function useCopyPreview(copy: Copy | undefined) {
  const { project, flag } = useFlagPage();
  const path = apiPath("flags", project, flag.key, "copy");
  return useQuery({
    queryKey: [`${path}?dryRun=true`, copy, flag._version],
    queryFn:
      copy === undefined
        ? skipToken
        : async (): Promise<ChangeInWords> => {
            const [after, { changeInWords }, variationOf] = await Promise.all([
              request<FlagRepresentation>("POST", `${path}?dryRun=true`, bodyOf(copy)),
              import("./copy-in-words.ts"), // It brings the language of instructions.
              requiredVariations(project, flag),
            ]);
            return changeInWords({ before: flag, after, environmentKey: copy.target, variationOf });
          },
  });
}

interface WordedCopy extends Copy, Pick<ChangeInWords, "inverse"> {
  readonly names: { readonly source: string; readonly environment: string };
  readonly comment?: string | undefined;
}

export function useCopy(onRefusal: (error: Error) => void) {
  const { project, flag } = useFlagPage();
  const path = apiPath("flags", project, flag.key);
  return useChange<WordedCopy>({
    path: apiPath("flags", project),
    send: (copy) => {
      const { comment } = copy;
      const version = flag.environments[copy.target]?.version;
      return request("POST", `${path}/copy`, {
        ...bodyOf(copy, version),
        ...(comment === undefined ? {} : { comment }),
      });
    },
    undo: ({ inverse, target, comment }) =>
      semanticPatch(path, {
        environmentKey: target,
        instructions: inverse,
        ...(comment === undefined ? {} : { comment }),
      }),
    done: ({ names, includedActions }) =>
      includedActions.length === copyParts.length
        ? t("copy.done", names)
        : t("copy.done.part", names),
    failed: ({ names: { environment } }) => t("copy.failed", { environment }),
    onRefusal: (error) => {
      onRefusal(error);
      return true;
    },
  });
}

function bodyOf({ source, target, includedActions }: Copy, currentVersion?: number) {
  return {
    source: { key: source },
    target: { key: target, ...(currentVersion === undefined ? {} : { currentVersion }) },
    includedActions,
  };
}

/** Prerequisites name the variation of another flag, and REST shows its place alone. */
async function requiredVariations(
  project: string,
  flag: FlagRepresentation,
): Promise<VariationOfFlag> {
  const required = Object.values(flag.environments).flatMap(({ prerequisites }) => prerequisites);
  const keys = [...new Set(required.map(({ key }) => key))];
  const flags = await Promise.all(
    keys.map((key) => request<FlagRepresentation>("GET", apiPath("flags", project, key))),
  );
  const byKey = new Map(flags.map((one) => [one.key, one]));
  return (key, index) => byKey.get(key)?.variations[index]?._id;
}
