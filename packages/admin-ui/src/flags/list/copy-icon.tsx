import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { t as kit } from "../../ui/text.ts";
import { sayFailure } from "../../ui/toast.tsx";
import { t } from "./text.ts";

/** Copies a key; there is one in each row, so it is as small as can be. */
export function CopyIcon({ value }: { readonly value: string }) {
  const [isCopied, setCopied] = useState(false);
  const Icon = isCopied ? Check : Copy;
  function copy() {
    navigator.clipboard
      .writeText(value)
      .then(() => setCopied(true))
      .catch(() => sayFailure(t("list.copyKey", { key: value }), kit("kit.copy.failed")));
  }
  return (
    <button
      type="button"
      aria-label={isCopied ? kit("kit.copied") : t("list.copyKey", { key: value })}
      onClick={copy}
      onBlur={() => setCopied(false)}
      onPointerLeave={() => setCopied(false)}
      className={`-my-1 grid size-6 shrink-0 place-items-center rounded opacity-0 group-hover/row:opacity-100 hover:text-ink focus-visible:opacity-100 pointer-coarse:opacity-100 ${isCopied ? "text-on" : "text-ink3"}`}
    >
      <Icon size={12} aria-hidden />
    </button>
  );
}
