/** Whether the platform's main modifier is ⌘. */
export const isApple = /Mac|iPhone|iPad/u.test(navigator.userAgent);

/** A press as shortcuts name it: `mod+k`, `?`, `g`. Shift alone counts only where it makes no other character. */
export function keysOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  const isCharacter = key.length === 1;
  const parts: string[] = [];
  if (isApple ? event.metaKey : event.ctrlKey) parts.push("mod");
  if (event.altKey) parts.push("alt");
  if (event.shiftKey && (!isCharacter || parts.length > 0)) parts.push("shift");
  return [...parts, key].join("+");
}

/** As ARIA writes it; a sequence has no form there, so that its first key stands for it. */
export function ariaKeys(keys: string): string {
  const names: Readonly<Record<string, string>> = {
    mod: isApple ? "Meta" : "Control",
    alt: "Alt",
    shift: "Shift",
    enter: "Enter",
    escape: "Escape",
  };
  const [first = ""] = keys.split(" ");
  return first
    .split("+")
    .map((key) => names[key] ?? key.toUpperCase())
    .join("+");
}

/** Where letters are typed, or move within a list: no single key acts there. */
export function takesLetters(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  return (
    target.closest(
      "input:not([type=checkbox], [type=radio]), textarea, select, [role=dialog], [role=alertdialog], [role=menu], [role=listbox]",
    ) !== null
  );
}
