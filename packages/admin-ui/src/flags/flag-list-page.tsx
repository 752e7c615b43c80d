import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { buttonClass } from "../ui/button.tsx";
import { SearchField } from "../ui/field.tsx";
import { KeyHint } from "../ui/key-hint.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Empty, EmptyFiltered, ErrorState } from "../ui/states.tsx";
import { EnvironmentSwitch } from "./environment-switch.tsx";
import { useEnvironments, useFlags } from "./flag-queries.ts";
import { servingSummary } from "./serving-summary.ts";
import { t } from "./text.ts";

export function FlagListPage() {
  const { project = "" } = useParams({ strict: false });
  const flags = useFlags(project);
  const environments = useEnvironments(project);
  const [filter, setFilter] = useState("");
  useReady(!flags.isPending && !environments.isPending);
  const failed = flags.error ?? environments.error;
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  useShortcut("/", t("flag.filter"), () => input.current?.focus());
  useShortcut("c", t("flag.create"), () => {
    void navigate({ to: "/p/$project/flags/new", params: { project } });
  });
  const wanted = filter.toLowerCase();
  const shown = flags.data?.items.filter((flag) =>
    `${flag.name} ${flag.key}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <PageHeader
        title={t("flag.list.title")}
        actions={
          <Link
            to="/p/$project/flags/new"
            params={{ project }}
            aria-keyshortcuts="C"
            className={buttonClass("primary")}
          >
            {t("flag.create")}
            <KeyHint keys="c" />
          </Link>
        }
      />
      <SearchField
        label={t("flag.filter")}
        placeholder={t("flag.filter.placeholder")}
        keys="/"
        inputRef={input}
        value={filter}
        onChange={setFilter}
        className="mb-4 max-w-sm"
      />
      {failed !== null && (
        <ErrorState what={t("flag.list.what")} error={failed} onRetry={flags.refetch} />
      )}
      {flags.isPending && <SkeletonRows />}
      {shown?.length === 0 && <NoFlags typed={filter} onClear={() => setFilter("")} />}
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

function NoFlags({ typed, onClear }: { readonly typed: string; readonly onClear: () => void }) {
  if (typed !== "")
    return <EmptyFiltered words={t("flag.filter.none", { typed })} onClear={onClear} />;
  return (
    <Empty
      words={t("flag.list.empty")}
      code="npm run halyard -- flags create checkout --variations old,new"
    />
  );
}
