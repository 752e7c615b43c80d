import { Link, useNavigate, useRouterState } from "@tanstack/react-router";
import { GitCompareArrows } from "lucide-react";
import { useEffect, useRef } from "react";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { servesAlike } from "./difference.ts";
import { EnvironmentCard } from "./environment-card.tsx";
import { useFlagPage } from "./flag-page-context.ts";
import { useRates } from "./rates.ts";
import { t } from "./text.ts";

/** Where the flag is: a card for each environment, side by side, so that nobody has to switch to compare. */
export function EnvironmentStrip() {
  const { project, flag, environments, environment } = useFlagPage();
  const strip = useRef<HTMLUListElement>(null);
  const navigate = useNavigate();
  const rates = useRates(project, flag.key);
  const isComparing = useRouterState({
    select: ({ location }) => location.pathname.endsWith("/compare"),
  });
  useShortcut("e", t("frame.choose"), () => {
    strip.current
      ?.querySelector<HTMLElement>(`[data-environment="${CSS.escape(environment.key)}"]`)
      ?.focus();
  });
  // Where the cards do not fit side by side the chosen one is in view.
  useEffect(() => {
    const card = strip.current
      ?.querySelector(`[data-environment="${CSS.escape(environment.key)}"]`)
      ?.closest("li");
    if (!card || strip.current === null) return;
    const end = card.offsetLeft + card.offsetWidth - strip.current.offsetLeft;
    strip.current.scrollTo({ left: Math.max(0, end - strip.current.clientWidth + 8) });
  }, [environment.key]);
  const pick = (env: string) =>
    void navigate({ to: ".", search: (search) => ({ ...search, env }), resetScroll: false });
  return (
    <nav aria-label={t("frame.environments")} className="-mx-1">
      <ul
        ref={strip}
        className="flex snap-x scroll-px-1 gap-3 overflow-x-auto px-1 py-1 max-md:flex-col"
      >
        {environments.map((one, at) => (
          <EnvironmentCard
            key={one.key}
            environment={one}
            place={at + 1}
            onPick={pick}
            rate={rates.get(one.key)}
            differsFrom={differing(at)}
          />
        ))}
        {environments.length > 1 && (
          <li className="flex snap-start">
            <Link
              to="/p/$project/flags/$flag/compare"
              params={{ project, flag: flag.key }}
              search={{ env: environment.key }}
              aria-current={isComparing ? "page" : undefined}
              className="flex min-w-28 flex-1 items-center justify-center gap-2 rounded-lg border border-dashed border-line2 px-3 text-[13px] font-medium whitespace-nowrap text-ink2 hover:bg-chosen hover:text-ink aria-[current=page]:border-link/70 aria-[current=page]:text-ink max-md:min-h-11"
            >
              <GitCompareArrows size={16} aria-hidden />
              {t("frame.compare")}
            </Link>
          </li>
        )}
      </ul>
    </nav>
  );

  /** The name of the neighbour before, where it serves otherwise. */
  function differing(at: number): string | undefined {
    const before = environments[at - 1];
    const here = environments[at];
    if (before === undefined || here === undefined) return undefined;
    const [a, b] = [flag.environments[before.key], flag.environments[here.key]];
    return a === undefined || b === undefined || servesAlike(a, b) ? undefined : before.name;
  }
}
