import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { apiPath, resource } from "../../api/queries.ts";
import type { Items } from "../../api/representations.ts";
import { formatList } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog, Dialog } from "../../ui/dialog.tsx";
import { Bone, Skeleton } from "../../ui/skeleton.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { CommentField } from "../edits/comment-field.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { t } from "./text.ts";
import { useStep } from "./use-step.ts";

interface Dependent {
  readonly key: string;
  readonly name: string;
  readonly environments: readonly { readonly key: string; readonly name: string }[];
}

/** Archives the flag; where others require it, it says which. */
export function ArchiveDialog({ onClose }: { readonly onClose: () => void }) {
  const { project, flag } = useFlagPage();
  const { data } = useQuery(
    resource<Items<Dependent>>(apiPath("flags", project, flag.key, "dependent-flags")),
  );
  return data === undefined || data.items.length === 0 ? (
    <Archiving onClose={onClose} />
  ) : (
    <Required dependents={data.items} onClose={onClose} />
  );
}

interface RequiredProps {
  readonly dependents: readonly Dependent[];
  readonly onClose: () => void;
}

function Required({ dependents, onClose }: RequiredProps) {
  const { project, flag } = useFlagPage();
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("archive.title", { name: flag.name })}
      actions={<Button onPress={onClose}>{t("archive.close")}</Button>}
    >
      <p className="mt-1 text-ink2">{t("archive.required")}</p>
      <ul className="mt-3 divide-y divide-line rounded-lg border border-line">
        {dependents.map(({ key, name, environments }) => (
          <li key={key} className="flex flex-wrap items-baseline gap-x-3 p-3">
            <Link
              to="/p/$project/flags/$flag/targeting"
              params={{ project, flag: key }}
              search={environments[0] === undefined ? {} : { env: environments[0].key }}
              translate="no"
              className="font-medium text-link underline underline-offset-2"
            >
              {name}
            </Link>
            <span className="text-[13px] text-ink2">
              {t("archive.in", { environments: formatList(environments.map((one) => one.name)) })}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

const activeMs = 7 * 86_400_000;

interface Statuses {
  readonly environments: Readonly<Record<string, { readonly lastRequested?: string }>>;
}

function Archiving({ onClose }: { readonly onClose: () => void }) {
  const { project, flag, environments } = useFlagPage();
  const [name] = useState(flag.name);
  const step = useStep(
    {
      instructions: [{ kind: "archiveFlag" }],
      undo: [{ kind: "restoreFlag" }],
      done: t("archive.done", { name }),
      failed: t("archive.failed", { name }),
    },
    onClose,
  );
  const statuses = useQuery(resource<Statuses>(apiPath("flag-status", project, flag.key))).data;
  const asking = environments.flatMap((environment) => {
    const last = statuses?.environments[environment.key]?.lastRequested;
    const at = last === undefined ? 0 : Date.parse(last);
    return at > Date.now() - activeMs ? [{ environment, at }] : [];
  });
  const isMissed = asking.some(({ environment }) => environment.critical);
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("archive.title", { name })}
      action={t("archive.action")}
      typed={isMissed ? flag.key : undefined}
      isDanger
      isBusy={step.isBusy}
      error={step.refusal}
      onConfirm={step.confirm}
    >
      {statuses === undefined ? (
        <Skeleton>
          <Bone className="h-5 w-full" />
        </Skeleton>
      ) : (
        <p>{asking.length === 0 ? t("archive.unasked") : t("archive.asked")}</p>
      )}
      {asking.length > 0 && (
        <ul className="list-disc pl-5">
          {asking.map(({ environment, at }) => (
            <li key={environment.key}>
              {t.rich("archive.last", {
                environment: (
                  <b key="name" translate="no" className="font-semibold text-ink">
                    {environment.name}
                  </b>
                ),
                when: <RelativeTime key="when" at={at} />,
              })}
            </li>
          ))}
        </ul>
      )}
      {step.rule.isRequired && <CommentField {...step.comment} />}
    </ConfirmDialog>
  );
}
