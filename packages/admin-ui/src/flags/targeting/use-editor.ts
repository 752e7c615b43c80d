import type { FlagConfiguration, FlagInstruction, FlagState } from "@halyard/instructions";
import { useUnavailable } from "../../session/unavailable.ts";
import { sayFailure } from "../../ui/toast.tsx";
import { useDraft } from "../draft/use-draft.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import type { SeenIn } from "../sentence/seen.ts";
import type { SplitVariation } from "../split/split-model.ts";
import { t } from "./text.ts";

export interface Editor {
  readonly flag: FlagState;
  /** As it is drafted, in the environment of the page. */
  readonly configuration: FlagConfiguration;
  /** As the server has it. */
  readonly saved: FlagConfiguration | undefined;
  readonly environment: string;
  readonly seenIn: SeenIn;
  readonly variations: readonly SplitVariation[];
  readonly instruct: (...instructions: readonly FlagInstruction[]) => void;
  readonly isReadOnly: boolean;
}

/** The drafted targeting and how to change it; undefined where the flag has nothing in the environment. */
export function useEditor(): Editor | undefined {
  const { project, flag: shown, environment } = useFlagPage();
  const { saved, drafted, instruct } = useDraft();
  const resource = `proj/${project}:env/${environment.key}:flag/${shown.key}`;
  const unavailable = useUnavailable("updateRules", resource);
  const configuration = drafted.environments[environment.key];
  if (configuration === undefined) return undefined;
  return {
    flag: drafted,
    configuration,
    saved: saved.environments[environment.key],
    environment: environment.key,
    seenIn: { project, environment: environment.key },
    variations: drafted.variations.map((variation) => ({
      id: variation.id,
      name: nameOfVariation(variation),
    })),
    instruct: (...instructions) => {
      const problem = instruct(...instructions);
      if (problem !== undefined) sayFailure(t("targeting.refused"), problem.message);
    },
    isReadOnly: drafted.archived || unavailable !== undefined,
  };
}

/** Its name, or its value where it has none. */
function nameOfVariation({ name, value }: FlagState["variations"][number]): string {
  if (name !== undefined && name !== "") return name;
  return typeof value === "string" && value !== "" ? value : JSON.stringify(value);
}
