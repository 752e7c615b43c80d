import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useDrafts } from "../draft/use-drafts.ts";
import { useFlagPage } from "./flag-page-context.ts";
import { t } from "./text.ts";
import { useBringBack } from "./use-bring-back.ts";

/** The flag was deleted while its page was open: what it was stays on screen. */
export function DeletedNotice() {
  const { project, flag } = useFlagPage();
  const { unavailable, isPending, bringBack } = useBringBack();
  const hasDraft = useDrafts(project).some((draft) => draft.flag === flag.key);
  return (
    <div className="mb-4">
      <Notice tone="critical">
        <p className="flex flex-wrap items-center gap-3">
          {t("frame.deleted.words")}
          {/* With a draft it is brought back where that is. */}
          {!hasDraft && (
            <Button unavailable={unavailable} isPending={isPending} onPress={() => bringBack()}>
              {t("frame.deleted.restore")}
            </Button>
          )}
        </p>
      </Notice>
    </div>
  );
}
