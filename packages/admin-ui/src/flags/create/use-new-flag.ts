import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { apiPath, refresh } from "../../api/queries.ts";
import { request } from "../../api/request.ts";
import type { FlagDefaults } from "../../flag-defaults/flag-defaults.ts";
import { keyFromName } from "../key-from-name.ts";
import { bodyOf, type NewFlag, problemOfKey, problemsOf } from "./new-flag.ts";
import { type Template, templateShapes } from "./templates.ts";
import { type KeyState, useKeyCheck } from "./use-key-check.ts";

/** An empty form, with the project's defaults where they could be read. */
export function flagToBegin(defaults: FlagDefaults | undefined): NewFlag {
  const availability = defaults?.defaultClientSideAvailability;
  return {
    name: "",
    key: "",
    ...templateShapes.release,
    isTemporary: defaults?.temporary ?? true,
    description: "",
    tags: defaults?.tags ?? [],
    maintainerId: "",
    forBrowsers: availability?.usingEnvironmentId ?? false,
    forMobiles: availability?.usingMobileKey ?? false,
  };
}

export interface NewFlagForm {
  readonly flag: NewFlag;
  readonly template: Template;
  readonly change: (part: Partial<NewFlag>) => void;
  readonly choose: (template: Template) => void;
  readonly keyState: KeyState;
  readonly problems: ReturnType<typeof problemsOf>;
  readonly failure: Error | undefined;
  readonly isSending: boolean;
  /** Makes it; false where something is wrong, which is then shown. */
  readonly create: () => Promise<boolean>;
  readonly clear: () => void;
}

/** The flag as it is typed. Its key follows the name until somebody types one. */
export function useNewFlag(project: string, begin: NewFlag): NewFlagForm {
  const client = useQueryClient();
  const [typed, setTyped] = useState(begin);
  const [template, setTemplate] = useState<Template>("release");
  const [isTried, setTried] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const [isSending, setSending] = useState(false);
  const flag = typed.key === "" ? { ...typed, key: keyFromName(typed.name) } : typed;
  const keyState = useKeyCheck(project, flag.key);
  const problems = problemsOf(flag.kind, flag.variations);
  const change = (part: Partial<NewFlag>) => setTyped((before) => ({ ...before, ...part }));
  async function create(): Promise<boolean> {
    setTried(true);
    setFailure(undefined);
    const isWrong =
      problems.some((one) => one !== undefined) ||
      problemOfKey(flag.key) !== undefined ||
      keyState === "taken";
    if (isWrong) return false;
    setSending(true);
    try {
      await request("POST", apiPath("flags", project), bodyOf(flag));
      void refresh(client, apiPath("flags", project));
      return true;
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
      return false;
    } finally {
      setSending(false);
    }
  }
  return {
    flag,
    template,
    change,
    choose: (chosen) => {
      setTemplate(chosen);
      change(templateShapes[chosen]);
    },
    keyState,
    problems: isTried ? problems : problems.map((one) => (one === "empty" ? undefined : one)),
    failure,
    isSending,
    create,
    clear: () => {
      setTried(false);
      setTyped((before) => ({ ...before, name: "", key: "", description: "" }));
    },
  };
}
