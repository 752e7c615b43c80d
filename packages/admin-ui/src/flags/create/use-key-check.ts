import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { apiPath, resource } from "../../api/queries.ts";
import { problemOfKey } from "./new-flag.ts";

export type KeyState = "unknown" | "checking" | "free" | "taken";

/** Whether the project has a flag of that key, archived ones too. */
export function useKeyCheck(project: string, key: string): KeyState {
  const asked = useDeferredValue(key);
  const filter = `key:${asked},state:live+deprecated+archived`;
  const query = new URLSearchParams({ filter, limit: "1" });
  const isFit = problemOfKey(asked) === undefined;
  const { data, isError } = useQuery({
    ...resource<{ readonly totalCount: number }>(`${apiPath("flags", project)}?${query}`),
    enabled: isFit,
  });
  if (!isFit || isError) return "unknown";
  if (data === undefined || asked !== key) return "checking";
  return data.totalCount === 0 ? "free" : "taken";
}
