import type { Environment } from "../../api/representations.ts";
import { EnvironmentName } from "../../ui/badge.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { GivenName } from "./outcome.tsx";
import { t } from "./text.ts";
import { useTrying } from "./try-context.ts";
import { useTried } from "./use-tried.ts";

/** What the context gets in each environment. */
export function AllEnvironments() {
  const { environments } = useFlagPage();
  return (
    <ul aria-label={t("try.all")} className="divide-y divide-line rounded-md border border-line">
      {environments.map((environment) => (
        <Row key={environment.key} environment={environment} />
      ))}
    </ul>
  );
}

function Row({ environment }: { readonly environment: Environment }) {
  const { typed } = useTrying();
  const tried = useTried(environment.key, typed);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 px-3 py-2">
      <EnvironmentName name={environment.name} isCritical={environment.critical} />
      {tried?.isWhole === true && <GivenName explanation={tried.now} />}
    </li>
  );
}
