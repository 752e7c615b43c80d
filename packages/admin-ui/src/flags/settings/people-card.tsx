import { useQuery } from "@tanstack/react-query";
import { resource } from "../../api/queries.ts";
import type { Items } from "../../api/representations.ts";
import { Card } from "../../ui/card.tsx";
import { RadioGroup } from "../../ui/choice.tsx";
import { ComboBox } from "../../ui/select.tsx";
import { Bone } from "../../ui/skeleton.tsx";
import { useFlagEdit, useFlagUnavailable } from "../edits/flag-edit.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { maintainerOf } from "../frame/shown-flag.ts";
import { type MaintainerId, maintainerIdOf, maintainerInstruction } from "./maintainer.ts";
import { t } from "./text.ts";

interface Member {
  readonly _id: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email: string;
}
interface Team {
  readonly key: string;
  readonly name: string;
}

export function PeopleCard() {
  return (
    <Card title={t("people.title")}>
      <div className="space-y-4">
        <Maintainer />
        <Lifetime />
      </div>
    </Card>
  );
}

function Maintainer() {
  const { flag } = useFlagPage();
  const members = useQuery(resource<Items<Member>>("/api/v2/members?limit=1000"));
  const teams = useQuery(resource<Items<Team>>("/api/v2/teams?limit=1000"));
  const change = useFlagEdit();
  const unavailable = useFlagUnavailable("updateMaintainer");
  const current = maintainerIdOf(flag);
  if (members.isPending || teams.isPending) return <Bone className="h-18 w-full" />;
  const choices: { id: MaintainerId; label: string; description?: string }[] = [
    { id: "none", label: t("people.none") },
    ...(members.data?.items ?? []).map(({ _id, firstName = "", lastName = "", email }) => ({
      id: `member:${_id}` as const,
      label: `${firstName} ${lastName}`.trim() || email,
      description: email,
    })),
    ...(teams.data?.items ?? []).map(({ key, name }) => ({
      id: `team:${key}` as const,
      label: name,
      description: t("people.team"),
    })),
  ];
  // Who may not list the members still sees the one who is named.
  const name = maintainerOf(flag);
  if (name !== undefined && choices.every(({ id }) => id !== current))
    choices.push({ id: current, label: name });
  function choose(id: MaintainerId) {
    if (id === current) return;
    const chosen = choices.find((one) => one.id === id)?.label ?? "";
    change.mutate({
      instructions: [maintainerInstruction(id)],
      undo: [maintainerInstruction(current)],
      done: id === "none" ? t("people.done.none") : t("people.done", { name: chosen }),
      failed: t("people.failed"),
    });
  }
  return (
    <ComboBox
      key={current}
      label={t("people.maintainer")}
      description={unavailable ?? t("people.maintainer.words")}
      choices={choices}
      value={current}
      onChange={choose}
      isDisabled={unavailable !== undefined || change.isPending}
      areNames
    />
  );
}

function Lifetime() {
  const { flag } = useFlagPage();
  const change = useFlagEdit();
  const unavailable = useFlagUnavailable("updateTemporary");
  function choose(id: "temporary" | "permanent") {
    const isTemporary = id === "temporary";
    if (isTemporary === flag.temporary) return;
    const [make, unmake] = isTemporary
      ? (["makeFlagTemporary", "makeFlagPermanent"] as const)
      : (["makeFlagPermanent", "makeFlagTemporary"] as const);
    change.mutate({
      instructions: [{ kind: make }],
      undo: [{ kind: unmake }],
      done: t(`lifetime.done.${id}`),
      failed: t("lifetime.failed"),
      foresee: (shown) => ({ ...shown, temporary: isTemporary }),
    });
  }
  return (
    <RadioGroup
      label={t("lifetime.label")}
      value={flag.temporary ? "temporary" : "permanent"}
      onChange={choose}
      isDisabled={unavailable !== undefined}
      choices={[
        {
          id: "temporary",
          label: t("lifetime.temporary"),
          description: t("lifetime.temporary.words"),
        },
        {
          id: "permanent",
          label: t("lifetime.permanent"),
          description: t("lifetime.permanent.words"),
        },
      ]}
    />
  );
}
