import { type ReactNode, useState } from "react";
import { RequestError } from "../../api/request.ts";
import { useUnavailable } from "../../session/unavailable.ts";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { Button } from "../../ui/button.tsx";
import { CodeBlock, KeyCopy } from "../../ui/copy.tsx";
import { Sheet } from "../../ui/dialog.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useDraftDesk } from "../draft/draft-desk.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { BeforeAfter } from "./before-after.tsx";
import { ChangeList } from "./change-list.tsx";
import { ImpactPanel } from "./impact-panel.tsx";
import { commandOf, curlOf } from "./script.ts";
import { t } from "./text.ts";
import { useSaving } from "./use-saving.ts";
import { useWhen } from "./use-when.ts";
import { WarningList } from "./warning-list.tsx";
import { WhenFields } from "./when-fields.tsx";

/** All that is about to be saved, before it is: in words, with its effect, and who has to agree. */
export function ReviewSheet({ onClose }: { readonly onClose: () => void }) {
  const desk = useDraftDesk();
  const { project, flag, environment } = useFlagPage();
  const when = useWhen();
  const [comment, setComment] = useState("");
  const [description, setDescription] = useState("");
  const [at, setAt] = useState<number>();
  const [typedName, setTypedName] = useState("");
  const [isTried, setTried] = useState(false);
  const { save, isBusy, error, refusal, isConflict } = useSaving(desk, onClose);
  const problems = {
    comment:
      environment.requireComments && comment.trim() === "" ? t("review.comment.missing") : undefined,
    name:
      when.way !== "request" && environment.confirmChanges && typedName !== environment.name
        ? t("review.typeName.missing", { environment: environment.name })
        : undefined,
    at:
      when.way === "schedule" && (at === undefined || at <= Date.now())
        ? t("review.at.missing")
        : undefined,
    description:
      when.way === "request" && description.trim() === "" ? t("review.ask.missing") : undefined,
  };
  const isComplete = Object.values(problems).every((problem) => problem === undefined);
  const isEmpty = desk.instructions.length === 0;
  const shown = isTried ? problems : {};
  const resource = `proj/${project}:env/${environment.key}:flag/${flag.key}`;
  const unavailable = useUnavailable(
    when.way === "request" ? "createApprovalRequest" : "updateOn",
    resource,
  );
  function go(ignoreConflicts = false) {
    setTried(true);
    if (!isComplete || isEmpty || isBusy || unavailable !== undefined) return;
    void save({ way: when.way, comment, description, at: at ?? 0, ignoreConflicts });
  }
  useShortcut("mod+enter", t("review.save"), go);
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
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {t("review.cancel")}
          </Button>
          <Button
            look="primary"
            isPending={isBusy}
            isDisabled={isEmpty}
            unavailable={unavailable}
            keys="mod+enter"
            onPress={() => go()}
          >
            {
              {
                now: environment.critical
                  ? t("review.saveTo", { environment: environment.name })
                  : t("review.save"),
                schedule: t("review.scheduleFor"),
                request: t("review.requestIt"),
              }[when.way]
            }
          </Button>
        </>
      }
    >
      <div className="space-y-5 pt-2">
        {environment.critical && when.way === "now" && (
          <Notice tone="critical">{t("review.critical")}</Notice>
        )}
        <Part
          title={t.rich("review.changes", {
            environment: (
              <span key="environment" translate="no" className={environment.critical ? "text-prod" : ""}>
                {environment.name}
              </span>
            ),
          })}
        >
          {isEmpty ? (
            <p className="text-ink2">{t("review.empty")}</p>
          ) : (
            <ChangeList desk={desk} refusal={refusal} />
          )}
        </Part>
        <WarningList />
        <Part title={t("review.impact")}>
          <ImpactPanel />
        </Part>
        <Part title={t("review.beforeAfter")}>
          <BeforeAfter desk={desk} />
        </Part>
        <TextArea
          label={t("review.comment")}
          value={comment}
          onChange={setComment}
          rows={2}
          // biome-ignore lint/a11y/noAutofocus: nobody saves to a critical environment by one more Enter.
          autoFocus={environment.critical || environment.requireComments}
          description={
            environment.requireComments
              ? t("review.comment.required", { environment: environment.name })
              : t("review.comment.optional")
          }
          error={shown.comment}
        />
        <WhenFields
          when={when}
          at={at}
          onAt={setAt}
          description={description}
          onDescription={setDescription}
          problems={shown}
        />
        {environment.confirmChanges && when.way !== "request" && (
          <TextField
            label={t("review.typeName", { name: environment.name })}
            value={typedName}
            onChange={setTypedName}
            isMono
            autoComplete="off"
            error={shown.name}
          />
        )}
        {error !== undefined && (
          <Failure error={error} isConflict={isConflict} onAnyway={() => go(true)} />
        )}
        <Scripts comment={comment} />
      </div>
    </Sheet>
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

function Failure(props: {
  readonly error: Error;
  readonly isConflict: boolean;
  readonly onAnyway: () => void;
}) {
  const { error, isConflict } = props;
  const requestId = error instanceof RequestError ? error.requestId : "";
  return (
    <div role="alert" className="space-y-2 rounded-lg border border-danger/40 bg-dangerbg p-3">
      <p className="font-semibold text-danger">
        {isConflict ? t("review.conflict") : t("review.failed")}
      </p>
      <p className="text-ink2">{error.message}</p>
      {isConflict && <Button onPress={props.onAnyway}>{t("review.saveAnyway")}</Button>}
      {requestId !== "" && <KeyCopy value={requestId} />}
    </div>
  );
}

function Scripts({ comment }: { readonly comment: string }) {
  const { place, instructions } = useDraftDesk();
  const { origin } = location;
  const command = commandOf(place, instructions, comment);
  const summary = "cursor-pointer rounded py-1 text-[13px] font-medium text-ink2 hover:text-ink";
  return (
    <div>
      <details>
        <summary className={summary}>{t("review.script")}</summary>
        <CodeBlock code={curlOf(place, { origin, instructions, comment })} label={t("review.script")} />
      </details>
      {command !== undefined && (
        <details>
          <summary className={summary}>{t("review.script.cli")}</summary>
          <CodeBlock code={command} label={t("review.script.cli")} />
        </details>
      )}
    </div>
  );
}
