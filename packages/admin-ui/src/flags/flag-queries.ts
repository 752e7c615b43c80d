import { type QueryClient, useQuery } from "@tanstack/react-query";
import { semanticPatch, useChange } from "../api/change.ts";
import { apiPath } from "../api/queries.ts";
import type { Environment, FeatureFlag } from "../api/representations.ts";
import { environmentsOf } from "./environments-query.ts";
import { t } from "./text.ts";

export function useEnvironments(project: string) {
  return useQuery(environmentsOf(project));
}

interface Switching {
  readonly on: boolean;
  /** Empty where there is none. */
  readonly comment: string;
}

/**
 * Turns a flag on or off, which can be taken back. In a critical environment it is shown when the server
 * has it, elsewhere at once.
 */
export function useFlagSwitch(project: string, flag: FeatureFlag, environment: Environment) {
  const path = apiPath("flags", project, flag.key);
  const send = ({ on, comment }: Switching) =>
    semanticPatch<FeatureFlag>(path, {
      environmentKey: environment.key,
      instructions: [{ kind: on ? "turnFlagOn" : "turnFlagOff" }],
      ...(comment === "" ? {} : { comment }),
    });
  const names = { flag: flag.name, environment: environment.name };
  const foresee = (client: QueryClient, { on }: Switching) => {
    const turned = turnedIn(environment.key, on);
    client.setQueryData<FeatureFlag>([path], (shown) => shown && turned(shown));
    client.setQueryData<{ readonly data: FeatureFlag; readonly etag: string }>(
      [path, "etag"],
      (shown) => shown && { ...shown, data: turned(shown.data) },
    );
  };
  return useChange<Switching>({
    path: apiPath("flags", project),
    send,
    ...(environment.critical ? {} : { foresee }),
    undo: ({ on }) => send({ on: !on, comment: t("flag.switch.undone") }),
    done: ({ on }) => (on ? t("flag.turnedOn", names) : t("flag.turnedOff", names)),
    failed: () => t("flag.switch.failed", names),
  });
}

function turnedIn(environmentKey: string, on: boolean) {
  return (flag: FeatureFlag): FeatureFlag => {
    const configuration = flag.environments?.[environmentKey];
    if (configuration === undefined) return flag;
    const environments = { ...flag.environments, [environmentKey]: { ...configuration, on } };
    return { ...flag, environments };
  };
}
