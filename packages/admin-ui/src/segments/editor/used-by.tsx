import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { apiPath, resource } from "../../api/queries.ts";
import type { FeatureFlag } from "../../api/representations.ts";
import { variationName } from "../../contexts/use-pin.ts";
import { formatNumber } from "../../text/format.ts";
import { Badge } from "../../ui/badge.tsx";
import { Swatch } from "../../ui/swatch.tsx";
import type { SegmentImpact } from "./segment-impact.ts";
import { t } from "./text.ts";

interface UsedByProps {
  readonly project: string;
  readonly environment: string;
  readonly flags: SegmentImpact["flags"];
  /** Whether there is a draft, of which the effect is told. */
  readonly isDraft: boolean;
}

/** The flags that ask for the segment, and what they give otherwise with the draft. */
export function UsedBy({ project, environment, flags, isDraft }: UsedByProps) {
  if (flags.length === 0) return <p className="text-ink2">{t("used.none")}</p>;
  return (
    <ul className="divide-y divide-line">
      {flags.map((flag) => (
        <li key={flag.key} className="py-1.5 first:pt-0 last:pb-0">
          <div className="flex flex-wrap items-center gap-2">
            <Link
              to="/p/$project/flags/$flag/targeting"
              params={{ project, flag: flag.key }}
              search={{ env: environment }}
              translate="no"
              className="min-w-0 rounded leading-6 font-medium text-link hover:underline"
            >
              {flag.name}
            </Link>
            {!flag.on && <Badge>{t("used.off")}</Badge>}
          </div>
          {isDraft && <Effect project={project} flag={flag} />}
        </li>
      ))}
    </ul>
  );
}

function Effect({
  project,
  flag,
}: {
  readonly project: string;
  readonly flag: SegmentImpact["flags"][number];
}) {
  const { data } = useQuery({
    ...resource<FeatureFlag>(apiPath("flags", project, flag.key)),
    enabled: flag.changedCount > 0,
  });
  if (flag.changedCount === 0) return <p className="text-[13px] text-ink2">{t("used.noEffect")}</p>;
  return (
    <ul className="mt-0.5 space-y-0.5 text-[13px] text-ink2">
      {flag.changes.map(({ from, to, count }) => (
        <li key={`${from} ${to}`} className="flex flex-wrap items-center gap-1.5">
          {t.rich("used.effect", {
            variation: (
              <span key="to" className="inline-flex items-center gap-1.5 font-medium text-ink">
                <Swatch index={to ?? undefined} />
                <span translate="no">
                  {to === null ? t("used.unknown") : variationName(data?.variations[to])}
                </span>
              </span>
            ),
            more: (
              <b key="more" className="font-medium">
                {formatNumber(count)}
              </b>
            ),
          })}
        </li>
      ))}
    </ul>
  );
}
