import { semanticPatch, useChange } from "../api/change.ts";
import { apiPath } from "../api/queries.ts";
import { formatDay } from "../text/format.ts";
import type { CleanupCard } from "./board.ts";
import { keepingNoLonger, keepingUntil } from "./keep.ts";
import { t } from "./text.ts";

interface Step {
  readonly instruction: object;
  readonly back: object;
  readonly done: string;
  readonly failed: string;
}

/** A change of a flag from its card; it can be taken back. */
export function useCardChange(project: string, card: CleanupCard) {
  const path = apiPath("flags", project, card.key);
  const send = (instruction: object) => semanticPatch(path, { instructions: [instruction] });
  return useChange<Step>({
    path: apiPath("projects", project, "cleanup"),
    send: ({ instruction }) => send(instruction),
    undo: ({ back }) => send(back),
    done: ({ done }) => done,
    failed: ({ failed }) => failed,
  });
}

/** What can be done from a card. */
export function stepsOf({ key, name = key, maintainerId }: CleanupCard, me: string) {
  const words = { name };
  return {
    archive: {
      instruction: { kind: "archiveFlag" },
      back: { kind: "restoreFlag" },
      done: t("cleanup.archive.done", words),
      failed: t("cleanup.archive.failed", words),
    },
    restore: {
      instruction: { kind: "restoreFlag" },
      back: { kind: "archiveFlag" },
      done: t("cleanup.restore.done", words),
      failed: t("cleanup.restore.failed", words),
    },
    permanent: {
      instruction: { kind: "makeFlagPermanent" },
      back: { kind: "makeFlagTemporary" },
      done: t("cleanup.permanent.done", words),
      failed: t("cleanup.permanent.failed", words),
    },
    keep: (day: string) => ({
      instruction: keepingUntil(day, t("cleanup.keep.property")),
      back: keepingNoLonger(t("cleanup.keep.property")),
      done: t("cleanup.keep.done", { name, day: formatDay(Date.parse(day)) }),
      failed: t("cleanup.keep.failed", words),
    }),
    assign: (memberId: string, maintainer: string) => ({
      instruction: { kind: "updateMaintainerMember", value: memberId },
      back: backTo(maintainerId),
      done: t("cleanup.assign.done", { name, maintainer }),
      failed: t("cleanup.assign.failed", words),
    }),
    take: {
      instruction: { kind: "updateMaintainerMember", value: me },
      back: backTo(maintainerId),
      done: t("cleanup.take.done", words),
      failed: t("cleanup.take.failed", words),
    },
  } as const satisfies Readonly<Record<string, Step | ((...given: string[]) => Step)>>;
}

function backTo(maintainerId: string | undefined): object {
  return maintainerId === undefined
    ? { kind: "removeMaintainer" }
    : { kind: "updateMaintainerMember", value: maintainerId };
}
