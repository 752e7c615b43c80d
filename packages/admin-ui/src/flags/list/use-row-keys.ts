import { type RefObject, useRef } from "react";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import type { ListedFlag } from "./listed-flag.ts";
import { t } from "./text.ts";
import type { FlagRows } from "./use-flag-rows.ts";

interface RowKeys {
  readonly rows: FlagRows;
  readonly onOpen: (flag: ListedFlag) => void;
  readonly onSelect: (flag: ListedFlag) => void;
  /** Draws the list anew, so that the wanted row takes the focus. */
  readonly onMove: () => void;
}

/** J and K move the focus from name to name, Enter opens, X selects. */
export function useRowKeys({
  rows,
  onOpen,
  onSelect,
  onMove,
}: RowKeys): RefObject<number | undefined> {
  const wanted = useRef<number>(undefined);
  function move(by: number) {
    const at = focusedRow();
    const next = at === undefined ? 0 : at + by;
    if (next < 0 || next >= rows.count) return;
    wanted.current = next;
    onMove();
  }
  function withFocused(act: (flag: ListedFlag) => void) {
    const flag = rows.rowAt(focusedRow() ?? -1);
    if (flag !== undefined) act(flag);
  }
  useShortcut("j", t("list.keys.next"), () => move(1));
  useShortcut("k", t("list.keys.previous"), () => move(-1));
  useShortcut("o", t("list.keys.open"), () => withFocused(onOpen));
  useShortcut("x", t("list.keys.select"), () => withFocused(onSelect));
  return wanted;
}

/** The row that holds the focus. */
function focusedRow(): number | undefined {
  const row = document.activeElement?.closest("[data-row]");
  return row === null || row === undefined ? undefined : Number(row.getAttribute("data-row"));
}
