import type { RefObject } from "react";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { t } from "./text.ts";

/** `J` and `K` move the focus through the rows of a list: through what is marked by `data-row` in it. */
export function useRowKeys(list: RefObject<HTMLElement | null>): void {
  useShortcut("j", t("kit.nextRow"), () => move(list.current, 1));
  useShortcut("k", t("kit.previousRow"), () => move(list.current, -1));
}

function move(list: HTMLElement | null, step: 1 | -1): void {
  if (list === null) return;
  const rows = [...list.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.findIndex((row) => row.matches(":focus"));
  const next = at < 0 ? (step === 1 ? 0 : rows.length - 1) : at + step;
  rows[next]?.focus();
}
