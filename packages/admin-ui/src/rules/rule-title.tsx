import { useState } from "react";
import { t } from "./text.ts";

interface RuleTitleProps {
  readonly title: string;
  /** From 0. */
  readonly at: number;
  readonly isReadOnly: boolean;
  readonly onChange: (title: string) => void;
}

/** What people call a rule; written where it stands. */
export function RuleTitle({ title, at, isReadOnly, onChange }: RuleTitleProps) {
  // Undefined while nobody types: then it is what the rule has.
  const [typed, setTyped] = useState<string>();
  function commit() {
    setTyped(undefined);
    if (typed !== undefined && typed.trim() !== title) onChange(typed.trim());
  }
  return (
    <input
      translate="no"
      aria-label={t("rule.title", { at: at + 1 })}
      placeholder={t("rule.title.placeholder")}
      value={typed ?? title}
      readOnly={isReadOnly}
      maxLength={200}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
        if (event.key === "Escape") setTyped(undefined);
      }}
      className="-mx-1.5 h-6 w-full rounded border border-transparent bg-transparent px-1.5 font-semibold placeholder:font-normal not-read-only:hover:border-line pointer-coarse:h-11"
    />
  );
}
