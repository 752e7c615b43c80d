import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import type { Environment } from "../api/representations.ts";
import { RequestError } from "../api/request.ts";
import type { ConnectedSdk } from "../sdks/connected-sdk.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { EnvironmentName } from "../ui/badge.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { ErrorState } from "../ui/states.tsx";
import { HeadCell, Table } from "../ui/table.tsx";
import { keyRows, useFurtherKeys } from "./environment-key.ts";
import { KeyTableRow } from "./key-table-row.tsx";
import { NewKeyDialog } from "./new-key-dialog.tsx";
import { t } from "./text.ts";

interface EnvironmentKeysProps {
  readonly project: string;
  readonly environment: Environment;
  /** Of the whole project. */
  readonly sdks: readonly ConnectedSdk[];
}

/** The keys of one environment, and who is connected by each. */
export function EnvironmentKeys({ project, environment, sdks }: EnvironmentKeysProps) {
  const further = useFurtherKeys(project, environment.key);
  const [isMaking, setMaking] = useState(false);
  const resource = `proj/${project}:env/${environment.key}`;
  const mayNotView = further.error instanceof RequestError && further.error.status === 403;
  const { name, critical } = environment;
  return (
    <section aria-labelledby={`keys-${environment.key}`}>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h2 id={`keys-${environment.key}`} className="mr-auto text-base">
          <EnvironmentName name={name} isCritical={critical} />
        </h2>
        <Link
          to="/p/$project/first-run"
          params={{ project }}
          search={{ env: environment.key }}
          className={buttonClass("quiet")}
        >
          {t("keys.useInCode")}
        </Link>
        <Button
          icon={<Plus size={16} aria-hidden />}
          onPress={() => setMaking(true)}
          unavailable={useUnavailable("createSdkKey", resource)}
        >
          {t("keys.new")}
        </Button>
      </div>
      <Table caption={t("keys.table", { environment: name })} isStacked>
        <thead>
          <tr>
            <HeadCell className="w-56 max-lg:w-40">{t("keys.column.name")}</HeadCell>
            <HeadCell>{t("keys.column.key")}</HeadCell>
            <HeadCell className="w-40 max-lg:hidden">{t("keys.column.created")}</HeadCell>
            <HeadCell className="w-72 max-lg:w-36">{t("keys.column.used")}</HeadCell>
            <HeadCell className="w-32 text-right max-lg:w-24">{t("keys.column.actions")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {keyRows(environment, further.data?.items ?? []).map((row) => (
            <KeyTableRow
              key={row.id}
              row={row}
              project={project}
              environment={environment}
              sdks={sdks}
            />
          ))}
        </tbody>
      </Table>
      {mayNotView && (
        <p className="mt-2 text-[13px] text-ink2">
          {t("keys.further.hidden", { action: "viewSdkKey" })}
        </p>
      )}
      {further.error !== null && !mayNotView && (
        <div className="mt-2">
          <ErrorState
            what={t("keys.further.what")}
            error={further.error}
            onRetry={further.refetch}
          />
        </div>
      )}
      <NewKeyDialog
        isOpen={isMaking}
        onClose={() => setMaking(false)}
        project={project}
        environment={environment}
      />
    </section>
  );
}
