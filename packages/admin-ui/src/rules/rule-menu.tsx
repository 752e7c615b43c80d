import { ArrowDown, ArrowUp, Copy, Ellipsis, Trash2 } from "lucide-react";
import { IconButton } from "../ui/button.tsx";
import { Menu, type MenuEntry } from "../ui/menu.tsx";
import { t } from "./text.ts";

interface RuleMenuProps {
  /** From 0. */
  readonly at: number;
  /** How many rules there are. */
  readonly count: number;
  readonly onDuplicate: () => void;
  readonly onMove: (place: number) => void;
  readonly onDelete: () => void;
  /** What else can be done about it. */
  readonly more: readonly MenuEntry[];
}

export function RuleMenu({ at, count, onDuplicate, onMove, onDelete, more }: RuleMenuProps) {
  const last = count - 1;
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
  const duplicate = {
    id: "duplicate",
    label: t("rule.duplicate"),
    icon: <Copy size={14} aria-hidden />,
    onPress: onDuplicate,
  };
  const remove = {
    id: "delete",
    label: t("rule.delete"),
    icon: <Trash2 size={14} aria-hidden />,
    isDanger: true,
    onPress: onDelete,
  };
  return (
    <Menu
      label={t("rule.more", { at: at + 1 })}
      isAtEnd
      sections={[
        { entries: [duplicate, ...more] },
        ...(moves.length === 0 ? [] : [{ entries: moves }]),
        { entries: [remove] },
      ]}
    >
      <IconButton label={t("rule.more", { at: at + 1 })} className="-my-1">
        <Ellipsis size={16} aria-hidden />
      </IconButton>
    </Menu>
  );
}
