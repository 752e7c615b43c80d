import { useState } from "react";
import type { Environment } from "../../api/representations.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { TextArea } from "../../ui/field.tsx";
import type { ListedFlag } from "./listed-flag.ts";
import { servingOf } from "./serving.ts";
import { t } from "./text.ts";
import { namesOf, type Switching } from "./use-flag-switches.ts";

/** Asks before a switch acts where apps of consequence follow at once; with a comment where one is required. */
export function AskSwitch(props: {
  readonly flag: ListedFlag;
  readonly environment: Environment;
  /** Without a value it is not to be done. */
  readonly onAnswer: (switching: Switching | undefined) => void;
}) {
  const { flag, environment, onAnswer } = props;
  const [comment, setComment] = useState("");
  const configuration = flag.environments?.[environment.key];
  const isOn = configuration?.on === true;
  const names = namesOf({ flag, environment });
  const isRequired = environment.requireComments === true;
  function confirm() {
    if (isRequired && comment.trim() === "") return;
    onAnswer({ flag, environment, on: !isOn, comment: comment.trim() });
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={() => onAnswer(undefined)}
      title={t(isOn ? "list.switch.ask.off" : "list.switch.ask.on", names)}
      action={t(isOn ? "list.switch.turnOff" : "list.switch.turnOn", names)}
      onConfirm={confirm}
      typed={environment.confirmChanges ? environment.name : undefined}
    >
      {environment.critical && <p>{t("list.switch.why", names)}</p>}
      {configuration !== undefined && (
        <p>{t("list.switch.now", { words: servingOf(flag, configuration) })}</p>
      )}
      {isRequired && (
        <TextArea
          label={t("list.comment")}
          description={t("list.comment.required", names)}
          value={comment}
          onChange={setComment}
          autoFocus
          isRequired
        />
      )}
    </ConfirmDialog>
  );
}
