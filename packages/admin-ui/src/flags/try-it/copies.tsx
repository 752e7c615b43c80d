import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { sayFailure } from "../../ui/toast.tsx";
import { useDraftDesk } from "../draft/draft-desk.ts";
import { commandFor, curlFor, testFor } from "./scripts.ts";
import { t } from "./text.ts";
import { useTrying } from "./try-context.ts";

/** The same question for a terminal or a test. */
export function Copies() {
  const { typed, tried } = useTrying();
  const { place } = useDraftDesk();
  if (!("json" in typed) || tried === undefined) return null;
  const question = { place, context: typed.json, origin: location.origin };
  const given = { name: typed.name, value: tried.now.result.value };
  return (
    <div className="flex flex-wrap gap-x-4 border-t border-line pt-2">
      <CopyText label={t("try.copy.curl")} text={curlFor(question)} />
      <CopyText label={t("try.copy.cli")} text={commandFor(question)} />
      <CopyText label={t("try.copy.test")} text={testFor(question, given)} />
    </div>
  );
}

function CopyText({ label, text }: { readonly label: string; readonly text: string }) {
  const [copied, setCopied] = useState("");
  const isCopied = copied === text;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(text),
      () => sayFailure(t("try.copy.failed"), t("try.copy.why")),
    );
  const Icon = isCopied ? Check : Copy;
  return (
    <Button look="link" icon={<Icon size={13} aria-hidden />} onPress={() => void copy()}>
      {label}
      <span role="status" className="sr-only">
        {isCopied ? t("try.copied") : ""}
      </span>
    </Button>
  );
}
