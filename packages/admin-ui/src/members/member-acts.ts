import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { refresh } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { me } from "../session/me.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { type Member, memberName, memberPath, membersPath } from "./member.ts";
import { t } from "./text.ts";

/** What is asked about before it is done. */
export type MemberQuestion = "remove" | "suspend" | "factor";

type MemberAction =
  | "createMember"
  | "resetMemberPassword"
  | "resetMemberMfa"
  | "updateMemberActive"
  | "deleteMember"
  | "updateRole"
  | "updateCustomRole"
  | "updateName";

/** Why something cannot be done to a member; undefined where it can. */
export type Refusal = (action: MemberAction, isForOneself?: boolean) => string | undefined;

export function useRefusal(member: Member): Refusal {
  const { data: own } = useQuery(me);
  const isSelf = member._id === own?.id;
  const isBeyond = member.role === "owner" && own?.scopes[0] !== "owner";
  const resource = `member/${member._id}`;
  const reasons: Readonly<Record<MemberAction, string | undefined>> = {
    createMember: useUnavailable("createMember", resource),
    resetMemberPassword: useUnavailable("resetMemberPassword", resource),
    resetMemberMfa: useUnavailable("resetMemberMfa", resource),
    updateMemberActive: useUnavailable("updateMemberActive", resource),
    deleteMember: useUnavailable("deleteMember", resource),
    updateRole: useUnavailable("updateRole", resource),
    updateCustomRole: useUnavailable("updateCustomRole", resource),
    updateName: useUnavailable("updateName", resource),
  };
  return (action, isForOneself = false) => {
    if (isSelf && isForOneself) return undefined;
    const reason = reasons[action];
    if (reason !== undefined) return reason;
    if (isSelf) return t("member.notYourself");
    return isBeyond ? t("member.onlyOwner") : undefined;
  };
}

/** Letting in and locking out, removing, and resetting the second factor. */
export function useMemberActs(member: Member) {
  const name = memberName(member);
  const path = membersPath;
  const suspend = useChange<void>({
    path,
    send: () => request("PUT", memberPath(member._id, "suspension")),
    done: () => t("member.done.suspended", { name }),
    undo: () => request("DELETE", memberPath(member._id, "suspension")),
    failed: () => t("member.failed.suspend", { name }),
  });
  const letIn = useChange<void>({
    path,
    send: () => request("DELETE", memberPath(member._id, "suspension")),
    done: () => t("member.done.unsuspended", { name }),
    undo: () => request("PUT", memberPath(member._id, "suspension")),
    failed: () => t("member.failed.unsuspend", { name }),
  });
  const remove = useChange<void>({
    path,
    send: () => request("DELETE", memberPath(member._id)),
    done: () => t("member.done.removed", { name }),
    failed: () => t("member.remove.title", { name }),
  });
  const resetFactor = useChange<void>({
    path,
    send: () => request("DELETE", memberPath(member._id, "mfa")),
    done: () => t("member.done.factor", { name }),
    failed: () => t("member.factor.title", { name }),
  });
  return { suspend, letIn, remove, resetFactor };
}

export interface MadeLink {
  readonly kind: "invitation" | "password";
  readonly path: string;
}

/** Makes a link for one member and keeps it, for it is shown once. */
export function useMemberLink(member: Member) {
  const client = useQueryClient();
  const [link, setLink] = useState<MadeLink>();
  async function make(kind: MadeLink["kind"]) {
    const made = await request<{ readonly invitation?: string; readonly link?: string }>(
      "POST",
      memberPath(member._id, kind === "invitation" ? "invitation" : "password-link"),
    );
    setLink({ kind, path: made.invitation ?? made.link ?? "" });
    await refresh(client, membersPath);
  }
  return { link, make, forget: () => setLink(undefined) };
}
