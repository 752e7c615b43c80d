import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { UserPlus } from "lucide-react";
import { useMemo, useRef } from "react";
import { AccountHeader } from "../account/account-header.tsx";
import { type Command, useCommands } from "../palette/commands.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { Button } from "../ui/button.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyFiltered, ErrorState } from "../ui/states.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { allMembers, membersThat } from "./member.ts";
import { MemberFilters } from "./member-filters.tsx";
import { MemberSheet } from "./member-sheet.tsx";
import { MembersTable } from "./members-table.tsx";
import type { MembersSearch } from "./search.ts";
import { t } from "./text.ts";

/** The people of the account. */
export function MembersPage() {
  const { data, error, refetch, isPending } = useQuery(allMembers);
  const search = useSearch({ from: "/signed-in/account/members" });
  const navigate = useNavigate({ from: "/account/members" });
  const unavailable = useUnavailable("createMember", "member/*");
  const input = useRef<HTMLInputElement>(null);
  const narrow = (change: MembersSearch) =>
    void navigate({ search: (was) => ({ ...was, ...change }), replace: true });
  const show = (change: MembersSearch) =>
    void navigate({ search: (was) => ({ ...was, ...change }) });
  const invite = () => show({ invite: true });
  useReady(!isPending);
  useShortcut("/", t("members.filter"), () => input.current?.focus());
  useShortcut("c", t("members.invite"), invite, unavailable === undefined);
  useInviteCommand();
  const all = data?.items ?? [];
  const found = membersThat(all, search);
  return (
    <>
      <AccountHeader
        title={t("members.title")}
        actions={
          <Button
            look="primary"
            icon={<UserPlus size={16} aria-hidden />}
            keys="c"
            unavailable={unavailable}
            onPress={invite}
          >
            {t("members.invite")}
          </Button>
        }
      />
      <MemberFilters
        filter={search}
        onChange={narrow}
        inputRef={input}
        counts={data && { found: found.length, all: all.length }}
      />
      {error && <ErrorState what={t("members.what")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows />}
      {data !== undefined && found.length === 0 && (
        <EmptyFiltered
          words={t("members.none")}
          onClear={() => narrow({ q: undefined, role: undefined, state: undefined })}
        />
      )}
      {found.length > 0 && <MembersTable members={found} onOpen={(member) => show({ member })} />}
      {data !== undefined && search.member !== undefined && (
        <MemberSheet
          member={all.find(({ _id }) => _id === search.member)}
          onClose={() => show({ member: undefined })}
        />
      )}
      {search.invite === true && <InviteDialog onClose={() => show({ invite: undefined })} />}
    </>
  );
}

function useInviteCommand(): void {
  const navigate = useNavigate({ from: "/account/members" });
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: "invite members",
        section: "page",
        label: t("members.invite"),
        prefix: "@",
        icon: <UserPlus size={16} aria-hidden />,
        run: () => void navigate({ search: (was) => ({ ...was, invite: true }) }),
      },
    ],
    [navigate],
  );
  useCommands(commands);
}
