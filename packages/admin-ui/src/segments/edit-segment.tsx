import { useState } from "react";
import { semanticPatch, useChange } from "../api/change.ts";
import { apiPath } from "../api/queries.ts";
import { Button } from "../ui/button.tsx";
import { ChipsField } from "../ui/chips-field.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextArea, TextField } from "../ui/field.tsx";
import { t as kit } from "../ui/text.ts";
import { type Details, detailChanges } from "./segment-details.ts";
import { segmentPath } from "./segment-queries.ts";
import type { ShownSegment } from "./shown-segment.ts";
import { t } from "./text.ts";

/** Name, description and tags: they change nothing of who is in the segment. */
export function EditSegment({
  project,
  environment,
  segment,
  onClose,
}: ShownSegment & { readonly onClose: () => void }) {
  const [typed, setTyped] = useState<Details>(segment);
  const [comment, setComment] = useState("");
  const change = useChange({
    path: apiPath("segments", project),
    send: ({ from, to }: { readonly from: Details; readonly to: Details }) =>
      semanticPatch(segmentPath(project, environment.key, segment.key), {
        instructions: detailChanges(from, to),
        ...(comment.trim() === "" ? {} : { comment }),
      }),
    undo: ({ from, to }) =>
      semanticPatch(segmentPath(project, environment.key, segment.key), {
        instructions: detailChanges(to, from),
        ...(comment.trim() === "" ? {} : { comment }),
      }),
    done: ({ to }) => t("segment.edit.saved", { segment: to.name }),
    failed: () => t("segment.edit.failed", { segment: segment.name }),
  });
  const isChanged = detailChanges(segment, typed).length > 0;
  const isComplete =
    typed.name.trim() !== "" && (!environment.requireComments || comment.trim() !== "");
  const edit = (part: Partial<Details>) => setTyped({ ...typed, ...part });
  return (
    <Dialog
      isOpen
      isHeld
      onClose={onClose}
      title={t("segment.edit.title", { segment: segment.name, environment: environment.name })}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {kit("kit.cancel")}
          </Button>
          <Button
            look="primary"
            isDisabled={!isChanged || !isComplete}
            isPending={change.isPending}
            onPress={() => change.mutate({ from: segment, to: typed }, { onSuccess: onClose })}
          >
            {t("segment.edit.save")}
          </Button>
        </>
      }
    >
      <div className="mt-2 space-y-4">
        <TextField
          label={t("segment.name")}
          value={typed.name}
          onChange={(name) => edit({ name })}
          autoFocus
          isRequired
        />
        <TextArea
          label={t("segment.description")}
          value={typed.description}
          onChange={(description) => edit({ description })}
          rows={2}
        />
        <ChipsField
          label={t("segment.tags")}
          description={t("segment.tags.words")}
          values={typed.tags}
          onChange={(tags) => edit({ tags })}
        />
        {environment.requireComments && (
          <TextArea
            label={t("segment.comment")}
            description={t("segment.comment.words", { environment: environment.name })}
            value={comment}
            onChange={setComment}
            rows={2}
            isRequired
          />
        )}
      </div>
    </Dialog>
  );
}
