import type { FlagInstruction } from "@halyard/instructions";
import { useRef } from "react";
import { useChange } from "../../api/change.ts";
import { apiPath } from "../../api/queries.ts";
import { request } from "../../api/request.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { t } from "./text.ts";

/** What is done at a moment, in Unix milliseconds. */
interface PlannedStep {
  readonly at: number;
  readonly instruction: FlagInstruction;
}

export interface Ramp {
  readonly steps: readonly PlannedStep[];
  readonly comment: string;
}

interface Made {
  readonly _id: string;
}

/** Plans the steps as scheduled changes: all of them or none. */
export function useRamp(onRefusal: (error: Error) => void) {
  const { project, flag, environment } = useFlagPage();
  const path = apiPath(
    ...["projects", project, "flags", flag.key],
    ...["environments", environment.key, "scheduled-changes"],
  );
  const made = useRef<string[]>([]);
  const takeBack = async () => {
    for (const id of made.current.splice(0)) await request("DELETE", `${path}/${id}`);
  };
  return useChange<Ramp>({
    path: "/api/v2/projects/",
    send: async ({ steps, comment }) => {
      try {
        for (const { at, instruction } of steps) {
          // Each step changes what the one before has planned to change.
          const { _id } = await request<Made>("POST", `${path}?ignoreConflicts=true`, {
            executionDate: at,
            instructions: [instruction],
            ...(comment === "" ? {} : { comment }),
          });
          made.current.push(_id);
        }
      } catch (error) {
        await takeBack();
        throw error;
      }
    },
    undo: takeBack,
    done: ({ steps }) => t("ramp.done", { count: steps.length, environment: environment.name }),
    failed: () => t("ramp.failed"),
    onRefusal: (error) => {
      onRefusal(error);
      return true;
    },
  });
}
