import { Ellipsis, PanelRight } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../ui/button.tsx";
import { Menu } from "../ui/menu.tsx";
import { sayFailure } from "../ui/toast.tsx";
import { type Member, memberName } from "./member.ts";
import {
  type MadeLink,
  type MemberQuestion,
  useMemberActs,
  useMemberLink,
  useRefusal,
} from "./member-acts.ts";
import { MemberDialogs } from "./member-dialogs.tsx";
import { memberEntries } from "./member-entries.tsx";
import { t } from "./text.ts";

interface MemberMenuProps {
  readonly member: Member;
  /** Opens the member; left out where it is open. */
  readonly onOpen?: () => void;
}

/** Everything that can be done to one member. */
export function MemberMenu({ member, onOpen }: MemberMenuProps) {
  const [question, setQuestion] = useState<MemberQuestion>();
  const acts = useMemberActs(member);
  const { link, make, forget } = useMemberLink(member);
  const refusal = useRefusal(member);
  const name = memberName(member);
  const makeLink = (kind: MadeLink["kind"]) =>
    void make(kind).catch((error: unknown) =>
      sayFailure(t("member.failed.link"), error instanceof Error ? error.message : String(error)),
    );
  const does = { makeLink, ask: setQuestion, letIn: () => acts.letIn.mutate() };
  const open = {
    id: "open",
    label: t("members.open", { name }),
    icon: <PanelRight size={16} aria-hidden />,
    onPress: () => onOpen?.(),
  };
  return (
    <>
      <Menu
        label={t("members.more", { name })}
        isAtEnd
        sections={[
          ...(onOpen === undefined ? [] : [{ entries: [open] }]),
          ...memberEntries(member, refusal, does),
        ]}
      >
        <IconButton label={t("members.more", { name })}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      </Menu>
      <MemberDialogs
        member={member}
        acts={acts}
        question={question}
        onAnswer={() => setQuestion(undefined)}
        link={link}
        onPassedOn={forget}
      />
    </>
  );
}
