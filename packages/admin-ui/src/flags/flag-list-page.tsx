import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useReady } from "../ui/ready.ts";
import { EnvironmentSwitch } from "./environment-switch.tsx";
import { useEnvironments, useFlags } from "./flag-queries.ts";
import { servingSummary } from "./serving-summary.ts";

export function FlagListPage() {
  const { project = "" } = useParams({ strict: false });
  const flags = useFlags(project);
  const environments = useEnvironments(project);
  const [filter, setFilter] = useState("");
  useReady(flags.isSuccess && environments.isSuccess);
  const failed = flags.error ?? environments.error;
  const wanted = filter.toLowerCase();
  const shown = flags.data?.items.filter((flag) =>
    `${flag.name} ${flag.key}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <div className="flex items-center justify-between">
        <h1 className="text-xl font-semibold">Flags</h1>
        <Link
          to="/p/$project/flags/new"
          params={{ project }}
          className="grid h-8 place-items-center rounded-md bg-primary px-3 font-semibold text-onprimary"
        >
          Create flag
        </Link>
      </div>
      <input
        type="search"
        aria-label="Filter flags"
        placeholder="Filter by name or key"
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
        className="my-4 h-8 w-full max-w-sm rounded-md border border-line2 bg-surface px-2"
      />
      {failed && (
        <p role="alert" className="text-danger">
          {failed.message}
        </p>
      )}
      {shown?.length === 0 && <p className="text-ink2">No flag matches.</p>}
      <ul className="space-y-2">
        {shown?.map((flag) => (
          <li
            key={flag.key}
            className="grid gap-3 rounded-lg border border-line bg-surface p-3 md:grid-cols-[220px_1fr]"
          >
            <div className="min-w-0">
              <Link
                to="/p/$project/flags/$flag/targeting"
                params={{ project, flag: flag.key }}
                className="font-semibold text-link"
              >
                {flag.name}
              </Link>
              <div className="truncate font-mono text-[13px] text-ink2">{flag.key}</div>
            </div>
            <div className="grid gap-2 md:auto-cols-fr md:grid-flow-col">
              {environments.data?.items.map((environment) => {
                const config = flag.environments?.[environment.key];
                return (
                  <div key={environment.key} className="flex items-center gap-2">
                    <EnvironmentSwitch project={project} flag={flag} environment={environment} />
                    <span className="min-w-0 text-[13px]">
                      <b className={environment.critical ? "text-prod" : ""}>{environment.name}</b>
                      <span className="block text-ink2">
                        {config && servingSummary(flag, config)}
                      </span>
                    </span>
                  </div>
                );
              })}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
