import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { apiPath, resource } from "../api/queries.ts";
import type { FeatureFlag, Items } from "../api/representations.ts";
import { Card } from "../ui/card.tsx";
import { ErrorState } from "../ui/states.tsx";
import { t } from "./text.ts";

/** The flags that somebody maintains. */
export function MyFlags({
  project,
  memberId,
}: {
  readonly project: string;
  readonly memberId: string;
}) {
  const query = new URLSearchParams({ filter: `maintainerId:${memberId}`, limit: "20" });
  const { data, error, refetch } = useQuery(
    resource<Items<FeatureFlag>>(`${apiPath("flags", project)}?${query}`),
  );
  return (
    <Card
      title={t("home.mine")}
      actions={
        <Link
          to="/p/$project/flags"
          params={{ project }}
          className="text-[13px] text-link underline"
        >
          {t("home.mine.all")}
        </Link>
      }
    >
      {error !== null && data === undefined && (
        <ErrorState what={t("home.mine.what")} error={error} onRetry={refetch} />
      )}
      {data?.items.length === 0 && <p className="text-ink2">{t("home.mine.none")}</p>}
      <ul className="-m-3 divide-y divide-line empty:hidden">
        {data?.items.map(({ key, name }) => (
          <li key={key}>
            <Link
              to="/p/$project/flags/$flag/targeting"
              params={{ project, flag: key }}
              translate="no"
              className="block px-3 py-2 hover:bg-chosen/70"
            >
              <span className="block font-medium">{name}</span>
              <code className="block truncate text-[12.5px] text-ink2">{key}</code>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
