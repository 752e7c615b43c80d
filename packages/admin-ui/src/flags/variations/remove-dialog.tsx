import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { apiPath, resource } from "../../api/queries.ts";
import type { Items } from "../../api/representations.ts";
import { formatList } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog, Dialog } from "../../ui/dialog.tsx";
import { CommentField, useCommentRule } from "../edits/comment-field.tsx";
import { useFlagEdit } from "../edits/flag-edit.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { nameAt } from "../frame/summary.ts";
import { t } from "./text.ts";
import { wordsOfUse } from "./use-words.ts";
import { usesOf } from "./uses.ts";

interface RemoveDialogProps {
  readonly index: number;
  readonly onClose: () => void;
}

/** Removes a variation that nothing uses; else it says what does, and leads there. */
export function RemoveDialog({ index, onClose }: RemoveDialogProps) {
  const { flag, environments } = useFlagPage();
  const blockers = environments.flatMap((environment) => {
    const configuration = flag.environments[environment.key];
    const uses = configuration === undefined ? [] : usesOf(configuration, index);
    return uses.length === 0 ? [] : [{ environment, words: formatList(uses.map(wordsOfUse)) }];
  });
  const isDefault = Object.values(flag.defaults).includes(index);
  const isBlocked = isDefault || blockers.length > 0;
  return isBlocked ? (
    <Blocked index={index} isDefault={isDefault} blockers={blockers} onClose={onClose} />
  ) : (
    <Removal index={index} onClose={onClose} />
  );
}

interface BlockedProps extends RemoveDialogProps {
  readonly isDefault: boolean;
  readonly blockers: readonly {
    readonly environment: { readonly key: string; readonly name: string };
    readonly words: string;
  }[];
}

function Blocked({ index, isDefault, blockers, onClose }: BlockedProps) {
  const { project, flag } = useFlagPage();
  const name = nameAt(flag, index);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("remove.title", { name })}
      actions={<Button onPress={onClose}>{t("remove.close")}</Button>}
    >
      <p className="mt-1 text-ink2">{t("remove.blocked", { name })}</p>
      <ul className="mt-3 divide-y divide-line rounded-lg border border-line">
        {blockers.map(({ environment, words }) => (
          <li key={environment.key} className="flex flex-wrap items-center gap-x-3 gap-y-1 p-3">
            <b translate="no" className="font-semibold">
              {environment.name}
            </b>
            <span className="text-ink2">{words}</span>
            <Link
              to="/p/$project/flags/$flag/targeting"
              params={{ project, flag: flag.key }}
              search={{ env: environment.key }}
              aria-label={t("remove.open", { environment: environment.name })}
              className="ml-auto inline-flex min-h-6 items-center text-link underline underline-offset-2"
            >
              {t("remove.targeting")}
            </Link>
          </li>
        ))}
        {isDefault && <li className="p-3 text-ink2">{t("remove.defaults")}</li>}
      </ul>
    </Dialog>
  );
}

interface Dependent {
  readonly key: string;
  readonly name: string;
}

function Removal({ index, onClose }: RemoveDialogProps) {
  const { project, flag } = useFlagPage();
  const [variation] = useState(flag.variations[index]);
  const [name] = useState(nameAt(flag, index));
  const [comment, setComment] = useState("");
  const [problem, setProblem] = useState<string>();
  const [isSent, setSent] = useState(false);
  const rule = useCommentRule();
  const change = useFlagEdit(({ message }) => setProblem(message));
  const dependents = useQuery(
    resource<Items<Dependent>>(apiPath("flags", project, flag.key, "dependent-flags")),
  ).data?.items;
  async function remove() {
    setSent(true);
    if (variation === undefined || (rule.isRequired && comment.trim() === "")) return;
    const { _id, ...rest } = variation;
    await change
      .mutateAsync({
        instructions: [{ kind: "removeVariation", variationId: _id }],
        undo: [{ kind: "addVariation", _id, ...rest }],
        done: t("done.removed", { name }),
        failed: t("failed.removed", { name }),
        ...(comment.trim() === "" ? {} : { comment: comment.trim() }),
      })
      .then(onClose, () => undefined);
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("remove.title", { name })}
      action={t("variations.removeShort")}
      isDanger
      isBusy={change.isPending}
      error={problem}
      onConfirm={remove}
    >
      <p>{t("remove.words")}</p>
      {dependents !== undefined && dependents.length > 0 && (
        <p>{t("remove.dependents", { flags: formatList(dependents.map(({ key }) => key)) })}</p>
      )}
      {rule.isRequired && (
        <CommentField rule={rule} value={comment} onChange={setComment} isSent={isSent} />
      )}
    </ConfirmDialog>
  );
}
