import { isApple } from "../shortcuts/keys.ts";

const names: Readonly<Record<string, string>> = {
  enter: "↵",
  escape: "Esc",
  mod: isApple ? "⌘" : "Ctrl",
  shift: isApple ? "⇧" : "Shift",
  alt: isApple ? "⌥" : "Alt",
  arrowup: "↑",
  arrowdown: "↓",
};

/** Keys as they stand on the keyboard: `mod+k` is Ctrl K, or ⌘ K on Apple's. */
export function KeyHint({ keys }: { readonly keys: string }) {
  return (
    <span
      aria-hidden="true"
      translate="no"
      className="inline-flex h-5 shrink-0 pointer-coarse:hidden items-center gap-1 rounded border border-current/30 px-1 font-mono text-[11px] leading-none"
    >
      {keysInWords(keys)}
    </span>
  );
}

export function keysInWords(keys: string): string {
  return keys
    .split(/[+ ]/u)
    .map((key) => names[key] ?? key.toUpperCase())
    .join(" ");
}
