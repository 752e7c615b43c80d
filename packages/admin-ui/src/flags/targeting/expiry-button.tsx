import { Clock } from "lucide-react";
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { formatMoment } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { MomentField } from "../../ui/moment-field.tsx";
import { Popover } from "../../ui/popover.tsx";
import { t } from "./text.ts";
import type { Editor } from "./use-editor.ts";

interface ExpiryButtonProps {
  readonly editor: Editor;
  readonly target: {
    readonly variationId: string;
    readonly contextKind: string;
    readonly contextKey: string;
  };
}

const dayMs = 86_400_000;

/** Inside a chip: when the target ends by itself. */
export function ExpiryButton({ editor, target }: ExpiryButtonProps) {
  const { contextKey: key } = target;
  const expiresAt = editor.configuration.expiringTargets?.find(
    (one) =>
      one.contextKey === key &&
      one.contextKind === target.contextKind &&
      one.variationId === target.variationId,
  )?.expiresAt;
  if (editor.isReadOnly && expiresAt === undefined) return null;
  const label =
    expiresAt === undefined
      ? t("targets.expiry.none", { key })
      : t("targets.expires", { key, moment: formatMoment(expiresAt) });
  return (
    <Popover
      label={t("targets.expiry", { key })}
      button={
        <AriaButton
          aria-label={label}
          isDisabled={editor.isReadOnly}
          className={`-mr-1 inline-flex h-6 min-w-6 items-center justify-center gap-1 rounded px-1 font-sans text-xs ${expiresAt === undefined ? "text-ink3 data-hovered:text-ink" : "text-prod"}`}
        >
          <Clock size={12} aria-hidden />
          {expiresAt !== undefined && formatMoment(expiresAt)}
        </AriaButton>
      }
    >
      {(close) => (
        <ExpiryForm editor={editor} target={target} expiresAt={expiresAt} onDone={close} />
      )}
    </Popover>
  );
}

function ExpiryForm(
  props: ExpiryButtonProps & {
    readonly expiresAt: number | undefined;
    readonly onDone: () => void;
  },
) {
  const { editor, target, expiresAt, onDone } = props;
  const [now] = useState(Date.now);
  const [at, setAt] = useState<number | undefined>(expiresAt ?? now + 7 * dayMs);
  const isPast = at !== undefined && at <= now;
  function set() {
    if (at === undefined || isPast) return;
    const kind = expiresAt === undefined ? "addExpiringTarget" : "updateExpiringTarget";
    editor.instruct({ kind, ...target, value: at });
    onDone();
  }
  function remove() {
    editor.instruct({ kind: "removeExpiringTarget", ...target });
    onDone();
  }
  return (
    <div className="w-64 space-y-3">
      <MomentField
        label={t("targets.expiry.field", { key: target.contextKey })}
        value={at}
        min={now}
        error={isPast ? t("targets.expiry.past") : undefined}
        onChange={setAt}
      />
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onPress={set} isDisabled={at === undefined || isPast}>
          {t("targets.expiry.set")}
        </Button>
        {expiresAt !== undefined && <Button onPress={remove}>{t("targets.expiry.remove")}</Button>}
      </div>
    </div>
  );
}
