import type { FlagRule } from "@halyard/instructions";
import { ArrowDown, ArrowUp, Copy, Ellipsis, Radio, Trash2 } from "lucide-react";
import { IconButton } from "../../ui/button.tsx";
import { Menu, type MenuEntry } from "../../ui/menu.tsx";
import { duplicateOf } from "./edits.ts";
import { t } from "./text.ts";
import type { Editor } from "./use-editor.ts";

interface RuleMenuProps {
  readonly editor: Editor;
  readonly rule: FlagRule;
  /** From 0. */
  readonly at: number;
  readonly onMove: (place: number) => void;
}

export function RuleMenu({ editor, rule, at, onMove }: RuleMenuProps) {
  const { configuration, instruct } = editor;
  const { rules } = configuration;
  const last = rules.length - 1;
  const moves: readonly MenuEntry[] = [
    {
      id: "up",
      label: t("rule.up"),
      icon: <ArrowUp size={14} aria-hidden />,
      onPress: () => onMove(at - 1),
    },
    {
      id: "down",
      label: t("rule.down"),
      icon: <ArrowDown size={14} aria-hidden />,
      onPress: () => onMove(at + 1),
    },
    { id: "top", label: t("rule.top"), onPress: () => onMove(0) },
    { id: "bottom", label: t("rule.bottom"), onPress: () => onMove(last) },
  ].filter(({ id }) => (id === "up" || id === "top" ? at > 0 : at < last));
  return (
    <Menu
      label={t("rule.more", { at: at + 1 })}
      isAtEnd
      sections={[
        {
          entries: [
            {
              id: "duplicate",
              label: t("rule.duplicate"),
              icon: <Copy size={14} aria-hidden />,
              onPress: () =>
                instruct(
                  duplicateOf(rules, rule, {
                    newId: () => crypto.randomUUID(),
                    titleOf: (title) => t("rule.copyOf", { title }),
                  }),
                ),
            },
            {
              id: "track",
              label: rule.trackEvents ? t("rule.untrack") : t("rule.track"),
              icon: <Radio size={14} aria-hidden />,
              onPress: () =>
                instruct({
                  kind: "updateRuleTrackEvents",
                  ruleId: rule.id,
                  trackEvents: !rule.trackEvents,
                }),
            },
          ],
        },
        ...(moves.length === 0 ? [] : [{ entries: moves }]),
        {
          entries: [
            {
              id: "delete",
              label: t("rule.delete"),
              icon: <Trash2 size={14} aria-hidden />,
              isDanger: true,
              onPress: () => instruct({ kind: "removeRule", ruleId: rule.id }),
            },
          ],
        },
      ]}
    >
      <IconButton label={t("rule.more", { at: at + 1 })} className="-my-1">
        <Ellipsis size={16} aria-hidden />
      </IconButton>
    </Menu>
  );
}
