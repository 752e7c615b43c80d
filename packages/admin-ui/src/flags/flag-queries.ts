import { useQuery } from "@tanstack/react-query";
import { semanticPatch, useChange } from "../api/change.ts";
import { apiPath, resource } from "../api/queries.ts";
import type { Environment, FeatureFlag } from "../api/representations.ts";
import { environmentsOf } from "./environments-query.ts";
import { t } from "./text.ts";

export function useFlag(project: string, flag: string) {
  return useQuery(resource<FeatureFlag>(apiPath("flags", project, flag)));
}

export function useEnvironments(project: string) {
  return useQuery(environmentsOf(project));
}

/** Turns a flag on or off; what is shown changes only when the server has it, and can be taken back. */
export function useFlagSwitch(project: string, flag: FeatureFlag, environment: Environment) {
  const path = apiPath("flags", project, flag.key);
  const send = (on: boolean) =>
    semanticPatch<FeatureFlag>(path, {
      environmentKey: environment.key,
      instructions: [{ kind: on ? "turnFlagOn" : "turnFlagOff" }],
    });
  const names = { flag: flag.name, environment: environment.name };
  return useChange({
    path: apiPath("flags", project),
    send,
    undo: (on: boolean) => send(!on),
    done: (on) => (on ? t("flag.turnedOn", names) : t("flag.turnedOff", names)),
    failed: () => t("flag.switch.failed", names),
  });
}
