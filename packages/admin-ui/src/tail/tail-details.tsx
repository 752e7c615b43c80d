import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { formatMoment } from "../text/format.ts";
import { buttonClass } from "../ui/button.tsx";
import { CodeBlock } from "../ui/copy.tsx";
import { Sheet } from "../ui/dialog.tsx";
import { Swatch } from "../ui/swatch.tsx";
import { reasonInWords } from "./reason-words.ts";
import type { TailLine } from "./tail.ts";
import { valueInWords } from "./tail-words.ts";
import type { TailedFlag } from "./tailed-flag.ts";
import { t } from "./text.ts";

interface TailDetailsProps {
  /** Undefined where none is open. */
  readonly line: TailLine | undefined;
  readonly project: string;
  readonly variations: TailedFlag["variations"] | undefined;
  readonly hidesKeys: boolean;
  readonly onClose: () => void;
}

/** All that was reported of one evaluation. */
export function TailDetails({ line, project, variations, hidesKeys, onClose }: TailDetailsProps) {
  return (
    <Sheet
      isOpen={line !== undefined}
      onClose={onClose}
      title={line === undefined ? "" : t("tail.details", { flag: line.flag })}
      actions={
        line !== undefined &&
        variations !== undefined && (
          <Link
            to="/p/$project/flags/$flag/targeting"
            params={{ project, flag: line.flag }}
            search={{ env: line.env }}
            className={buttonClass()}
          >
            {t("tail.details.flag")}
          </Link>
        )
      }
    >
      {line !== undefined && (
        <dl className="mt-2 space-y-3">
          <Fact name={t("tail.time")}>
            <time translate="no">{formatMoment(line.at)}</time>
          </Fact>
          <Fact name={t("tail.value")}>
            <span translate="no" className="inline-flex items-center gap-2 font-mono">
              <Swatch index={line.variation ?? undefined} /> {valueInWords(line, variations)}
            </span>
          </Fact>
          {line.version !== null && (
            <Fact name={t("tail.details.version")}>
              <span className="tabular-nums">{line.version}</span>
            </Fact>
          )}
          {line.sdk !== undefined && (
            <Fact name={t("tail.sdk")}>
              <span translate="no">{line.sdk}</span>
            </Fact>
          )}
          {line.reason !== undefined && (
            <Fact name={t("tail.details.reason")}>
              <p className="mb-1">{reasonInWords(line.reason)}</p>
              <Json value={line.reason} label={t("tail.details.reason")} />
            </Fact>
          )}
          <Fact name={t("tail.details.context")}>
            {line.context === undefined ? (
              t("tail.details.counted")
            ) : hidesKeys ? (
              t("tail.hidden")
            ) : (
              <Json value={line.context} label={t("tail.details.context")} />
            )}
          </Fact>
        </dl>
      )}
    </Sheet>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs font-medium text-ink3">{name}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  );
}

function Json({ value, label }: { readonly value: object; readonly label: string }) {
  return <CodeBlock code={JSON.stringify(value, undefined, 2)} label={label} />;
}
