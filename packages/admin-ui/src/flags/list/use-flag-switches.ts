import type { QueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { semanticPatch, useChange } from "../../api/change.ts";
import { apiPath } from "../../api/queries.ts";
import type { Environment, Items } from "../../api/representations.ts";
import type { ListedFlag } from "./listed-flag.ts";
import { t } from "./text.ts";

export interface Switching {
  readonly flag: ListedFlag;
  readonly environment: Environment;
  readonly on: boolean;
  readonly comment?: string;
}

/** Whether somebody has to say yes before a switch acts. */
export function isAsking({ critical, confirmChanges, requireComments }: Environment): boolean {
  return critical || confirmChanges === true || requireComments === true;
}

/** Turns flags on and off: at once on screen where that harms nobody, else when the server has it. */
export function useFlagSwitches(project: string) {
  const path = apiPath("flags", project);
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const send = async ({ flag, environment, on, comment }: Switching) => {
    const name = switchName(flag, environment);
    setBusy((before) => new Set(before).add(name));
    try {
      return await semanticPatch(`${path}/${encodeURIComponent(flag.key)}`, {
        environmentKey: environment.key,
        instructions: [{ kind: on ? "turnFlagOn" : "turnFlagOff" }],
        ...(comment === undefined || comment === "" ? {} : { comment }),
      });
    } finally {
      setBusy((before) => new Set([...before].filter((one) => one !== name)));
    }
  };
  const { mutate } = useChange<Switching>({
    path,
    send,
    foresee: (client, input) => foresee(client, path, input),
    done: (input) => t(input.on ? "list.switch.on" : "list.switch.off", namesOf(input)),
    undo: (input) => send({ ...input, on: !input.on }),
    failed: (input) => t("list.switch.failed", namesOf(input)),
  });
  const act = useCallback((input: Switching) => mutate(input), [mutate]);
  return { act, busy };
}

function switchName(flag: ListedFlag, environment: Environment): string {
  return `${flag.key} ${environment.key}`;
}

export function namesOf({ flag, environment }: Pick<Switching, "flag" | "environment">) {
  return { flag: flag.name, environment: environment.name };
}

/** A critical environment is never shown as what it is not yet. */
function foresee(client: QueryClient, path: string, { flag, environment, on }: Switching): void {
  if (environment.critical) return;
  client.setQueriesData<Items<ListedFlag>>(
    { predicate: ({ queryKey: [key] }) => typeof key === "string" && key.startsWith(`${path}?`) },
    (page) =>
      page === undefined
        ? page
        : {
            ...page,
            items: page.items.map((one) =>
              one.key === flag.key ? switched(one, environment.key, on) : one,
            ),
          },
  );
}

function switched(flag: ListedFlag, environment: string, on: boolean): ListedFlag {
  const configuration = flag.environments?.[environment];
  if (configuration === undefined) return flag;
  return {
    ...flag,
    environments: { ...flag.environments, [environment]: { ...configuration, on } },
  };
}
