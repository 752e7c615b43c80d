import type { FlagState } from "@halyard/instructions";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useChange } from "../api/change.ts";
import type { Environment } from "../api/representations.ts";
import { request } from "../api/request.ts";
import { placeOf, type WholeAuditEntry } from "../audit/audit-entry.ts";
import { flagChange, isFlagState } from "../change-words/change-in-words.ts";
import { ChangeView } from "../change-words/change-view.tsx";
import { useEnvironments } from "../flags/flag-queries.ts";
import { useFlagState } from "../flags/state/use-flag-state.ts";
import { formatMoment } from "../text/format.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import { Select } from "../ui/select.tsx";
import { ErrorState } from "../ui/states.tsx";
import { t as kit } from "../ui/text.ts";
import { LaterChanges } from "./later-changes.tsx";
import { PlanSkeleton } from "./revert-dialog.tsx";
import { t } from "./text.ts";
import { type Restored, restorePath, specOf, takeBackNewest, type WayBack } from "./way-back.ts";

interface RestoreDialogProps {
  readonly entry: WholeAuditEntry;
  readonly way: WayBack;
  readonly onClose: () => void;
}

const everywhere = "everywhere";

/** Shows what going back to a moment would do, what goes with it and what stays; and does it. */
export function RestoreDialog({ entry, way, onClose }: RestoreDialogProps) {
  const environments = useEnvironments(way.project).data?.items ?? [];
  const isChosen =
    way.of.kind === "flag" && environments.length > 1 && entry.currentVersion !== undefined;
  const [where, setWhere] = useState(
    isChosen ? (placeOf(entry).environment ?? everywhere) : everywhere,
  );
  const path = restorePath(way);
  const body = { ...way.moment, ...(where === everywhere ? {} : { environmentKey: where }) };
  const tried = useQuery({
    queryKey: [path, "try", where],
    queryFn: () => request<Restored>("POST", path, { ...body, dryRun: true }),
    retry: false,
  });
  const restore = useRestore(way, { body, name: entry.name, onDone: onClose });
  const words = wordsOf(tried.data);
  const critical = environments.find(({ key, critical }) => critical && where === key);
  const name = (
    <span key="name" translate="no">
      {entry.name}
    </span>
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="medium"
      title={t.rich("restore.title", { name })}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {words.length === 0 ? kit("kit.close") : kit("kit.cancel")}
          </Button>
          {words.length > 0 && (
            <Button look="primary" isPending={restore.isPending} onPress={() => restore.act()}>
              {critical === undefined
                ? t("restore.confirm")
                : t("restore.confirm.critical", { environment: critical.name })}
            </Button>
          )}
        </>
      }
    >
      <div className="mt-1 space-y-3">
        <p className="text-ink2">
          {"at" in way.moment
            ? t("restore.to", { time: formatMoment(entry.date) })
            : t("restore.before", { time: formatMoment(entry.date) })}
        </p>
        {isChosen && <Where environments={environments} where={where} onChange={setWhere} />}
        <Plan tried={tried} entry={entry} way={way} where={where} />
        <div role="alert">
          {restore.problem !== undefined && <Notice tone="danger">{restore.problem}</Notice>}
        </div>
      </div>
    </Dialog>
  );
}

interface PlanProps {
  readonly tried: UseQueryResult<Restored>;
  readonly entry: WholeAuditEntry;
  readonly way: WayBack;
  readonly where: string;
}

function Plan({ tried, entry, way, where }: PlanProps) {
  const { data, error, refetch } = tried;
  if (error !== null)
    return <ErrorState what={t("restore.what")} error={error} onRetry={refetch} />;
  if (data === undefined) return <PlanSkeleton />;
  const words = wordsOf(data);
  return (
    <>
      {words.length === 0 ? (
        <Notice>{t("restore.nothing")}</Notice>
      ) : (
        <Outcome entry={entry} way={way} where={where} words={words} />
      )}
      <Left notRestored={data.notRestored} />
    </>
  );
}

function wordsOf(restored: Restored | undefined): readonly string[] {
  return restored?.changes.flatMap((change) => change.words) ?? [];
}

function Where({
  environments,
  where,
  onChange,
}: {
  readonly environments: readonly Environment[];
  readonly where: string;
  readonly onChange: (where: string) => void;
}) {
  return (
    <Select
      label={t("restore.where")}
      areNames
      choices={[
        { id: everywhere, label: t("restore.everywhere") },
        ...environments.map(({ key, name }) => ({ id: key, label: name })),
      ]}
      value={where}
      onChange={onChange}
      className="max-w-60"
    />
  );
}

interface Restoring {
  readonly body: object;
  readonly name: string;
  readonly onDone: () => void;
}

function useRestore(way: WayBack, { body, name, onDone }: Restoring) {
  const [problem, setProblem] = useState<string>();
  const change = useChange<void>({
    path: "/api/v2/",
    send: () => request("POST", restorePath(way), body),
    done: () => t("restore.done", { name }),
    undo: () => takeBackNewest(way),
    failed: () => t("restore.failed"),
    onRefusal: ({ message }) => {
      setProblem(message);
      return true;
    },
  });
  return {
    isPending: change.isPending,
    problem,
    act: () => {
      setProblem(undefined);
      change.mutate(undefined, { onSuccess: onDone });
    },
  };
}

interface OutcomeProps {
  readonly entry: WholeAuditEntry;
  readonly way: WayBack;
  readonly where: string;
  readonly words: readonly string[];
}

/** Of a flag line by line; of what is not there, or has no lines, in the server's words. */
function Outcome({ entry, way, where, words }: OutcomeProps) {
  const wanted = entry.currentVersion;
  const isOfFlag = way.of.kind === "flag" && "at" in way.moment && isFlagState(wanted);
  return (
    <>
      <h3 className="text-[13px] font-semibold">{t("revert.will")}</h3>
      {isOfFlag ? (
        <FlagOutcome project={way.project} wanted={wanted} where={where} words={words} />
      ) : (
        <Words words={words} />
      )}
      <LaterChanges spec={specOf(way)} entry={entry} />
    </>
  );
}

function FlagOutcome({
  project,
  wanted,
  where,
  words,
}: {
  readonly project: string;
  readonly wanted: FlagState;
  readonly where: string;
  readonly words: readonly string[];
}) {
  const { state: today } = useFlagState(project, wanted.key);
  const environments = useEnvironments(project).data?.items ?? [];
  const parts = useMemo(() => {
    if (today === undefined) return [];
    return flagChange(today, wanted).filter(
      ({ environment }) =>
        (where === everywhere &&
          (environment === undefined || environment in today.environments)) ||
        environment === where,
    );
  }, [today, wanted, where]);
  return parts.length === 0 ? (
    <Words words={words} />
  ) : (
    <ChangeView parts={parts} environments={environments} />
  );
}

function Words({ words }: { readonly words: readonly string[] }) {
  return (
    <ul translate="no" className="list-disc space-y-0.5 pl-5 text-[13px]">
      {words.map((sentence, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same sentence may be said twice; its place is what it is known by.
        <li key={at}>{sentence}</li>
      ))}
    </ul>
  );
}

function Left({ notRestored }: { readonly notRestored: readonly string[] }) {
  if (notRestored.length === 0) return null;
  return (
    <Notice tone="critical">
      <p className="font-semibold">{t("restore.left")}</p>
      <Words words={notRestored} />
    </Notice>
  );
}
