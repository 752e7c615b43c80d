import { useId, useState } from "react";
import type { Environment } from "../api/representations.ts";
import { EnvironmentName } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import type { ChangedPart } from "./change-in-words.ts";
import { type DifferenceLine, type LeftOut, withoutFarLines } from "./line-difference.ts";
import { t } from "./text.ts";

interface ChangeViewProps {
  readonly parts: readonly ChangedPart[];
  readonly environments: readonly Environment[];
}

/** What changes, line by line: what goes is struck out, what comes is marked, by sign, colour and word. */
export function ChangeView({ parts, environments }: ChangeViewProps) {
  return (
    <div className="space-y-2">
      {parts.map((part) => (
        <Part
          key={part.environment ?? ""}
          part={part}
          environment={environments.find(({ key }) => key === part.environment)}
        />
      ))}
    </div>
  );
}

const shownAtFirst = 24;

function Part({
  part,
  environment,
}: {
  readonly part: ChangedPart;
  readonly environment: Environment | undefined;
}) {
  const [isWhole, setWhole] = useState(false);
  const id = useId();
  const lines = withoutFarLines(part.lines);
  const shown = isWhole ? lines : lines.slice(0, shownAtFirst);
  const rest = lines.length - shown.length;
  return (
    <section
      aria-labelledby={id}
      className="overflow-hidden rounded-md border border-line bg-surface"
    >
      <div
        id={id}
        className={`border-b border-line px-3 py-1.5 text-[13px] ${environment?.critical === true ? "bg-prodbg" : "bg-sunken"}`}
      >
        <PartName part={part} environment={environment} />
      </div>
      <ul className="py-1 text-[13px]">
        {shown.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same line may come twice; its place is what it is known by.
          <Line key={at} line={line} />
        ))}
      </ul>
      {rest > 0 && (
        <Button look="quiet" className="m-1" onPress={() => setWhole(true)}>
          {t("words.more", { count: rest })}
        </Button>
      )}
    </section>
  );
}

function PartName({
  part,
  environment,
}: {
  readonly part: ChangedPart;
  readonly environment: Environment | undefined;
}) {
  if (part.environment === undefined)
    return <span className="font-semibold">{t("words.everywhere")}</span>;
  if (environment === undefined)
    return (
      <span translate="no" className="font-semibold">
        {part.environment}
      </span>
    );
  return <EnvironmentName name={environment.name} isCritical={environment.critical} />;
}

const looks = {
  gone: { sign: "−", className: "bg-dangerbg/70 text-ink", sr: "words.before" },
  come: { sign: "+", className: "bg-onbg/70 text-ink", sr: "words.after" },
} as const;

function Line({ line }: { readonly line: DifferenceLine | LeftOut }) {
  if (line.kind === "left out")
    return (
      <li className="px-3 py-0.5 pl-9 text-xs text-ink3">
        {t("words.same", { count: line.count })}
      </li>
    );
  if (line.kind === "kept")
    return (
      <li translate="no" className="px-3 py-0.5 pl-9 text-ink2">
        {line.text}
      </li>
    );
  const { sign, className, sr } = looks[line.kind];
  const Words = line.kind === "gone" ? "del" : "ins";
  return (
    <li className={`flex gap-2 px-3 py-0.5 ${className}`}>
      <span aria-hidden="true" className="w-4 shrink-0 text-center font-mono font-semibold">
        {sign}
      </span>
      <span className="sr-only">{t(sr)} </span>
      <Words translate="no" className="min-w-0 no-underline">
        {line.text}
      </Words>
    </li>
  );
}
