import { Star as Icon } from "lucide-react";
import { toggleStar, useStars } from "./stars.ts";
import { t } from "./text.ts";

/** Marks a flag as one that is looked at often; there is one in each row, shown where it is set or pointed at. */
export function Star(props: {
  readonly project: string;
  readonly flag: { readonly key: string; readonly name: string };
  /** Until it is set it takes no room from the name. */
  readonly isAside?: boolean;
}) {
  const { project, flag, isAside = false } = props;
  const isStarred = useStars(project).has(flag.key);
  const unset = `opacity-0 ${isAside ? "absolute top-2 right-1 bg-canvas in-data-selected:bg-infobg pointer-coarse:static" : ""}`;
  return (
    <button
      type="button"
      aria-pressed={isStarred}
      aria-label={t("list.star", { flag: flag.name })}
      title={t("list.star", { flag: flag.name })}
      onClick={() => toggleStar(project, flag.key)}
      className={`-my-1 grid size-6 shrink-0 place-items-center rounded text-ink3 group-hover/row:opacity-100 hover:text-ink focus-visible:opacity-100 pointer-coarse:opacity-100 ${isStarred ? "" : unset}`}
    >
      <Icon
        size={14}
        strokeWidth={1.75}
        aria-hidden
        className={isStarred ? "fill-signal text-ink2 forced-colors:fill-[CanvasText]" : ""}
      />
    </button>
  );
}
