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
    bringBack: (then?: () => void) => {
      // Not the mutation's own callback: that is lost with what asked, which goes as soon as the flag is there.
      void change.mutateAsync().then(then, () => undefined); // It has been said why not.
    },
  };
}
