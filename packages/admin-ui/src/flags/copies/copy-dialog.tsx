import { useState } from "react";
import { Checkbox } from "../../ui/choice.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Select } from "../../ui/select.tsx";
import { Bone, Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { CommentField, commentRuleOf } from "../edits/comment-field.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { type Copy, type CopyPart, copyParts, useCopy, useCopyPreview } from "./copy-queries.ts";
import { t } from "./text.ts";

/** Brings what one environment serves to another, and says before what that changes. */
export function CopyDialog({ onClose }: { readonly onClose: () => void }) {
  const { environments, environment: chosen } = useFlagPage();
  const [source, setSource] = useState(chosen.key);
  const others = environments.filter(({ key }) => key !== source);
  const [wanted, setWanted] = useState<string>();
  const target = others.find(({ key }) => key === wanted) ?? others[0];
  const [parts, setParts] = useState<readonly CopyPart[]>(copyParts);
  const [comment, setComment] = useState("");
  const [isSent, setSent] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const copy: Copy | undefined =
    target === undefined || parts.length === 0
      ? undefined
      : { source, target: target.key, includedActions: parts };
  const preview = useCopyPreview(copy);
  const copying = useCopy(({ message }) => setRefusal(message));
  const rule = commentRuleOf(target === undefined ? [] : [target]);
  const environment = target?.name ?? "";
  const choicesOf = (all: typeof environments) =>
    all.map(({ key, name }) => ({ id: key, label: name }));
  function act() {
    setSent(true);
    setRefusal(undefined);
    if (copy === undefined || preview.data === undefined) return;
    if (rule.isRequired && comment.trim() === "") return;
    const names = {
      source: environments.find(({ key }) => key === source)?.name ?? "",
      environment,
    };
    const words = comment.trim() === "" ? {} : { comment: comment.trim() };
    const { inverse } = preview.data;
    copying.mutate({ ...copy, inverse, names, ...words }, { onSuccess: onClose });
  }
  const isIdle =
    copy === undefined || preview.data === undefined || preview.data.words.length === 0;
  return (
    <FormDialog
      size="medium"
      title={t("copy.title")}
      action={t("copy.action", { environment })}
      isBusy={copying.isPending}
      isIdle={isIdle}
      refusal={refusal}
      onSubmit={act}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label={t("copy.from")}
          choices={choicesOf(environments)}
          value={source}
          onChange={setSource}
          areNames
        />
        <Select
          label={t("copy.to")}
          choices={choicesOf(others)}
          value={target?.key}
          onChange={setWanted}
          areNames
        />
      </div>
      <Parts parts={parts} onChange={setParts} />
      <section aria-label={t("copy.preview", { environment })} aria-live="polite">
        <h3 className="mb-1 text-[13px] font-medium">{t("copy.preview", { environment })}</h3>
        <Preview preview={preview} isChosen={parts.length > 0} />
      </section>
      {target?.critical === true && (
        <Notice tone="critical">{t("copy.critical", { environment })}</Notice>
      )}
      {(target?.critical === true || rule.isRequired) && (
        <CommentField rule={rule} value={comment} onChange={setComment} isSent={isSent} />
      )}
    </FormDialog>
  );
}

interface PartsProps {
  readonly parts: readonly CopyPart[];
  readonly onChange: (parts: readonly CopyPart[]) => void;
}

function Parts({ parts, onChange }: PartsProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-[13px] font-medium">{t("copy.parts")}</legend>
      <div className="grid gap-x-4 gap-y-1 sm:grid-cols-3">
        {copyParts.map((part) => (
          <Checkbox
            key={part}
            isSelected={parts.includes(part)}
            onChange={(isSelected) =>
              onChange(copyParts.filter((one) => (one === part ? isSelected : parts.includes(one))))
            }
          >
            {t(`copy.${part}`)}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}

interface PreviewProps {
  readonly preview: ReturnType<typeof useCopyPreview>;
  readonly isChosen: boolean;
}

function Preview({ preview: { data, error, refetch }, isChosen }: PreviewProps) {
  if (!isChosen) return <p className="text-ink2">{t("copy.nothing")}</p>;
  if (error !== null)
    return <ErrorState what={t("copy.preview.what")} error={error} onRetry={refetch} />;
  if (data === undefined)
    return (
      <Skeleton>
        <Bone className="h-10 w-full" />
      </Skeleton>
    );
  if (data.words.length === 0) return <p className="text-ink2">{t("copy.alike")}</p>;
  return (
    <>
      <ul className="space-y-1.5">
        {data.words.map((words) => (
          <li
            key={words}
            translate="no"
            className="rounded-md border-l-4 border-signal bg-sunken py-1 pr-2 pl-2.5"
          >
            {words}
          </li>
        ))}
      </ul>
      <h3 className="mt-3 mb-1 text-[13px] font-medium">{t("copy.then")}</h3>
      <ol className="list-decimal space-y-0.5 pl-5 text-ink2">
        {data.sentences.map((words) => (
          <li key={words} translate="no">
            {words}
          </li>
        ))}
      </ol>
    </>
  );
}
