import { useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { apiPath, resource } from "../api/queries.ts";
import type { Environment, FeatureFlag, Items } from "../api/representations.ts";
import { EnvironmentName } from "../ui/badge.tsx";
import { SearchField } from "../ui/field.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Empty, EmptyFiltered, ErrorState } from "../ui/states.tsx";
import { HeadCell, Table } from "../ui/table.tsx";
import { evaluations } from "./context-queries.ts";
import type { ContextObject } from "./context-representation.ts";
import { FlagRow } from "./flag-row.tsx";
import { FlagRowEverywhere } from "./flag-row-everywhere.tsx";
import type { PinnedContext } from "./pinned.ts";
import { t } from "./text.ts";

interface FlagsOfContextProps {
  readonly project: string;
  /** One, or all: then each is a column. */
  readonly environments: readonly Environment[];
  readonly context: ContextObject;
  readonly named: PinnedContext;
}

/** What every flag gives to a context, and why. */
export function FlagsOfContext({ project, environments, context, named }: FlagsOfContextProps) {
  const flags = useQuery(resource<Items<FeatureFlag>>(listPath(project, environments)));
  const given = useQueries({
    queries: environments.map(({ key }) => evaluations(project, key, context)),
  });
  const [typed, setTyped] = useState("");
  const failed = flags.error ?? given.find(({ error }) => error !== null)?.error ?? null;
  const isPending = flags.isPending || given.some((one) => one.isPending);
  useReady(!isPending || failed !== null);
  const retry = () => Promise.all([flags.refetch(), ...given.map((one) => one.refetch())]);
  if (failed !== null)
    return <ErrorState what={t("context.flags.what")} error={failed} onRetry={retry} />;
  if (isPending || flags.data === undefined) return <SkeletonRows />;
  const all = flags.data.items;
  const wanted = typed.toLowerCase();
  const shown = all.filter(({ name, key }) => `${name} ${key}`.toLowerCase().includes(wanted));
  const answers = given.map(({ data }) => new Map(data?.items.map((one) => [one.key, one])));
  const [only] = environments;
  return (
    <section aria-label={t("context.flags.what")}>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h2 className="text-base font-semibold">{t("context.flags")}</h2>
        <SearchField
          label={t("context.flags.filter")}
          placeholder={t("context.flags.filter.placeholder")}
          value={typed}
          onChange={setTyped}
          className="ml-auto w-64 max-sm:w-full"
        />
      </div>
      {all.length === 0 && <Empty words={t("context.flags.noFlags")} />}
      {all.length > 0 && shown.length === 0 && (
        <EmptyFiltered words={t("context.flags.none", { typed })} onClear={() => setTyped("")} />
      )}
      {shown.length > 0 && environments.length === 1 && only !== undefined && (
        <Table caption={t("context.flags.caption", { key: named.key, environment: only.name })}>
          <thead>
            <tr>
              <HeadCell>{t("context.flags.flag")}</HeadCell>
              <HeadCell className="max-md:hidden">{t("context.flags.gets")}</HeadCell>
              <HeadCell className="max-md:hidden">{t("context.flags.why")}</HeadCell>
              <HeadCell>
                <span className="sr-only">{t("context.pin.short")}</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {shown.map((flag) => (
              <FlagRow
                key={flag.key}
                project={project}
                flag={flag}
                environment={only}
                answer={answers[0]?.get(flag.key)}
                named={named}
              />
            ))}
          </tbody>
        </Table>
      )}
      {shown.length > 0 && environments.length > 1 && (
        <Table caption={t("context.flags.everywhere", { key: named.key })}>
          <thead>
            <tr>
              <HeadCell>{t("context.flags.flag")}</HeadCell>
              {environments.map(({ key, name, critical }) => (
                <HeadCell key={key}>
                  <EnvironmentName name={name} isCritical={critical} />
                </HeadCell>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((flag) => (
              <FlagRowEverywhere
                key={flag.key}
                project={project}
                flag={flag}
                environments={environments}
                answers={answers.map((one) => one.get(flag.key))}
              />
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

function listPath(project: string, environments: readonly Environment[]): string {
  const where = environments.map(({ key }) => `&env=${encodeURIComponent(key)}`).join("");
  return `${apiPath("flags", project)}?summary=0&limit=10000${where}`;
}
