import { Link, Outlet, useParams, useSearch } from "@tanstack/react-router";
import { Code, History } from "lucide-react";
import { useMemo } from "react";
import { RequestError } from "../../api/request.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useReady } from "../../ui/ready.ts";
import { ErrorState, NotFound } from "../../ui/states.tsx";
import { useEnvironments } from "../flag-queries.ts";
import { DeletedNotice } from "./deleted-notice.tsx";
import { EnvironmentStrip } from "./environment-strip.tsx";
import { FlagFacts } from "./flag-facts.tsx";
import { FlagPageContext, useFlagPage } from "./flag-page-context.ts";
import { useFlagTabs } from "./flag-tab.ts";
import { FlagTabs } from "./flag-tabs.tsx";
import { FrameSkeleton } from "./frame-skeleton.tsx";
import { Neighbours } from "./neighbours.tsx";
import { type ShownFlag, useExpiries, useShownFlag } from "./shown-flag.ts";
import { t } from "./text.ts";

/** The frame of a flag's page: its name, its environments, its parts; one of these is in it. */
export function FlagFrame() {
  const { project = "", flag: key = "" } = useParams({ strict: false });
  const { env }: { env?: string } = useSearch({ strict: false });
  const flag = useShownFlag(project, key);
  const isDeleted = flag.error instanceof RequestError && flag.error.status === 404;
  const environments = useEnvironments(project);
  const items = environments.data?.items;
  const chosen = env === undefined ? items?.at(-1) : items?.find((one) => one.key === env);
  const environment = chosen ?? items?.at(-1);
  const shown = useExpiries(project, flag.data, environment?.key);
  const page = useMemo(
    () =>
      shown === undefined || items === undefined || environment === undefined
        ? undefined
        : { project, flag: shown, environments: items, environment, isDeleted },
    [project, shown, items, environment, isDeleted],
  );
  if (isDeleted && flag.data === undefined) return <FlagNotFound project={project} flag={key} />;
  if (flag.error !== null && flag.data === undefined)
    return <Failed what={t("frame.what")} error={flag.error} onRetry={flag.refetch} />;
  if (environments.error !== null && items === undefined)
    return (
      <Failed
        what={t("frame.environments.what")}
        error={environments.error}
        onRetry={environments.refetch}
      />
    );
  if (page === undefined) return <FrameSkeleton />;
  return (
    <FlagPageContext value={page}>
      <Header flag={page.flag} />
      <EnvironmentStrip />
      <FlagTabs />
      <div className="pt-4">
        {isDeleted && <DeletedNotice />}
        {page.flag.archived && !isDeleted && (
          <div className="mb-4">
            <Notice tone="critical">{t("frame.archived.words")}</Notice>
          </div>
        )}
        {chosen === undefined ? <NoSuchEnvironment name={env ?? ""} /> : <Outlet />}
      </div>
    </FlagPageContext>
  );
}

function Header({ flag }: { readonly flag: ShownFlag }) {
  const { project, environment } = useFlagPage();
  const tabs = useFlagTabs();
  const shortcuts = [
    { name: "history", label: t("frame.history"), icon: <History size={16} aria-hidden /> },
    { name: "code", label: t("frame.useInCode"), icon: <Code size={16} aria-hidden /> },
  ].flatMap((one) => {
    const to = tabs.find((tab) => tab.name === one.name)?.to;
    return to === undefined ? [] : [{ ...one, to }];
  });
  return (
    <PageHeader
      title={flag.name}
      isName
      parents={[
        <Link key="flags" to="/p/$project/flags" params={{ project }}>
          {t("frame.flags")}
        </Link>,
      ]}
      actions={[
        <Neighbours key="neighbours" />,
        ...shortcuts.map(({ to, label, icon }) => (
          <Link
            key={to}
            to={to}
            params={{ project, flag: flag.key }}
            search={{ env: environment.key }}
            className={buttonClass()}
          >
            {icon}
            {label}
          </Link>
        )),
      ]}
    >
      <FlagFacts />
    </PageHeader>
  );
}

function Failed(props: {
  readonly what: string;
  readonly error: Error;
  readonly onRetry: () => unknown;
}) {
  useReady(true);
  return <ErrorState {...props} />;
}

function NoSuchEnvironment({ name }: { readonly name: string }) {
  useReady(true);
  return (
    <Notice>
      {t.rich("frame.none", {
        key: (
          <b key="key" translate="no">
            {name}
          </b>
        ),
      })}
    </Notice>
  );
}

function FlagNotFound({ project, flag }: { readonly project: string; readonly flag: string }) {
  useReady(true);
  return (
    <NotFound title={t("frame.notFound", { key: flag })} words={t("frame.notFound.words")}>
      <Link to="/p/$project/flags" params={{ project }} className={buttonClass()}>
        {t("frame.notFound.list")}
      </Link>
    </NotFound>
  );
}
