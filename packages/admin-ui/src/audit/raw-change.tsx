import { useState } from "react";
import { CodeBlock } from "../ui/copy.tsx";
import { Disclosure } from "../ui/disclosure.tsx";
import { Tabs } from "../ui/tabs.tsx";
import type { WholeAuditEntry } from "./audit-entry.ts";
import { t } from "./text.ts";

const views = ["instructions", "delta", "before", "after"] as const;
type View = (typeof views)[number];

/** The change as programs see it. */
export function RawChange({ entry }: { readonly entry: WholeAuditEntry }) {
  const [view, setView] = useState<View>("instructions");
  const shown: Readonly<Record<View, unknown>> = {
    instructions: entry.instructions,
    delta: entry.delta,
    before: entry.previousVersion,
    after: entry.currentVersion,
  };
  const known = views.filter((one) => shown[one] !== undefined);
  return (
    <Disclosure title={t("audit.raw")}>
      <Tabs
        label={t("audit.raw")}
        selected={view}
        onSelect={setView}
        tabs={known.map((id) => ({ id, label: t(`audit.raw.${id}`) }))}
      >
        <div className="max-h-100 overflow-auto">
          <CodeBlock code={JSON.stringify(shown[view], null, 2)} label={t(`audit.raw.${view}`)} />
        </div>
      </Tabs>
    </Disclosure>
  );
}
