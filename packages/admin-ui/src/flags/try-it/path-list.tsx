import type { ExplanationStep } from "@halyard/evaluation";
import { configurationIn } from "@halyard/instructions";
import { ArrowDown, Check, Minus } from "lucide-react";
import { useDraftDesk } from "../draft/draft-desk.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { nameAt } from "../frame/summary.ts";
import { stepInWords } from "./step-words.ts";
import { t } from "./text.ts";
import { useTrying } from "./try-context.ts";

/** Each step that an evaluation takes, in order. */
export function PathList() {
  const { tried } = useTrying();
  const { drafted, environment } = useDraftDesk();
  const { flag } = useFlagPage();
  const configuration = configurationIn(drafted, environment);
  if (tried === undefined || configuration === undefined || !tried.isWhole) return null;
  const told = { configuration, nameOf: (index: number) => nameAt(flag, index) };
  return (
    <ol aria-label={t("try.path")} className="space-y-1.5 text-[13px]">
      {tried.now.steps.map((step, at) => {
        const look = lookOf(step);
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a path has an order, and nothing else.
            key={at}
            className={`flex gap-2 ${look === "match" ? "font-medium text-path" : "text-ink2"}`}
          >
            <StepMark look={look} />
            <span className="min-w-0 text-pretty">{stepInWords(step, told)}</span>
          </li>
        );
      })}
    </ol>
  );
}

type Look = "match" | "miss" | "on";

function lookOf(step: ExplanationStep): Look {
  switch (step.kind) {
    case "on":
      return step.on ? "on" : "match";
    case "prerequisite":
      return step.isMet ? "on" : "match";
    case "targets":
      return step.isMatch ? "match" : "on";
    case "rule":
      return step.isMatch ? "match" : "miss";
    case "fallthrough":
    case "bucket":
      return "match";
    default:
      return step satisfies never;
  }
}

function StepMark({ look }: { readonly look: Look }) {
  const Icon = { match: Check, miss: Minus, on: ArrowDown }[look];
  const style = look === "match" ? "border-path bg-path text-surface" : "border-line2 text-ink3";
  return (
    <span className={`mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border ${style}`}>
      <Icon size={10} strokeWidth={2.5} aria-hidden />
    </span>
  );
}
