import type { JsonObject } from "@halyard/evaluation";
import { Link } from "@tanstack/react-router";
import { Check, Copy, Radio } from "lucide-react";
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
      <OpenInLive context={typed.json} />
    </div>
  );
}

/** What SDKs evaluate the flag to now, for this context where it has one key. */
function OpenInLive({ context }: { readonly context: JsonObject }) {
  const { place } = useDraftDesk();
  const { project, environment, flag } = place;
  const { key } = context;
  return (
    <Link
      to="/p/$project/live"
      params={{ project }}
      search={{ env: environment, flag, ...(typeof key === "string" ? { q: key } : {}) }}
      className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-[13px] font-medium text-link hover:bg-chosen"
    >
      <Radio size={13} aria-hidden />
      {t("try.live")}
    </Link>
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
