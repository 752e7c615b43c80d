import { Check, X } from "lucide-react";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { apiPath } from "../api/queries.ts";
import { request as ask } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Button } from "../ui/button.tsx";
import { TextArea } from "../ui/field.tsx";
import type { ApprovalRequest } from "./approval.ts";
import { t } from "./text.ts";

interface ReviewFormProps {
  readonly request: ApprovalRequest;
  /** The member who looks at it. */
  readonly memberId: string;
}

type Word = "approve" | "decline" | "comment";

/** Approve, decline, or only say something. */
export function ReviewForm({ request, memberId }: ReviewFormProps) {
  const [comment, setComment] = useState("");
  const { requestorId, approvalSettings, resourceId, description } = request;
  const notAllowed = useUnavailable("reviewApprovalRequest", resourceId);
  const isOwn = requestorId === memberId && !approvalSettings.canReviewOwnRequest;
  const review = useChange<Word>({
    path: apiPath("approval-requests"),
    send: (kind) =>
      ask("POST", `${apiPath("approval-requests", request._id)}/reviews`, {
        kind,
        ...(comment.trim() === "" ? {} : { comment: comment.trim() }),
      }),
    done: (kind) =>
      kind === "comment"
        ? t("approval.said.comment")
        : t(`approval.said.${kind}`, { title: description }),
    failed: () => t("approval.sayFailed"),
  });
  const say = (kind: Word) => review.mutate(kind, { onSuccess: () => setComment("") });
  const cannotDecide = isOwn ? t("approval.own") : notAllowed;
  const cannotSay = comment.trim() === "" ? t("approval.commentFirst") : notAllowed;
  return (
    <div className="mt-4 border-t border-line pt-4">
      <TextArea
        label={t("approval.comment")}
        description={t("approval.comment.words")}
        value={comment}
        onChange={setComment}
        rows={2}
      />
      <div className="mt-3 flex flex-wrap gap-2">
        <Button
          look="primary"
          icon={<Check size={16} aria-hidden />}
          isPending={review.isPending}
          unavailable={cannotDecide}
          onPress={() => say("approve")}
        >
          {t("approval.approve")}
        </Button>
        <Button
          look="danger"
          icon={<X size={16} aria-hidden />}
          unavailable={cannotDecide}
          onPress={() => say("decline")}
        >
          {t("approval.decline")}
        </Button>
        <Button unavailable={cannotSay} onPress={() => say("comment")}>
          {t("approval.say")}
        </Button>
      </div>
      {isOwn && <p className="mt-2 text-[13px] text-ink2">{t("approval.own")}</p>}
    </div>
  );
}
