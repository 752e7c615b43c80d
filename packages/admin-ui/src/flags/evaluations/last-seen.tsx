import { Link } from "@tanstack/react-router";
import { EnvironmentName } from "../../ui/badge.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { useLastSeen } from "./evaluation-queries.ts";
import { t } from "./text.ts";

/** When apps last asked for the flag, in each environment. */
export function LastSeen() {
  const { project, flag, environments } = useFlagPage();
  const statuses = useLastSeen();
  return (
    <section aria-labelledby="last-seen">
      <h3 id="last-seen" className="mb-2 font-semibold">
        {t("lastSeen.title")}
      </h3>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {environments.map((environment) => {
          const last = statuses?.[environment.key]?.lastRequested;
          return (
            <li key={environment.key} className="flex min-h-10 items-center gap-3 px-3">
              <Link
                to="/p/$project/flags/$flag/evaluations"
                params={{ project, flag: flag.key }}
                search={(search) => ({ ...search, env: environment.key })}
                resetScroll={false}
                className="min-w-0 flex-1"
              >
                <EnvironmentName name={environment.name} isCritical={environment.critical} />
              </Link>
              <span className="text-[13px] text-ink2">
                {statuses !== undefined &&
                  (last === undefined ? (
                    t("lastSeen.never")
                  ) : (
                    <RelativeTime at={Date.parse(last)} />
                  ))}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
