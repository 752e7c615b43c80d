import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEnvironments } from "../flags/flag-queries.ts";
import { buttonClass } from "../ui/button.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import type { CodeChoice } from "../use-in-code/code-choice.ts";
import { FlagInCode } from "./flag-in-code.tsx";
import { MakeFlag } from "./make-flag.tsx";
import { t } from "./text.ts";

/** What the address of the page says. */
export interface FirstRunSearch extends CodeChoice {
  readonly flag?: string;
  readonly env?: string;
}

/** Where an owner lands who has just been made: from nothing to code that follows a flag. */
export function FirstRunPage() {
  const { project = "" } = useParams({ strict: false });
  const search: FirstRunSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const { data, error, refetch } = useEnvironments(project);
  const environments = data?.items;
  // Nobody shall try things where it matters.
  const chosen =
    environments?.find(({ key }) => key === search.env) ??
    environments?.find(({ critical }) => !critical) ??
    environments?.[0];
  useReady(error !== null || (chosen !== undefined && search.flag === undefined));
  const go = (change: FirstRunSearch) =>
    void navigate({
      to: "/p/$project/first-run",
      params: { project },
      search: { ...search, ...change },
      replace: true,
    });
  return (
    <>
      <PageHeader
        title={t("firstRun.title")}
        actions={
          <Link to="/p/$project/flags" params={{ project }} className={buttonClass("quiet")}>
            {t("firstRun.skip")}
          </Link>
        }
      >
        <p>{t("firstRun.words")}</p>
      </PageHeader>
      {error !== null && <ErrorState what={t("firstRun.what")} error={error} onRetry={refetch} />}
      {environments === undefined && error === null && <SkeletonRows count={4} />}
      {chosen !== undefined &&
        environments !== undefined &&
        (search.flag === undefined ? (
          <MakeFlag project={project} onFlag={(flag) => go({ flag })} />
        ) : (
          <FlagInCode
            project={project}
            flag={search.flag}
            environment={chosen}
            environments={environments}
            choice={search}
            onChoose={go}
            onEnvironment={(env) => go({ env })}
          />
        ))}
    </>
  );
}
