import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { apiPath, resource } from "../api/queries.ts";
import type { Environment } from "../api/representations.ts";
import type { FlagRepresentation } from "../flags/state/flag-representation.ts";
import { buttonClass } from "../ui/button.tsx";
import { KeyCopy } from "../ui/copy.tsx";
import { useReady } from "../ui/ready.ts";
import { Select } from "../ui/select.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import type { UseInCodeProps } from "../use-in-code/code-choice.ts";
import { UseInCode } from "../use-in-code/use-in-code.tsx";
import { t } from "./text.ts";

interface FlagInCodeProps extends Omit<UseInCodeProps, "flag"> {
  readonly flag: string;
  readonly environments: readonly Environment[];
}

/** The steps after the flag is there: its code, and what the server sees. */
export function FlagInCode({ flag: key, environments, ...props }: FlagInCodeProps) {
  const { project, environment, onEnvironment } = props;
  const path = apiPath("flags", project, key);
  const { data: flag, error, refetch } = useQuery(resource<FlagRepresentation>(path));
  useReady(flag !== undefined || error !== null);
  if (error !== null && flag === undefined)
    return <ErrorState what={t("firstRun.flag.what")} error={error} onRetry={refetch} />;
  if (flag === undefined) return <SkeletonRows count={4} />;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <b translate="no" className="text-base font-semibold">
          {flag.name}
        </b>
        <KeyCopy value={flag.key} />
        <Select
          label={t("firstRun.environment")}
          isLabelHidden
          areNames
          choices={environments.map((one) => ({ id: one.key, label: one.name }))}
          value={environment.key}
          onChange={onEnvironment}
          className="w-40"
        />
        <span className="ml-auto flex flex-wrap gap-2">
          <Link to="/p/$project/first-run" params={{ project }} className={buttonClass("quiet")}>
            {t("firstRun.other")}
          </Link>
          <Link
            to="/p/$project/flags/$flag/targeting"
            params={{ project, flag: key }}
            search={{ env: environment.key }}
            className={buttonClass()}
          >
            {t("firstRun.targeting")}
          </Link>
        </span>
      </div>
      <UseInCode {...props} flag={flag} />
    </>
  );
}
