import { useParams, useSearch } from "@tanstack/react-router";
import { useReady } from "../ui/ready.ts";
import { EnvironmentSwitch } from "./environment-switch.tsx";
import { useEnvironments, useFlag } from "./flag-queries.ts";
import { servingSummary } from "./serving-summary.ts";
import { Targeting } from "./targeting.tsx";
import { TryIt } from "./try-it.tsx";

export function FlagPage() {
  const { project = "", flag: key = "" } = useParams({ strict: false });
  const search: { env?: string } = useSearch({ strict: false });
  const { data: flag, error } = useFlag(project, key);
  const environments = useEnvironments(project).data?.items;
  useReady(flag !== undefined && environments !== undefined);
  if (error) {
    return (
      <p role="alert" className="text-danger">
        {error.message}
      </p>
    );
  }
  if (flag === undefined || environments === undefined) {
    return <p className="text-ink2">Loading the flag…</p>;
  }
  const chosen = search.env ?? environments.at(-1)?.key ?? "";
  return (
    <>
      <h1 className="text-xl font-semibold">{flag.name}</h1>
      <p className="font-mono text-[13px] text-ink2">{flag.key}</p>
      <div className="mt-4 grid gap-3 md:auto-cols-fr md:grid-flow-col">
        {environments.map((environment) => {
          const its = flag.environments?.[environment.key];
          return (
            <div
              key={environment.key}
              className={`rounded-lg border p-3 ${environment.critical ? "border-prod bg-prodbg" : "border-line bg-surface"}`}
            >
              <div className="flex items-center justify-between">
                <a
                  href={`?env=${environment.key}`}
                  className="font-semibold"
                  aria-current={environment.key === chosen}
                >
                  {environment.name}
                  {environment.critical && <span className="ml-2 text-xs text-prod">critical</span>}
                </a>
                <EnvironmentSwitch project={project} flag={flag} environment={environment} />
              </div>
              <p className="mt-1 text-[13px] text-ink2">{its && servingSummary(flag, its)}</p>
            </div>
          );
        })}
      </div>
      <h2 className="mt-5 mb-2 text-base font-semibold">Targeting in {chosen}</h2>
      <div className="grid gap-4 xl:grid-cols-[1fr_340px]">
        <div>
          <Targeting flag={flag} environment={chosen} />
        </div>
        <TryIt project={project} flag={flag} environment={chosen} />
      </div>
    </>
  );
}
