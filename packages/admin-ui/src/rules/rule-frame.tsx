import { GripVertical } from "lucide-react";
import type { ComponentProps, CSSProperties, ReactNode } from "react";
import { Focusable } from "react-aria-components";
import { PathMark, pathClass } from "../flags/targeting/path-mark.tsx";
import type { TriedStep } from "../flags/try-it/use-path.ts";
import { Hint } from "../ui/tooltip.tsx";
import { RuleTitle } from "./rule-title.tsx";
import { t } from "./text.ts";

/** What the list gives each of its rules. */
export interface PlacedRule {
  /** From 0. */
  readonly at: number;
  readonly handle: ComponentProps<"button">;
  readonly style: CSSProperties;
  readonly isLifted: boolean;
  /** The condition that has just been added. */
  readonly newClauseId: string | undefined;
  readonly onNewClause: (id: string) => void;
  readonly onMove: (place: number) => void;
}

interface RuleFrameProps {
  readonly rule: { readonly id: string; readonly description?: string | undefined };
  readonly placed: PlacedRule;
  readonly isReadOnly: boolean;
  readonly step: TriedStep | undefined;
  readonly onTitle: (title: string) => void;
  /** Its menu, and what is said beside it. */
  readonly actions: ReactNode;
  /** Above its sentence. */
  readonly notice?: ReactNode;
  readonly conditions: ReactNode;
  /** What they get. */
  readonly children: ReactNode;
}

/** A rule as a card: its place, its title, its sentence. */
export function RuleFrame(props: RuleFrameProps) {
  const { rule, placed, isReadOnly, step } = props;
  const { at, isLifted } = placed;
  return (
    <li
      data-rule={rule.id}
      style={placed.style}
      className={`relative rounded-lg border bg-surface p-3 transition-[transform,opacity] duration-100 ${pathClass(step)} ${isLifted ? "z-3 shadow-float transition-none" : ""}`}
    >
      <PathMark step={step} />
      <div className="flex items-start gap-2">
        {!isReadOnly && <DragHandle at={at} {...placed.handle} />}
        <span className="grid size-6 shrink-0 place-items-center rounded-md bg-sunken text-xs font-semibold text-ink2 tabular-nums">
          <span className="sr-only">{t("rule.words", { at: at + 1 })}</span>
          <span aria-hidden="true">{at + 1}</span>
        </span>
        <div className="min-w-0 flex-1">
          <RuleTitle
            title={rule.description ?? ""}
            at={at}
            isReadOnly={isReadOnly}
            onChange={props.onTitle}
          />
        </div>
        {props.actions}
      </div>
      {props.notice}
      <div className="mt-1.5 ml-16 space-y-2 max-md:ml-0">
        {props.conditions}
        <div className="border-t border-line pt-2.5">{props.children}</div>
      </div>
    </li>
  );
}

function DragHandle({ at, ...handle }: { readonly at: number } & ComponentProps<"button">) {
  return (
    <Hint words={t("rule.drag.how")}>
      <Focusable>
        <button
          type="button"
          {...handle}
          aria-label={t("rule.drag", { at: at + 1 })}
          className="grid size-6 shrink-0 cursor-grab touch-none place-items-center rounded text-ink3 hover:bg-chosen hover:text-ink active:cursor-grabbing pointer-coarse:size-11"
        >
          <GripVertical size={16} aria-hidden />
        </button>
      </Focusable>
    </Hint>
  );
}
