import { useUnavailable } from "../../session/unavailable.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useDraftDesk } from "../draft/draft-desk.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { useBringBack } from "../frame/use-bring-back.ts";
import { t } from "./text.ts";

/** The flag went while somebody was about to change it: the draft is kept, and the way back is here. */
export function Obstruction() {
  const { isDeleted } = useFlagPage();
  return isDeleted ? <Deleted /> : <Archived />;
}

function Archived() {
  const { project, flag } = useFlagPage();
  const { typed, replace, review } = useDraftDesk();
  const unavailable = useUnavailable(
    "updateGlobalArchived",
    `proj/${project}:env/*:flag/${flag.key}`,
  );
  function restore() {
    const isAdded = typed.some(({ kind }) => kind === "restoreFlag");
    if (!isAdded) replace([{ kind: "restoreFlag" }, ...typed]);
    review();
  }
  return (
    <Notice tone="critical">
      <p className="flex flex-wrap items-center gap-3">
        {t("conflict.archived", { count: typed.length })}
        <Button unavailable={unavailable} onPress={restore}>
          {t("conflict.restoreAndSave")}
        </Button>
      </p>
    </Notice>
  );
}

function Deleted() {
  const { typed, review } = useDraftDesk();
  const { unavailable, isPending, bringBack } = useBringBack();
  return (
    <Notice tone="critical">
      <p className="flex flex-wrap items-center gap-3">
        {t("conflict.deleted", { count: typed.length })}
        <Button unavailable={unavailable} isPending={isPending} onPress={() => bringBack(review)}>
          {t("conflict.restoreAndSave")}
        </Button>
      </p>
    </Notice>
  );
}
