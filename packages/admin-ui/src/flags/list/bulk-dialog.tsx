import { useState } from "react";
import type { Environment } from "../../api/representations.ts";
import { Button } from "../../ui/button.tsx";
import { ChipsField } from "../../ui/chips-field.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { t as kit } from "../../ui/text.ts";
import type { BulkFailure } from "./bulk.ts";
import type { BulkAct, BulkWish } from "./bulk-acts.ts";
import type { ListedFlag } from "./listed-flag.ts";
import { t } from "./text.ts";
import { flagsMeant, useBulk } from "./use-bulk.ts";

interface BulkDialogProps {
  readonly project: string;
  readonly act: BulkAct;
  readonly flags: readonly ListedFlag[];
  readonly environments: readonly Environment[];
  readonly tags: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Says which flags are meant, does it, and says of which it could not be done and why. */
export function BulkDialog(props: BulkDialogProps) {
  const { project, act, environments, onClose, onDone } = props;
  const [tags, setTags] = useState<readonly string[]>([]);
  const [environment, setEnvironment] = useState(environments[0]?.key ?? "");
  const [comment, setComment] = useState("");
  const [typed, setTyped] = useState("");
  const wish: BulkWish = { act, tags, environment };
  const { run, done, failures } = useBulk(project, wish, comment.trim());
  const isUnderWay = done !== undefined;
  const flags =
    failures.length > 0 ? failures.map(({ item }) => item) : flagsMeant(props.flags, wish);
  const asking =
    act === "turnOff" ? environments.find(({ key }) => key === environment) : undefined;
  const needsComment = asking?.requireComments === true;
  const isUnconfirmed = asking?.confirmChanges === true && typed !== asking.name;
  const isUnsaid = needsComment && comment.trim() === "";
  const title = t(`bulk.${act}.title`, { count: flags.length });
  async function go() {
    if (!(await run(flags))) return;
    onClose();
    onDone();
  }
  return (
    <Dialog
      isOpen
      isHeld={isUnderWay}
      onClose={onClose}
      size="medium"
      title={title}
      actions={
        <>
          <span role="status" className="mr-auto text-ink2 tabular-nums">
            {isUnderWay && t("bulk.progress", { done, total: flags.length })}
          </span>
          <Button look="quiet" onPress={onClose} isDisabled={isUnderWay}>
            {kit("kit.cancel")}
          </Button>
          <Button
            look={act === "archive" ? "danger" : "primary"}
            isDisabled={flags.length === 0 || isUnsaid || isUnconfirmed}
            isPending={isUnderWay}
            onPress={() => void go()}
          >
            {failures.length > 0 ? t("bulk.retry") : title}
          </Button>
        </>
      }
    >
      <div className="mt-1 space-y-3">
        <Failed failures={failures} total={props.flags.length} />
        {act === "archive" && <p className="text-ink2">{t("bulk.archive.words")}</p>}
        <WishFields {...props} wish={wish} onTags={setTags} onEnvironment={setEnvironment} />
        {needsComment && (
          <TextArea
            label={t("list.comment")}
            description={t("list.comment.required", { environment: asking?.name ?? "" })}
            value={comment}
            onChange={setComment}
            rows={2}
          />
        )}
        <FlagNames flags={flags} failures={failures} />
        {asking?.confirmChanges === true && (
          <TextField
            label={kit("kit.typeToConfirm", { name: asking.name })}
            value={typed}
            onChange={setTyped}
            isMono
            autoComplete="off"
          />
        )}
      </div>
    </Dialog>
  );
}

function WishFields(
  props: BulkDialogProps & {
    readonly wish: BulkWish;
    readonly onTags: (tags: readonly string[]) => void;
    readonly onEnvironment: (key: string) => void;
  },
) {
  const { act, wish, environments, onTags, onEnvironment } = props;
  if (act === "tag" || act === "untag") {
    return (
      <ChipsField
        label={t("bulk.tags")}
        values={wish.tags}
        onChange={onTags}
        suggestions={act === "tag" ? props.tags : tagsOf(props.flags)}
      />
    );
  }
  if (act !== "turnOff") return null;
  return (
    <Select
      label={t("bulk.environment")}
      areNames
      choices={environments.map(({ key, name, critical }) => ({
        id: key,
        label: critical ? `${name} (${t("bulk.environment.critical")})` : name,
      }))}
      value={wish.environment}
      onChange={onEnvironment}
    />
  );
}

function Failed(props: {
  readonly failures: readonly BulkFailure<ListedFlag>[];
  readonly total: number;
}) {
  const count = props.failures.length;
  if (count === 0) return null;
  return (
    <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
      {count === props.total ? t("bulk.none") : t("bulk.partial", { count })}
    </p>
  );
}

function tagsOf(flags: readonly ListedFlag[]): readonly string[] {
  return [...new Set(flags.flatMap(({ tags }) => tags))].sort();
}

function FlagNames(props: {
  readonly flags: readonly ListedFlag[];
  readonly failures: readonly BulkFailure<ListedFlag>[];
}) {
  const { flags, failures } = props;
  if (flags.length === 0) return null;
  return (
    <section
      aria-label={t("bulk.flags")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
      tabIndex={0}
      className="max-h-64 overflow-y-auto rounded-md border border-line"
    >
      <ul className="divide-y divide-line" translate="no">
        {flags.map((flag) => (
          <li key={flag.key} className="flex flex-wrap items-baseline gap-x-2 px-3 py-1.5">
            <span className="font-medium">{flag.name}</span>
            <code className="font-mono text-xs text-ink3">{flag.key}</code>
            {failures
              .filter(({ item }) => item === flag)
              .map(({ why }) => (
                <span key={why} className="basis-full text-[13px] text-danger">
                  {why}
                </span>
              ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
