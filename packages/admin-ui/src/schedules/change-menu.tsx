import { Clock, Ellipsis, Play, Trash2 } from "lucide-react";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { useEnvironments } from "../flags/flag-queries.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { formatClock, formatMoment } from "../text/format.ts";
import { IconButton } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { Menu } from "../ui/menu.tsx";
import { MomentField } from "../ui/moment-field.tsx";
import { cancel, reschedule, scheduleAgain } from "./schedule-queries.ts";
import type { ScheduledChange } from "./scheduled-change.ts";
import { t } from "./text.ts";

interface ChangeProps {
  readonly change: ScheduledChange;
  readonly project: string;
}

/** What can be done about a change to come. */
export function ChangeMenu({ change, project }: ChangeProps) {
  const [opened, setOpened] = useState<"time" | "now" | "cancel">();
  const { flagKey, environmentKey } = change;
  const unavailable = useUnavailable(
    "updateScheduledChanges",
    `proj/${project}:env/${environmentKey}:flag/${flagKey}`,
  );
  const close = () => setOpened(undefined);
  const name = t("schedule.more", { flag: flagKey, time: formatClock(change.executionDate) });
  return (
    <>
      <Menu
        label={name}
        isAtEnd
        sections={[
          {
            entries: [
              {
                id: "time",
                label: t("schedule.edit"),
                icon: <Clock size={16} aria-hidden />,
                unavailable,
                onPress: () => setOpened("time"),
              },
              {
                id: "now",
                label: t("schedule.now"),
                icon: <Play size={16} aria-hidden />,
                unavailable,
                onPress: () => setOpened("now"),
              },
            ],
          },
          {
            entries: [
              {
                id: "cancel",
                label: t("schedule.cancel"),
                icon: <Trash2 size={16} aria-hidden />,
                isDanger: true,
                unavailable,
                onPress: () => setOpened("cancel"),
              },
            ],
          },
        ]}
      >
        <IconButton label={name}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      </Menu>
      {opened === "time" && <TimeDialog change={change} project={project} onClose={close} />}
      {opened === "now" && <NowDialog change={change} project={project} onClose={close} />}
      {opened === "cancel" && <CancelDialog change={change} project={project} onClose={close} />}
    </>
  );
}

interface DialogProps extends ChangeProps {
  readonly onClose: () => void;
}

/** A write about the schedule, whose refusal stands in the dialog. */
function useScheduling<Input>(
  onClose: () => void,
  how: {
    readonly send: (input: Input) => Promise<unknown>;
    readonly undo?: (input: Input) => Promise<unknown>;
    readonly done: (input: Input) => string;
    readonly failed: () => string;
  },
) {
  const [problem, setProblem] = useState<string>();
  const change = useChange<Input>({
    ...how,
    path: "/api/v2/projects/",
    onRefusal: ({ message }) => {
      setProblem(message);
      return true;
    },
  });
  return {
    problem,
    isBusy: change.isPending,
    act: (input: Input) => {
      setProblem(undefined);
      change.mutate(input, { onSuccess: onClose });
    },
  };
}

export function TimeDialog({ change, project, onClose }: DialogProps) {
  const [at, setAt] = useState<number | undefined>(change.executionDate);
  const was = change.executionDate;
  const moving = useScheduling<number>(onClose, {
    send: (time) => reschedule(project, change, time),
    ...(was > Date.now() ? { undo: () => reschedule(project, change, was) } : {}),
    done: (time) => t("schedule.edit.done", { time: formatMoment(time) }),
    failed: () => t("schedule.edit.failed"),
  });
  const [isPast, setPast] = useState(false);
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("schedule.edit.title")}
      action={t("schedule.edit.save")}
      isBusy={moving.isBusy}
      error={moving.problem}
      onConfirm={() => {
        const isToCome = at !== undefined && at > Date.now();
        setPast(!isToCome);
        if (isToCome) moving.act(at);
      }}
    >
      <MomentField
        label={t("schedule.edit.time")}
        description={t("schedule.edit.zone", {
          zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        })}
        value={at}
        onChange={setAt}
        min={Date.now()}
        {...(isPast ? { error: t("schedule.edit.past") } : {})}
      />
    </ConfirmDialog>
  );
}

/** What the server's clock may be ahead of this one's; a time that is past is refused. */
const aheadMs = 3_000;

function NowDialog({ change, project, onClose }: DialogProps) {
  const { environmentKey: key } = change;
  const environment = useEnvironments(project).data?.items.find((one) => one.key === key);
  const making = useScheduling<void>(onClose, {
    send: () => reschedule(project, change, Date.now() + aheadMs),
    done: () => t("schedule.now.done"),
    failed: () => t("schedule.now.failed"),
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("schedule.now.title")}
      action={t("schedule.now.action")}
      isBusy={making.isBusy}
      error={making.problem}
      onConfirm={() => making.act()}
    >
      <p>
        {t.rich("schedule.now.words", {
          environment: (
            <b
              key="name"
              translate="no"
              className={environment?.critical === true ? "text-prod" : "text-ink"}
            >
              {environment?.name ?? key}
            </b>
          ),
        })}
      </p>
    </ConfirmDialog>
  );
}

function CancelDialog({ change, project, onClose }: DialogProps) {
  const cancelling = useScheduling<void>(onClose, {
    send: () => cancel(project, change),
    undo: () => scheduleAgain(project, change),
    done: () => t("schedule.cancel.done"),
    failed: () => t("schedule.cancel.failed"),
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("schedule.cancel.title")}
      action={t("schedule.cancel.action")}
      isDanger
      isBusy={cancelling.isBusy}
      error={cancelling.problem}
      onConfirm={() => cancelling.act()}
    >
      <p>{t("schedule.cancel.words", { time: formatMoment(change.executionDate) })}</p>
    </ConfirmDialog>
  );
}
