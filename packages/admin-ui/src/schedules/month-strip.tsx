import { formatDay, formatShortWeekday } from "../text/format.ts";
import { daysOfStrip } from "./strip-days.ts";
import { t } from "./text.ts";

/** The next weeks at a glance: a day on which something is planned leads to it. */
export function MonthStrip({ dates }: { readonly dates: readonly number[] }) {
  const days = daysOfStrip(dates, Date.now());
  return (
    <nav
      aria-label={t("schedule.strip")}
      className="mb-5 rounded-lg border border-line bg-surface p-3 md:max-w-120"
    >
      <div aria-hidden="true" className="mb-1 grid grid-cols-7 gap-1 text-center text-xs text-ink3">
        {days.slice(0, 7).map(({ start }) => (
          <span key={start} translate="no">
            {formatShortWeekday(start)}
          </span>
        ))}
      </div>
      <ol className="grid grid-cols-7 gap-1 text-center text-[13px]">
        {days.map(({ start, count, isToday }) => {
          const ring = isToday ? "border border-line2" : "";
          const number = new Date(start).getDate();
          return (
            <li key={start}>
              {count === 0 ? (
                <span
                  className={`grid h-8 place-items-center rounded-md text-ink3 tabular-nums ${ring}`}
                >
                  {number}
                </span>
              ) : (
                <a
                  href={`#day-${start}`}
                  aria-label={t("schedule.strip.day", { day: formatDay(start), count })}
                  className={`grid h-8 place-items-center rounded-md bg-infobg font-semibold text-link tabular-nums hover:underline ${ring}`}
                >
                  {count === 1 ? number : `${number} ×${count}`}
                </a>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
