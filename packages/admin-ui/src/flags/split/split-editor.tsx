import type { Split, SplitWeight } from "@halyard/instructions";
import { type ReactNode, useState } from "react";
import { formatShare } from "../../text/format.ts";
import { Divider } from "./divider.tsx";
import { PartField } from "./part-field.tsx";
import { Presets } from "./presets.tsx";
import {
  evenly,
  everyone,
  placesOf,
  shareThatMoves,
  withDividerMoved,
  withWeight,
} from "./split.ts";
import { nameOf, SplitBar, shareOf } from "./split-bar.tsx";
import { partsOf, type SplitVariation, weightsOf } from "./split-model.ts";
import { t } from "./text.ts";

interface SplitEditorProps {
  readonly split: Split;
  /** What the server has in its place, where that is a split too. */
  readonly saved: Split | undefined;
  readonly variations: readonly SplitVariation[];
  readonly onChange: (split: Split) => void;
  readonly isReadOnly?: boolean;
  /** Opens the plan of its growth. */
  readonly onRamp?: (() => void) | undefined;
  /** Where the context that is tried falls. */
  readonly marker?: { readonly place: number; readonly name: string } | undefined;
}

/** Shares by hand: dividers to drag, numbers to type, shares to hold. What they sum to is always everyone. */
export function SplitEditor(props: SplitEditorProps) {
  const { split, saved, variations, onChange, isReadOnly = false } = props;
  const [locked, setLocked] = useState<ReadonlySet<string>>(new Set());
  // While a divider is dragged the bar follows the pointer, and the draft waits for its end.
  const [dragged, setDragged] = useState<readonly SplitWeight[]>();
  const kept = partsOf(split, variations);
  const parts = dragged ?? kept;
  const places = placesOf(parts);
  const change = (next: readonly SplitWeight[]) =>
    onChange({ ...split, weights: weightsOf(next, split) });
  function endDrag() {
    setDragged(undefined);
    if (dragged !== undefined) change(dragged);
  }
  const toggleLock = (id: string) =>
    setLocked((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  return (
    <div className="space-y-3">
      <div>
        <SplitBar parts={parts} variations={variations}>
          {!isReadOnly &&
            parts.slice(0, -1).map((left, at) => {
              const right = parts[at + 1];
              if (right === undefined) return null;
              const names = { left: nameOf(left, variations), right: nameOf(right, variations) };
              return (
                <Divider
                  key={left.variationId}
                  label={t("split.divider", names)}
                  place={places[at]?.to ?? 0}
                  words={t("split.divider.value", {
                    ...names,
                    leftPercent: shareOf(left),
                    rightPercent: shareOf(right),
                  })}
                  onDrag={(by) => setDragged(withDividerMoved(kept, at, by))}
                  onDragEnd={endDrag}
                  onStep={(by) => change(withDividerMoved(kept, at, by))}
                />
              );
            })}
        </SplitBar>
        <Saved saved={saved} parts={parts} variations={variations} />
        {props.marker !== undefined && <Marker {...props.marker} />}
      </div>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-x-4 gap-y-2">
        {parts.map((part, at) => (
          <PartField
            key={part.variationId}
            part={part}
            index={variations.findIndex(({ id }) => id === part.variationId)}
            name={nameOf(part, variations)}
            isReadOnly={isReadOnly}
            isLocked={locked.has(part.variationId)}
            onLock={() => toggleLock(part.variationId)}
            onWeight={(weight) => change(withWeight(kept, at, weight, locked))}
          />
        ))}
      </div>
      {!isReadOnly && parts[0] !== undefined && (
        <Presets
          name={nameOf(parts[0], variations)}
          onPreset={(share) => change(withWeight(kept, 0, share * everyone, locked))}
          onRamp={props.onRamp}
          onEven={() => change(evenly(kept))}
          onReset={
            saved === undefined || isSameSplit(saved, split) ? undefined : () => onChange(saved)
          }
        />
      )}
    </div>
  );
}

function isSameSplit(a: Split, b: Split): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

interface SavedProps {
  readonly saved: Split | undefined;
  readonly parts: readonly SplitWeight[];
  readonly variations: readonly SplitVariation[];
}

/** The split that apps have now, below the one that is drafted, and how many would get something else. */
function Saved({ saved, parts, variations }: SavedProps): ReactNode {
  if (saved === undefined) return null;
  const before = partsOf(saved, variations);
  const moves = shareThatMoves(before, parts);
  if (moves === 0) return null;
  return (
    <div className="mt-1">
      <SplitBar parts={before} variations={variations} isGhost />
      <p className="mt-1 text-xs text-ink2">{t("split.moves", { share: formatShare(moves) })}</p>
    </div>
  );
}

function Marker({ place, name }: { readonly place: number; readonly name: string }) {
  return (
    <div className="relative mt-0.5 h-4 text-xs font-medium text-path">
      <span
        className={`absolute inline-flex items-center gap-1 whitespace-nowrap ${place > 0.6 ? "-translate-x-full flex-row-reverse pl-1" : ""}`}
        style={{ left: `calc(${place * 100}% + ${place > 0.6 ? "5px" : "-5px"})` }}
      >
        <span aria-hidden="true" className="text-[10px]">
          ▲
        </span>
        <span translate="no">
          {t("split.marker", { name, place: formatShare(Math.round(place * 1_000) / 1_000) })}
        </span>
      </span>
    </div>
  );
}
