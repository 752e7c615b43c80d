import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useOfflineSince } from "../shell/link-state.tsx";
import { t as shell } from "../shell/text.ts";
import { formatClock } from "../text/format.ts";
import { t } from "../ui/text.ts";
import { mayByScopes } from "./may.ts";
import { me } from "./me.ts";

/**
 * Why it cannot be done now, for `unavailable` of a control: the link is gone, or one may not. Undefined where
 * one may, or where a custom role decides: then the server's answer says so.
 */
export function useUnavailable(action: string, resource: string): string | undefined {
  return useUnavailability()(action, resource);
}

/** The same for many things at once, such as the cells of a table. */
export function useUnavailability(): (action: string, resource: string) => string | undefined {
  const { data } = useQuery(me);
  const offlineSince = useOfflineSince();
  return useCallback(
    (action, resource) => {
      if (offlineSince !== undefined)
        return shell("live.unavailable", { time: formatClock(offlineSince) });
      if (data === undefined || mayByScopes(data.scopes, action, resource)) return undefined;
      return t("kit.noPermission", { action });
    },
    [data, offlineSince],
  );
}
