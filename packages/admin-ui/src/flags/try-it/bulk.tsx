import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { apiPath } from "../../api/queries.ts";
import { request } from "../../api/request.ts";
import { formatNumber, formatShare } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { Swatch } from "../../ui/swatch.tsx";
import { useDraftDesk } from "../draft/draft-desk.ts";
import type { Impact } from "../draft/use-impact.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { nameAt } from "../frame/summary.ts";
import { t } from "./text.ts";

/** The same for everyone who was seen: how many get what, now and with the draft. */
export function Bulk() {
  const [isAsked, setAsked] = useState(false);
  const { place, instructions, etag } = useDraftDesk();
  const { project, flag, environment } = place;
  const path = apiPath("projects", project, "flags", flag, "environments", environment, "impact");
  const { data, error, isFetching } = useQuery({
    queryKey: ["impact", path, etag, instructions],
    enabled: isAsked,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<Impact>("POST", path, { instructions }, { signal }),
  });
  return (
    <div className="space-y-2 border-t border-line pt-3">
      {data === undefined && (
        <Button isPending={isFetching} onPress={() => setAsked(true)} className="w-full">
          {t("try.bulk.run")}
        </Button>
      )}
      <div role="status" className="space-y-2 empty:hidden">
        {error !== null && <p className="text-danger">{error.message}</p>}
        {data !== undefined && <Distribution impact={data} />}
      </div>
    </div>
  );
}

function Distribution({ impact }: { readonly impact: Impact }) {
  const { flag } = useFlagPage();
  const { seenCount, changedCount, distribution } = impact;
  if (seenCount === 0) return <p className="text-ink2">{t("try.bulk.none")}</p>;
  const countOf = (counts: Impact["distribution"]["before"], variation: number | null) =>
    counts.find((one) => one.variation === variation)?.count ?? 0;
  const variations = new Set(
    [...distribution.before, ...distribution.after].map(({ variation }) => variation),
  );
  return (
    <>
      <h3 className="text-[13px] font-semibold">
        {t("try.bulk")}
        <span className="ml-2 font-normal text-ink2">
          {t("try.bulk.now", { count: seenCount })},{" "}
          {t("try.bulk.changed", { count: changedCount })}
        </span>
      </h3>
      <table className="w-full text-[13px]">
        <thead className="text-left text-xs text-ink3">
          <tr>
            <th className="py-1 font-medium">{t("try.bulk.variation")}</th>
            <th className="py-1 text-right font-medium">{t("try.bulk.before")}</th>
            <th className="py-1 text-right font-medium">{t("try.bulk.after")}</th>
          </tr>
        </thead>
        <tbody>
          {[...variations].map((variation) => (
            <tr key={variation} className="border-t border-line">
              <td className="py-1">
                <span translate="no" className="inline-flex items-center gap-1.5">
                  <Swatch index={variation ?? undefined} /> {nameAt(flag, variation ?? undefined)}
                </span>
              </td>
              {[distribution.before, distribution.after].map((counts, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns, before and after.
                <td key={at} className="py-1 text-right">
                  {formatNumber(countOf(counts, variation))}{" "}
                  <span className="text-ink3">
                    {formatShare(Math.round((countOf(counts, variation) / seenCount) * 100) / 100)}
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
