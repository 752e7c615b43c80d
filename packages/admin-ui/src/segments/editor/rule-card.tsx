import type { SegmentStateRule } from "@halyard/instructions";
import { ArrowDown, ArrowUp, Copy, Ellipsis, GripVertical, Plus, Trash2 } from "lucide-react";
import type { ComponentProps, CSSProperties } from "react";
import { Focusable } from "react-aria-components";
import { ConditionRow } from "../../flags/sentence/condition-row.tsx";
import { t as sentence } from "../../flags/sentence/text.ts";
import { PathMark, pathClass } from "../../flags/targeting/path-mark.tsx";
import { RuleTitle } from "../../flags/targeting/rule-title.tsx";
import { IconButton } from "../../ui/button.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Hint } from "../../ui/tooltip.tsx";
import { newClause, withCopy, withoutRule, withRule } from "./rule-edits.ts";
import { stepAt } from "./rule-path.ts";
import type { Standing } from "./segment-impact.ts";
import { ShareEditor } from "./share-editor.tsx";
import { t } from "./text.ts";
import type { SegmentDesk } from "./use-segment-draft.ts";

interface RuleCardProps {
  readonly desk: SegmentDesk;
  readonly rule: SegmentStateRule;
  /** From 0. */
  readonly at: number;
  readonly seenIn: { readonly project: string; readonly environment: string };
  readonly isReadOnly: boolean;
  readonly standing: Standing | undefined;
  /** The condition that has just been added. */
  readonly newClauseId: string | undefined;
  readonly onNewClause: (id: string) => void;
  readonly onMove: (place: number) => void;
  readonly handle: ComponentProps<"button">;
  readonly style: CSSProperties;
  readonly isLifted: boolean;
}

/** A rule as a sentence: whom it is about, and how many of them are in the segment. */
export function RuleCard(props: RuleCardProps) {
  const { desk, rule, at, isReadOnly, isLifted, standing } = props;
  const step = stepAt(rule, at, standing);
  const edit = (change: (rule: SegmentStateRule) => SegmentStateRule) =>
    desk.edit((segment) => withRule(segment, rule.id, change));
  return (
    <li
      data-rule={rule.id}
      style={props.style}
      className={`relative rounded-lg border bg-surface p-3 transition-[transform,opacity] duration-100 ${pathClass(step)} ${isLifted ? "z-3 shadow-float transition-none" : ""}`}
    >
      <PathMark step={step} />
      <div className="flex items-start gap-2">
        {!isReadOnly && <DragHandle at={at} {...props.handle} />}
        <span className="grid size-6 shrink-0 place-items-center rounded-md bg-sunken text-xs font-semibold text-ink2 tabular-nums">
          <span className="sr-only">{t("edit.rule", { at: at + 1 })}</span>
          <span aria-hidden="true">{at + 1}</span>
        </span>
        <div className="min-w-0 flex-1">
          <RuleTitle
            title={rule.description ?? ""}
            at={at}
            isReadOnly={isReadOnly}
            onChange={(description) => edit((one) => ({ ...one, description }))}
          />
        </div>
        {!isReadOnly && <RuleMenu {...props} />}
      </div>
      <div className="mt-1.5 ml-16 space-y-2 max-md:ml-0">
        <Conditions {...props} edit={edit} />
        <div className="border-t border-line pt-2.5">
          <ShareEditor rule={rule} isReadOnly={isReadOnly} onChange={edit} />
        </div>
      </div>
    </li>
  );
}

interface ConditionsProps extends RuleCardProps {
  readonly edit: (change: (rule: SegmentStateRule) => SegmentStateRule) => void;
}

function Conditions({ rule, seenIn, isReadOnly, newClauseId, onNewClause, edit }: ConditionsProps) {
  function add() {
    const id = crypto.randomUUID();
    onNewClause(id);
    edit((one) => ({ ...one, clauses: [...one.clauses, newClause(id)] }));
  }
  return (
    <div className="space-y-1.5">
      {rule.clauses.length === 0 && <p className="text-ink2">{t("edit.rule.everyone")}</p>}
      {rule.clauses.map((clause, at) => (
        <ConditionRow
          key={clause.id}
          condition={clause}
          at={at}
          seenIn={seenIn}
          isReadOnly={isReadOnly}
          isNew={clause.id === newClauseId}
          onChange={({ contextKind = "user", ...wanted }) =>
            edit((one) => ({
              ...one,
              clauses: one.clauses.map((each) =>
                each.id === clause.id ? { id: each.id, contextKind, ...wanted } : each,
              ),
            }))
          }
          onRemove={() =>
            edit((one) => ({
              ...one,
              clauses: one.clauses.filter(({ id }) => id !== clause.id),
            }))
          }
        />
      ))}
      {!isReadOnly && (
        <button
          type="button"
          onClick={add}
          className="-ml-1 inline-flex h-7 items-center gap-1 rounded-md px-1 font-medium text-link hover:bg-chosen pointer-coarse:h-11"
        >
          <Plus size={14} aria-hidden />
          {sentence("sentence.condition.add")}
          <span className="sr-only">{sentence("sentence.condition.addWords")}</span>
        </button>
      )}
    </div>
  );
}

function RuleMenu({ desk, rule, at, onMove }: RuleCardProps) {
  const last = desk.state.rules.length - 1;
  const moves = [
    {
      id: "up",
      label: t("edit.rule.up"),
      icon: <ArrowUp size={14} aria-hidden />,
      onPress: () => onMove(at - 1),
    },
    {
      id: "down",
      label: t("edit.rule.down"),
      icon: <ArrowDown size={14} aria-hidden />,
      onPress: () => onMove(at + 1),
    },
  ].filter(({ id }) => (id === "up" ? at > 0 : at < last));
  const duplicate = {
    id: "duplicate",
    label: t("edit.rule.duplicate"),
    icon: <Copy size={14} aria-hidden />,
    onPress: () => desk.edit((segment) => withCopy(segment, rule.id, () => crypto.randomUUID())),
  };
  const remove = {
    id: "delete",
    label: t("edit.rule.delete"),
    icon: <Trash2 size={14} aria-hidden />,
    isDanger: true,
    onPress: () => desk.edit((segment) => withoutRule(segment, rule.id)),
  };
  const label = t("edit.rule.more", { at: at + 1 });
  return (
    <Menu
      label={label}
      isAtEnd
      sections={[{ entries: [duplicate, ...moves] }, { entries: [remove] }]}
    >
      <IconButton label={label} className="-my-1">
        <Ellipsis size={16} aria-hidden />
      </IconButton>
    </Menu>
  );
}

function DragHandle({ at, ...handle }: { readonly at: number } & ComponentProps<"button">) {
  return (
    <Hint words={t("edit.rule.drag.how")}>
      <Focusable>
        <button
          type="button"
          {...handle}
          aria-label={t("edit.rule.drag", { at: at + 1 })}
          className="grid size-6 shrink-0 cursor-grab touch-none place-items-center rounded text-ink3 hover:bg-chosen hover:text-ink active:cursor-grabbing pointer-coarse:size-11"
        >
          <GripVertical size={16} aria-hidden />
        </button>
      </Focusable>
    </Hint>
  );
}
