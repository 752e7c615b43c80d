import { Clock } from "lucide-react";
import { useRef, useState } from "react";
import { formatMoment } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { MomentField } from "../../ui/moment-field.tsx";
import { PopoverAt } from "../../ui/popover.tsx";
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
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  if (editor.isReadOnly && expiresAt === undefined) return null;
  const moment = expiresAt === undefined ? "" : formatMoment(expiresAt);
  return (
    <>
      <button
        ref={button}
        type="button"
        disabled={editor.isReadOnly}
        aria-expanded={isOpen}
        aria-label={
          expiresAt === undefined
            ? t("targets.expiry.none", { key })
            : t("targets.expires", { key, moment })
        }
        onClick={() => setOpen(true)}
        className={`-mr-1 inline-flex h-6 min-w-6 items-center justify-center gap-1 rounded px-1 font-sans text-xs ${expiresAt === undefined ? "text-ink3 hover:text-ink" : "text-prod"}`}
      >
        <Clock size={12} aria-hidden />
        {moment}
      </button>
      {isOpen && (
        <PopoverAt label={t("targets.expiry", { key })} at={button} onClose={() => setOpen(false)}>
          <ExpiryForm
            editor={editor}
            target={target}
            expiresAt={expiresAt}
            onDone={() => setOpen(false)}
          />
        </PopoverAt>
      )}
    </>
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
