import { useQuery } from "@tanstack/react-query";
import { useChange } from "../../api/change.ts";
import { apiPath, resource } from "../../api/queries.ts";
import type { Items } from "../../api/representations.ts";
import { request } from "../../api/request.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { t } from "./text.ts";

export type TriggerAction = "turnFlagOn" | "turnFlagOff";

export interface Trigger {
  readonly _id: string;
  readonly enabled: boolean;
  /** What calls it. */
  readonly _integrationKey: string;
  readonly instructions: readonly { readonly kind: TriggerAction }[];
  /** Unix milliseconds. */
  readonly _lastTriggeredAt?: number;
  readonly _triggerCount: number;
  /** In the answer alone that makes it or gives it a new one. */
  readonly triggerURL?: string;
}

/** The triggers of the flag in the chosen environment, and what can be done to them. */
export function useTriggers() {
  const { project, flag, environment } = useFlagPage();
  const path = apiPath("flags", project, flag.key, "triggers", environment.key);
  return { path, ...useQuery(resource<Items<Trigger>>(path)) };
}

/** Gives the trigger with its address. */
export function useNewTrigger(path: string, onMade: (trigger: Trigger) => void) {
  return useChange<{ readonly caller: string; readonly action: TriggerAction }>({
    path,
    send: async ({ caller, action }) => {
      const body = { integrationKey: caller, instructions: [{ kind: action }] };
      onMade(await request<Trigger>("POST", path, body));
    },
    failed: () => t("failed.created"),
  });
}

export function useTriggerSwitch(path: string, trigger: Trigger) {
  const caller = trigger._integrationKey;
  const send = (isOn: boolean) =>
    request("PATCH", `${path}/${trigger._id}`, {
      instructions: [{ kind: isOn ? "enableTrigger" : "disableTrigger" }],
    });
  return useChange<boolean>({
    path,
    send,
    undo: (isOn) => send(!isOn),
    done: (isOn) => (isOn ? t("done.enabled", { caller }) : t("done.disabled", { caller })),
    failed: () => t("failed.changed", { caller }),
  });
}

export function useNewAddress(path: string, trigger: Trigger, onMade: (trigger: Trigger) => void) {
  return useChange<void>({
    path,
    send: async () => {
      const body = { instructions: [{ kind: "cycleTriggerUrl" }] };
      onMade(await request<Trigger>("PATCH", `${path}/${trigger._id}`, body));
    },
    failed: () => t("failed.changed", { caller: trigger._integrationKey }),
  });
}

export function useTriggerRemoval(path: string, trigger: Trigger) {
  return useChange<void>({
    path,
    send: () => request("DELETE", `${path}/${trigger._id}`),
    done: () => t("done.deleted"),
    failed: () => t("failed.changed", { caller: trigger._integrationKey }),
  });
}
