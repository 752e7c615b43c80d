import { Lock, LockOpen } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../ui/button.tsx";
import { Swatch } from "../../ui/swatch.tsx";
import { type Part, weightOfPercent } from "./split.ts";
import { t } from "./text.ts";

interface PartFieldProps {
  readonly part: Part;
  /** The variation's place, which gives its colour. */
  readonly index: number;
  readonly name: string;
  readonly isReadOnly: boolean;
  readonly isLocked: boolean;
  readonly onLock: () => void;
  readonly onWeight: (weight: number) => void;
}

/** A variation's share as a number, which can be held while others change. */
export function PartField(props: PartFieldProps) {
  const { part, index, name, isReadOnly, isLocked, onLock, onWeight } = props;
  // Undefined while nobody types: then it is what the part has.
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? String(part.weight / 1_000);
  const weight = weightOfPercent(shown);
  function commit() {
    setTyped(undefined);
    if (weight !== undefined && weight !== part.weight) onWeight(weight);
  }
  return (
    <div className="flex min-w-0 items-center gap-2">
      <Swatch index={index} />
      <span translate="no" className="min-w-0 flex-1 truncate font-medium" title={name}>
        {name}
      </span>
      <label className="relative inline-flex items-center">
        <span className="sr-only">{t("split.weight", { name })}</span>
        <input
          inputMode="decimal"
          autoComplete="off"
          value={shown}
          readOnly={isReadOnly || isLocked}
          aria-invalid={weight === undefined}
          title={weight === undefined ? t("split.weight.wrong") : undefined}
          onChange={(event) => setTyped(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === "Enter") commit();
            if (event.key === "Escape") setTyped(undefined);
          }}
          className="h-8 w-22 rounded-md border border-line2 bg-surface pr-6 pl-2 text-right tabular-nums read-only:border-line read-only:bg-sunken aria-invalid:border-danger pointer-coarse:h-11 pointer-coarse:text-base"
        />
        <span aria-hidden="true" className="absolute right-2 text-ink3">
          %
        </span>
      </label>
      {!isReadOnly && (
        <IconButton
          label={t(isLocked ? "split.unlock" : "split.lock", { name })}
          aria-pressed={isLocked}
          onPress={onLock}
        >
          {isLocked ? <Lock size={14} aria-hidden /> : <LockOpen size={14} aria-hidden />}
        </IconButton>
      )}
    </div>
  );
}
