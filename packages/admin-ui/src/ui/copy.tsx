import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./button.tsx";
import { t } from "./text.ts";
import { sayFailure } from "./toast.tsx";

const shownMs = 1_500;

/** Whether the text has just been copied, and how to copy it. */
export function useCopy(text: string): readonly [isCopied: boolean, copy: () => void] {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    navigator.clipboard
      .writeText(text)
      .then(() => setCopied(true))
      .catch(() => sayFailure(t("kit.copy.what", { what: text }), t("kit.copy.failed")));
  };
  return [isCopied, copy];
}

interface KeyCopyProps {
  /** What is shown and copied. */
  readonly value: string;
  /** What is copied, where it is not what is shown. */
  readonly copied?: string;
  readonly className?: string;
}

/** A key that is copied by a press on it; it flashes itself, so that nobody looks elsewhere. */
export function KeyCopy({ value, copied = value, className = "" }: KeyCopyProps) {
  const [isCopied, copy] = useCopy(copied);
  const Icon = isCopied ? Check : Copy;
  return (
    <button
      type="button"
      translate="no"
      onClick={copy}
      aria-label={t("kit.copy.what", { what: value })}
      className={`inline-flex min-h-6 max-w-[calc(100%+0.5rem)] items-center gap-1.5 rounded px-1 -mx-1 text-left font-mono text-[13px] hover:bg-chosen ${isCopied ? "bg-onbg text-on" : "text-ink2"} ${className}`}
    >
      <span className="min-w-0 truncate">{value}</span>
      <Icon size={12} className="shrink-0" aria-hidden />
      <span role="status" className="sr-only">
        {isCopied ? t("kit.copied") : ""}
      </span>
    </button>
  );
}

interface CodeBlockProps {
  readonly code: string;
  /** What it is, for screen readers and the copy button. */
  readonly label: string;
}

export function CodeBlock({ code, label }: CodeBlockProps) {
  const [isCopied, copy] = useCopy(code);
  return (
    <div className="group relative rounded-md bg-sunken">
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
        tabIndex={0}
        aria-label={label}
        className="overflow-x-auto rounded-md"
      >
        <pre translate="no" className="p-3 pr-11 font-mono text-[12.5px] leading-5">
          <code>{code}</code>
        </pre>
      </section>
      <span className="absolute top-1 right-1 rounded-md bg-sunken">
        <IconButton
          label={isCopied ? t("kit.copied") : t("kit.copy.what", { what: label })}
          onPress={copy}
        >
          {isCopied ? <Check size={14} className="text-on" /> : <Copy size={14} />}
        </IconButton>
      </span>
    </div>
  );
}
