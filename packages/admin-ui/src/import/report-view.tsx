import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { SearchField } from "../ui/field.tsx";
import { EmptyFiltered } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { countsOf, type Outcome, type ReportRow, rowsUnder } from "./report.ts";
import { ReportRowItem } from "./report-row.tsx";
import { t } from "./text.ts";
import { outcomeInWords, totalOf } from "./words.ts";

const shownAtFirst = 50;
const searchedFrom = 8;

interface ReportViewProps {
  readonly project: string;
  readonly rows: readonly ReportRow[];
  /** It is done: what came along is linked to. */
  readonly isDone: boolean;
}

/** What becomes of every flag and segment, and why. */
export function ReportView({ project, rows, isDone }: ReportViewProps) {
  const [outcome, setOutcome] = useState<Outcome | "all">("all");
  const [typed, setTyped] = useState("");
  const [limit, setLimit] = useState(shownAtFirst);
  const counts = countsOf(rows);
  const found = rowsUnder(rows, { outcome, typed });
  const there = (["all", "left", "changed", "whole"] as const).filter(
    (one) => one === "all" || totalOf(counts[one]) > 0,
  );
  function clear() {
    setOutcome("all");
    setTyped("");
  }
  const rest = found.length - limit;
  return (
    <Tabs
      label={t("import.preview.filter")}
      selected={outcome}
      onSelect={setOutcome}
      tabs={there.map((id) => ({
        id,
        label: (
          <TabName
            words={id === "all" ? t("import.preview.all") : outcomeInWords(id, isDone)}
            count={id === "all" ? rows.length : totalOf(counts[id])}
          />
        ),
      }))}
    >
      {rows.length >= searchedFrom && (
        <SearchField
          label={t("import.preview.search")}
          placeholder={t("import.preview.search")}
          value={typed}
          onChange={setTyped}
          className="mb-3 w-72 max-sm:w-full"
        />
      )}
      {found.length === 0 ? (
        <EmptyFiltered words={t("import.preview.none")} onClear={clear} />
      ) : (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {found.slice(0, limit).map((row) => (
            <ReportRowItem key={row.id} project={project} row={row} isDone={isDone} />
          ))}
        </ul>
      )}
      {rest > 0 && (
        <Button className="mt-3" onPress={() => setLimit(found.length)}>
          {t("import.more", { count: rest })}
        </Button>
      )}
    </Tabs>
  );
}

function TabName({ words, count }: { readonly words: string; readonly count: number }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      {words}
      <span className="rounded bg-sunken px-1.5 text-xs font-medium text-ink2 tabular-nums">
        {count}
      </span>
    </span>
  );
}
