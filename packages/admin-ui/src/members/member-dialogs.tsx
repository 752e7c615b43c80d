import { ConfirmDialog } from "../ui/dialog.tsx";
import { LinksDialog } from "./links-dialog.tsx";
import { type Member, memberName } from "./member.ts";
import type { MadeLink, MemberQuestion, useMemberActs } from "./member-acts.ts";
import { t } from "./text.ts";

interface MemberDialogsProps {
  readonly member: Member;
  readonly acts: ReturnType<typeof useMemberActs>;
  readonly question: MemberQuestion | undefined;
  readonly onAnswer: () => void;
  readonly link: MadeLink | undefined;
  readonly onPassedOn: () => void;
}

/** What is asked before something is done to a member, and the link that is shown once. */
export function MemberDialogs(props: MemberDialogsProps) {
  const { member, acts, question, onAnswer, link, onPassedOn } = props;
  const name = memberName(member);
  const { title, words, action, act } = {
    remove: {
      title: t("member.remove.title", { name }),
      words: t("member.remove.words"),
      action: t("member.remove"),
      act: acts.remove,
    },
    suspend: {
      title: t("member.suspend.title", { name }),
      words: t("member.suspend.words"),
      action: t("member.suspend"),
      act: acts.suspend,
    },
    factor: {
      title: t("member.factor.title", { name }),
      words: t("member.factor.words"),
      action: t("member.resetFactor"),
      act: acts.resetFactor,
    },
  }[question ?? "remove"];
  return (
    <>
      <ConfirmDialog
        isOpen={question !== undefined}
        onClose={onAnswer}
        title={title}
        action={action}
        isDanger
        isBusy={act.isPending}
        onConfirm={() => {
          onAnswer();
          act.mutate();
        }}
      >
        <p>{words}</p>
      </ConfirmDialog>
      {link !== undefined && (
        <LinksDialog kind={link.kind} links={[{ name, path: link.path }]} onClose={onPassedOn} />
      )}
    </>
  );
}
