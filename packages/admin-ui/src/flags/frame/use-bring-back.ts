import { useChange } from "../../api/change.ts";
import { takeBackNewest } from "../../revert/way-back.ts";
import { useUnavailable } from "../../session/unavailable.ts";
import { useFlagPage } from "./flag-page-context.ts";
import { t } from "./text.ts";

/** Makes the flag again that has been deleted under somebody's eyes, as it was. */
export function useBringBack() {
  const { project, flag } = useFlagPage();
  const { name, key } = flag;
  const unavailable = useUnavailable("createFlag", `proj/${project}:env/*:flag/${key}`);
  const change = useChange<void>({
    path: "/api/v2/",
    // Its newest entry in the log is its deletion.
    send: () => takeBackNewest({ project, of: { kind: "flag", key } }),
    done: () => t("frame.deleted.done", { name }),
    failed: () => t("frame.deleted.failed", { name }),
  });
  return {
    unavailable,
    isPending: change.isPending,
    /** Goes on with what comes after it, although what asked for it is no longer shown by then. */
    bringBack: async (then?: () => void) => {
      const isBack = await change.mutateAsync().then(
        () => true,
        () => false, // It has been said why not.
      );
      if (isBack) then?.();
    },
  };
}
