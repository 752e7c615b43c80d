import { useState } from "react";
import { Card } from "../../ui/card.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { Switch } from "../../ui/switch.tsx";
import { CommentField, useCommentRule } from "../edits/comment-field.tsx";
import { useFlagEdit, useFlagUnavailable } from "../edits/flag-edit.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { t } from "./text.ts";

const kinds = [
  { id: "usingEnvironmentId", name: "browser" },
  { id: "usingMobileKey", name: "mobile" },
] as const;
type Kind = (typeof kinds)[number];

/** Which SDKs the flag is sent to. */
export function AvailabilityCard() {
  return (
    <Card title={t("availability.title")}>
      <p className="mb-3 text-ink2">{t("availability.server")}</p>
      <ul className="space-y-3">
        {kinds.map((kind) => (
          <Availability key={kind.id} kind={kind} />
        ))}
      </ul>
    </Card>
  );
}

/** Where an environment is critical or wants a comment, it is asked for first. */
function Availability({ kind: { id, name } }: { readonly kind: Kind }) {
  const { flag, environments } = useFlagPage();
  const [isAsking, setAsking] = useState(false);
  const [comment, setComment] = useState("");
  const [isSent, setSent] = useState(false);
  const rule = useCommentRule();
  const change = useFlagEdit();
  const isOn = flag.clientSideAvailability[id];
  const which = t(`availability.${name}`);
  const isAsked = rule.isRequired || environments.some(({ critical }) => critical);
  const kindOf = (on: boolean) =>
    on ? ("turnOnClientSideAvailability" as const) : ("turnOffClientSideAvailability" as const);
  function act() {
    setSent(true);
    if (rule.isRequired && comment.trim() === "") return;
    setAsking(false);
    change.mutate({
      instructions: [{ kind: kindOf(!isOn), value: id }],
      undo: [{ kind: kindOf(isOn), value: id }],
      done: t(`availability.${isOn ? "off" : "on"}.${name}`),
      failed: t("availability.failed"),
      ...(comment.trim() === "" ? {} : { comment: comment.trim() }),
    });
  }
  return (
    <li className="flex items-start gap-3">
      <span className="min-w-0 flex-1">
        <span className="font-medium">{which}</span>
        <span className="block text-xs text-ink3">{t(`availability.${name}.words`)}</span>
      </span>
      <Switch
        isOn={isOn}
        isBusy={change.isPending}
        label={which}
        unavailable={useFlagUnavailable("updateClientSideFlagAvailability")}
        onPress={() => (isAsked ? setAsking(true) : act())}
      />
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t(`availability.confirm.${isOn ? "off" : "on"}`, { which })}
        action={isOn ? t("availability.confirm.hide") : t("availability.confirm.show")}
        onConfirm={act}
      >
        <p>{t(`availability.confirm.words.${isOn ? "off" : "on"}`)}</p>
        {rule.isRequired && (
          <CommentField rule={rule} value={comment} onChange={setComment} isSent={isSent} />
        )}
      </ConfirmDialog>
    </li>
  );
}
