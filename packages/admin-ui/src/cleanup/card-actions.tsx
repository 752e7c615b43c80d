import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import {
  Archive,
  CalendarClock,
  Ellipsis,
  Infinity as Permanent,
  UserRoundCheck,
  UserRoundPlus,
} from "lucide-react";
import { useState } from "react";
import { me } from "../session/me.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Button, buttonClass, IconButton } from "../ui/button.tsx";
import { Menu, type MenuEntry } from "../ui/menu.tsx";
import { AssignDialog } from "./assign-dialog.tsx";
import type { CleanupCard } from "./board.ts";
import { stepsOf, useCardChange } from "./card-changes.ts";
import { KeepDialog } from "./keep-dialog.tsx";
import { RemovalDialog } from "./removal-dialog.tsx";
import { t } from "./text.ts";

interface CardActionsProps {
  readonly project: string;
  readonly card: CleanupCard;
}

/** What to do about a card: the one thing that its column asks for, and the rest in a menu. */
export function CardActions({ project, card }: CardActionsProps) {
  if (card.column === "unknown")
    return (
      <Link to="/p/$project/flags/new" params={{ project }} className={buttonClass()}>
        {t("cleanup.create")}
      </Link>
    );
  return <FlagActions project={project} card={card} />;
}

function FlagActions({ project, card }: CardActionsProps) {
  const { key, name = key, column, keep, evidence } = card;
  const { change, steps, unavailable } = useSteps(project, card);
  const [isRemoving, setRemoving] = useState(false);
  const isArchived = evidence.isArchived === true;
  const hasRecipe = column === "readyToRemove" && keep !== undefined;
  const [asking, setAsking] = useState<Asking>();
  const more = useMoreEntries({ project, card, onAsk: setAsking });
  const entries = more.filter(({ id }) => id !== "archive" || hasRecipe);
  const close = () => setAsking(undefined);
  return (
    <>
      {hasRecipe ? (
        <Button onPress={() => setRemoving(true)}>{t("cleanup.remove")}</Button>
      ) : (
        <Button
          isPending={change.isPending}
          unavailable={unavailable}
          onPress={() => change.mutate(isArchived ? steps.restore : steps.archive)}
        >
          {t(isArchived ? "cleanup.restore" : "cleanup.archive")}
        </Button>
      )}
      {entries.length > 0 && (
        <Menu label={t("cleanup.more", { name })} sections={[{ entries }]} isAtEnd>
          <IconButton label={t("cleanup.more", { name })}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        </Menu>
      )}
      {asking === "keep" && (
        <KeepDialog
          name={name}
          onClose={close}
          onKeep={(day) => {
            close();
            change.mutate(steps.keep(day));
          }}
        />
      )}
      {asking === "assign" && (
        <AssignDialog
          name={name}
          maintainerId={card.maintainerId}
          onClose={close}
          onAssign={(member, memberName) => {
            close();
            change.mutate(steps.assign(member, memberName));
          }}
        />
      )}
      {hasRecipe && (
        <RemovalDialog
          isOpen={isRemoving}
          onClose={() => setRemoving(false)}
          flag={key}
          name={name}
          keep={keep}
          unavailable={unavailable}
          onArchive={() => change.mutate(steps.archive)}
        />
      )}
    </>
  );
}

function useSteps(project: string, card: CleanupCard) {
  const my = useQuery(me).data?.id ?? "";
  const resource = `proj/${project}:env/*:flag/${card.key}`;
  return {
    my,
    resource,
    change: useCardChange(project, card),
    steps: stepsOf(card, my),
    /** Why it cannot be archived or restored. */
    unavailable: useUnavailable("updateGlobalArchived", resource),
  };
}

type Asking = "keep" | "assign";

/** What else can be done with a flag from its card. */
function useMoreEntries(props: CardActionsProps & { readonly onAsk: (what: Asking) => void }) {
  const { project, card, onAsk } = props;
  const { my, resource, change, steps, unavailable } = useSteps(project, card);
  const notPermanent = useUnavailable("updateTemporary", resource);
  const notKept = useUnavailable("updateFlagCustomProperties", resource);
  const notTaken = useUnavailable("updateMaintainer", resource);
  const { isArchived, isTemporary } = card.evidence;
  const entries: readonly (MenuEntry & { readonly isThere: boolean })[] = [
    {
      id: "archive",
      label: t("cleanup.archive"),
      icon: <Archive size={16} aria-hidden />,
      unavailable,
      onPress: () => change.mutate(steps.archive),
      isThere: isArchived !== true,
    },
    {
      id: "keep",
      label: t("cleanup.keep"),
      description: t("cleanup.keep.words.menu"),
      icon: <CalendarClock size={16} aria-hidden />,
      unavailable: notKept,
      onPress: () => onAsk("keep"),
      isThere: isArchived !== true,
    },
    {
      id: "permanent",
      label: t("cleanup.permanent"),
      description: t("cleanup.permanent.words"),
      icon: <Permanent size={16} aria-hidden />,
      unavailable: notPermanent,
      onPress: () => change.mutate(steps.permanent),
      isThere: isTemporary === true && isArchived !== true,
    },
    {
      id: "take",
      label: t("cleanup.take"),
      description: t("cleanup.take.words"),
      icon: <UserRoundCheck size={16} aria-hidden />,
      unavailable: notTaken,
      onPress: () => change.mutate(steps.take),
      isThere: my !== "" && card.maintainerId !== my,
    },
    {
      id: "assign",
      label: t("cleanup.assign"),
      description: t("cleanup.assign.menu"),
      icon: <UserRoundPlus size={16} aria-hidden />,
      unavailable: notTaken,
      onPress: () => onAsk("assign"),
      isThere: true,
    },
  ];
  return entries.filter(({ isThere }) => isThere);
}
