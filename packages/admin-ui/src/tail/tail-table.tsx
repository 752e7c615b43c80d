import { sdkNamed } from "../sdks/connected-sdk.ts";
import { formatSecond } from "../text/format.ts";
import { Swatch } from "../ui/swatch.tsx";
import { HeadCell, Table } from "../ui/table.tsx";
import { reasonInWords } from "./reason-words.ts";
import type { TailLine } from "./tail.ts";
import { contextInWords, valueInWords } from "./tail-words.ts";
import type { TailedFlag } from "./tailed-flag.ts";
import { t } from "./text.ts";

interface TailTableProps {
  readonly lines: readonly TailLine[];
  readonly variationsOf: (line: TailLine) => TailedFlag["variations"] | undefined;
  readonly hidesKeys: boolean;
  readonly onOpen: (line: TailLine) => void;
}

/** As many as anybody reads; older ones are found by the filter. */
const shown = 100;

export function TailTable({ lines, variationsOf, hidesKeys, onOpen }: TailTableProps) {
  return (
    <Table
      caption={t("tail.title")}
      isStacked
      className="max-h-[28rem] overflow-y-auto rounded-t-none border-x-0 border-b-0"
    >
      <thead>
        <tr>
          <HeadCell>{t("tail.time")}</HeadCell>
          <HeadCell>{t("tail.flag")}</HeadCell>
          <HeadCell>{t("tail.value")}</HeadCell>
          <HeadCell>{t("tail.why")}</HeadCell>
          <HeadCell>{t("tail.context")}</HeadCell>
          <HeadCell className="max-lg:hidden">{t("tail.sdk")}</HeadCell>
        </tr>
      </thead>
      <tbody className="text-[13px]">
        {lines.slice(0, shown).map((line) => (
          <tr key={line.id} className="[&>td]:px-3 md:[&>td]:h-9">
            <td className="font-mono text-xs text-ink3 tabular-nums">
              <time translate="no" dateTime={new Date(line.at).toISOString()}>
                {formatSecond(line.at)}
              </time>
            </td>
            <td>
              <button
                type="button"
                translate="no"
                aria-label={t("tail.details.open", { flag: line.flag })}
                onClick={() => onOpen(line)}
                className="min-h-6 rounded font-mono whitespace-nowrap text-link hover:underline"
              >
                {line.flag}
              </button>
            </td>
            <td className="max-md:ml-auto">
              <span translate="no" className="flex max-w-64 items-center gap-2">
                <Swatch index={line.variation ?? undefined} />
                <span className="truncate font-mono">{valueInWords(line, variationsOf(line))}</span>
              </span>
            </td>
            <td className="text-ink2 max-md:order-5 md:whitespace-nowrap">{whyOf(line)}</td>
            <td className="whitespace-nowrap max-md:order-4">
              <ContextOf line={line} hidesKeys={hidesKeys} />
            </td>
            <td className="whitespace-nowrap text-ink2 max-lg:hidden">
              <span translate="no">{line.sdk === undefined ? "" : sdkNamed(line.sdk)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function whyOf(line: TailLine): string {
  const words = reasonInWords(line.reason);
  return words === "" && line.variation === null ? t("tail.fallback") : words;
}

function ContextOf({ line, hidesKeys }: { readonly line: TailLine; readonly hidesKeys: boolean }) {
  if (line.context === undefined)
    return <span className="text-ink3">{t("tail.times", { count: line.n })}</span>;
  if (hidesKeys) return <span className="text-ink3">{t("tail.hidden")}</span>;
  return (
    <span translate="no" className="font-mono">
      {contextInWords(line.context)}
    </span>
  );
}
