import { Link } from "@tanstack/react-router";
import { formatList } from "../../text/format.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { t } from "./text.ts";
import { wordsOfUse } from "./use-words.ts";
import { isServed, usesOf } from "./uses.ts";

/** By environment, who gets the variation; what is served now stands out. */
export function UsesList({ index }: { readonly index: number }) {
  const { project, flag, environments } = useFlagPage();
  const used = environments.flatMap((environment) => {
    const configuration = flag.environments[environment.key];
    const uses = configuration === undefined ? [] : usesOf(configuration, index);
    return configuration === undefined || uses.length === 0
      ? []
      : [{ environment, uses, isNow: isServed(configuration, index) }];
  });
  if (used.length === 0) return <span className="text-ink3">{t("variations.nowhere")}</span>;
  return (
    <ul className="space-y-0.5">
      {used.map(({ environment, uses, isNow }) => (
        <li key={environment.key} className="flex flex-wrap gap-x-2 text-[13px]">
          <Link
            to="/p/$project/flags/$flag/targeting"
            params={{ project, flag: flag.key }}
            search={{ env: environment.key }}
            translate="no"
            className={`underline-offset-2 hover:underline ${environment.critical ? "text-prod" : "text-ink"} ${isNow ? "font-medium" : ""}`}
          >
            {environment.name}
          </Link>
          <span className={isNow ? "text-ink2" : "text-ink3"}>
            {formatList(uses.map(wordsOfUse))}
          </span>
        </li>
      ))}
    </ul>
  );
}
