import type { ReactNode } from "react";
import { useUnavailable } from "../../session/unavailable.ts";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useDraftDesk } from "../draft/draft-desk.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { BeforeAfter } from "./before-after.tsx";
import { ChangeList } from "./change-list.tsx";
import { Failure } from "./failure.tsx";
import { ImpactPanel } from "./impact-panel.tsx";
import { ReviewFields } from "./review-fields.tsx";
import { Scripts } from "./scripts.tsx";
import { t } from "./text.ts";
import { useReview } from "./use-review.ts";
import { WarningList } from "./warning-list.tsx";

/** All that is about to be saved, before it is: in words, with its effect, and who has to agree. */
export function ReviewSheet({ onClose }: { readonly onClose: () => void }) {
  const { flag } = useFlagPage();
  const review = useReview(onClose);
  const { error, isConflict, save } = review;
  return (
    <Sheet
      isOpen
      onClose={onClose}
      isHeld
      size="large"
      title={t.rich("review.title", {
        flag: (
          <span key="flag" translate="no">
            {flag.name}
          </span>
        ),
      })}
      actions={<Actions review={review} onClose={onClose} />}
    >
      <div className="space-y-5 pt-2">
        <WhatChanges review={review} />
        <ReviewFields review={review} />
        {error !== undefined && (
          <Failure error={error} isConflict={isConflict} onAnyway={() => save(true)} />
        )}
        <Scripts comment={review.input.comment} />
      </div>
    </Sheet>
  );
}

interface Parts {
  readonly review: ReturnType<typeof useReview>;
  readonly onClose: () => void;
}

function Actions({ review, onClose }: Parts) {
  const { project, flag, environment } = useFlagPage();
  const { instructions } = useDraftDesk();
  const { when, save } = review;
  const resource = `proj/${project}:env/${environment.key}:flag/${flag.key}`;
  const action = when.way === "request" ? "createApprovalRequest" : "updateOn";
  const unavailable = useUnavailable(action, resource);
  const words = {
    now: environment.critical
      ? t("review.saveTo", { environment: environment.name })
      : t("review.save"),
    schedule: t("review.scheduleFor"),
    request: t("review.requestIt"),
  }[when.way];
  useShortcut("mod+enter", words, save, unavailable === undefined);
  return (
    <>
      <Button look="quiet" onPress={onClose}>
        {t("review.cancel")}
      </Button>
      <Button
        look="primary"
        isPending={review.isBusy}
        isDisabled={instructions.length === 0}
        unavailable={unavailable}
        keys="mod+enter"
        onPress={() => save()}
      >
        {words}
      </Button>
    </>
  );
}

function WhatChanges({ review }: Pick<Parts, "review">) {
  const { environment } = useFlagPage();
  const desk = useDraftDesk();
  return (
    <>
      {environment.critical && review.when.way === "now" && (
        <Notice tone="critical">{t("review.critical")}</Notice>
      )}
      <Part
        title={t.rich("review.changes", {
          environment: (
            <span
              key="environment"
              translate="no"
              className={environment.critical ? "text-prod" : ""}
            >
              {environment.name}
            </span>
          ),
        })}
      >
        {desk.instructions.length === 0 ? (
          <p className="text-ink2">{t("review.empty")}</p>
        ) : (
          <ChangeList desk={desk} refusal={review.refusal} />
        )}
      </Part>
      <WarningList />
      <Part title={t("review.impact")}>
        <ImpactPanel />
      </Part>
      <Part title={t("review.beforeAfter")}>
        <BeforeAfter desk={desk} />
      </Part>
    </>
  );
}

function Part({ title, children }: { readonly title: ReactNode; readonly children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 font-semibold">{title}</h3>
      {children}
    </section>
  );
}
