import { KeyRound, Link2, ShieldOff, UserCheck, UserMinus, UserX } from "lucide-react";
import type { MenuEntry } from "../ui/menu.tsx";
import type { Member } from "./member.ts";
import type { MadeLink, MemberQuestion, Refusal } from "./member-acts.ts";
import { t } from "./text.ts";

interface Does {
  readonly makeLink: (kind: MadeLink["kind"]) => void;
  readonly ask: (question: MemberQuestion) => void;
  readonly letIn: () => void;
}

/** What can be done to a member in this state, as sections of a menu; it says why something cannot. */
export function memberEntries(
  member: Member,
  refusal: Refusal,
  does: Does,
): readonly { readonly entries: readonly MenuEntry[] }[] {
  const link: MenuEntry = member._pendingInvite
    ? {
        id: "invitation",
        label: t("member.newInvitation"),
        icon: <Link2 size={16} aria-hidden />,
        unavailable: refusal("createMember"),
        onPress: () => does.makeLink("invitation"),
      }
    : {
        id: "password",
        label: t("member.passwordLink"),
        icon: <KeyRound size={16} aria-hidden />,
        unavailable: refusal("resetMemberPassword"),
        onPress: () => does.makeLink("password"),
      };
  const factor: MenuEntry = {
    id: "factor",
    label: t("member.resetFactor"),
    icon: <ShieldOff size={16} aria-hidden />,
    unavailable: refusal("resetMemberMfa"),
    onPress: () => does.ask("factor"),
  };
  const state: MenuEntry = member.isActive
    ? {
        id: "suspend",
        label: t("member.suspend"),
        icon: <UserX size={16} aria-hidden />,
        unavailable: refusal("updateMemberActive"),
        onPress: () => does.ask("suspend"),
      }
    : {
        id: "unsuspend",
        label: t("member.unsuspend"),
        icon: <UserCheck size={16} aria-hidden />,
        unavailable: refusal("updateMemberActive"),
        onPress: does.letIn,
      };
  const remove: MenuEntry = {
    id: "remove",
    label: t("member.remove"),
    icon: <UserMinus size={16} aria-hidden />,
    isDanger: true,
    unavailable: refusal("deleteMember"),
    onPress: () => does.ask("remove"),
  };
  return [
    { entries: member.mfa === "enabled" ? [link, factor] : [link] },
    { entries: [state, remove] },
  ];
}
