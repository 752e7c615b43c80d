import { useNavigate } from "@tanstack/react-router";
import { useChange } from "../api/change.ts";
import { apiPath } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { formatList } from "../text/format.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog, Dialog } from "../ui/dialog.tsx";
import { t as kit } from "../ui/text.ts";
import { segmentPath } from "./segment-queries.ts";
import type { ShownSegment } from "./shown-segment.ts";
import { t } from "./text.ts";

interface DeleteSegmentProps extends ShownSegment {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Deletes a segment from an environment; while flags ask for it, says which. */
export function DeleteSegment(props: DeleteSegmentProps) {
  const { isOpen, onClose, project, environment, segment } = props;
  const navigate = useNavigate();
  const names = { segment: segment.name, environment: environment.name };
  const flags = segment._flags ?? [];
  const change = useChange({
    path: apiPath("segments", project),
    send: () => request("DELETE", segmentPath(project, environment.key, segment.key)),
    done: () => t("segment.deleted", names),
    failed: () => t("segment.delete.failed", names),
  });
  async function remove() {
    await change.mutateAsync(undefined).then(
      () => navigate({ to: "/p/$project/segments", params: { project } }),
      () => onClose(),
    );
  }
  if (flags.length > 0) {
    return (
      <Dialog
        isOpen={isOpen}
        onClose={onClose}
        title={t("segment.delete.title", names)}
        actions={<Button onPress={onClose}>{kit("kit.close")}</Button>}
      >
        <p className="mt-1 text-ink2">
          {t.rich("segment.delete.used", {
            environment: environment.name,
            flags: (
              <b key="flags" translate="no">
                {formatList(flags.map(({ name }) => name))}
              </b>
            ),
          })}
        </p>
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t("segment.delete.title", names)}
      action={t("segment.delete.action")}
      typed={segment.key}
      isDanger
      isBusy={change.isPending}
      onConfirm={remove}
    >
      <p>{t("segment.delete.words")}</p>
    </ConfirmDialog>
  );
}
