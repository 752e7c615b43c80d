import { useNavigate } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { IconButton } from "../../ui/button.tsx";
import { useFlagPage } from "./flag-page-context.ts";
import { t } from "./text.ts";
import { useNeighbours } from "./use-neighbours.ts";

/** To the flags before and behind in the list that one came from; the tab and the environment stay. */
export function Neighbours() {
  const { project, flag } = useFlagPage();
  const navigate = useNavigate();
  const there = useNeighbours(project, flag.key);
  const go = (key: string | undefined) => {
    if (key !== undefined)
      void navigate({
        to: ".",
        params: (params) => ({ ...params, flag: key }),
        search: (search) => search,
      });
  };
  useShortcut("[", t("frame.previous"), () => go(there?.previous), there?.previous !== undefined);
  useShortcut("]", t("frame.next"), () => go(there?.next), there?.next !== undefined);
  if (there === undefined || there.count < 2) return null;
  const { place, count, previous, next } = there;
  return (
    <span className="flex items-center text-[13px] text-ink2 tabular-nums">
      <IconButton
        label={t("frame.previous")}
        keys="["
        unavailable={place === 1 ? t("frame.previous.none") : undefined}
        onPress={() => go(previous)}
      >
        <ChevronLeft size={16} aria-hidden />
      </IconButton>
      {t("frame.place", { place, count })}
      <IconButton
        label={t("frame.next")}
        keys="]"
        unavailable={place === count ? t("frame.next.none") : undefined}
        onPress={() => go(next)}
      >
        <ChevronRight size={16} aria-hidden />
      </IconButton>
    </span>
  );
}
