import { CircleCheck, CircleX } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { request } from "../api/request.ts";
import { useAttempt } from "../session/attempt.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { TextField } from "../ui/field.tsx";
import { ComboBox } from "../ui/select.tsx";
import { actionWords, singleActions } from "./actions.ts";
import type { Statement } from "./statement.ts";
import { statementWords } from "./statement-words.ts";
import { t } from "./text.ts";

interface Answer {
  readonly allowed: boolean;
  readonly sentence: string;
  readonly resource: string;
  readonly decidedBy?: { readonly origin: string; readonly statement: Statement };
}

/** About whom is asked: a member, a role, or statements that are not kept yet. */
export type Asked =
  | { readonly member: string }
  | { readonly role: string }
  | { readonly policy: readonly Statement[] };

interface TesterProps {
  readonly asked: Asked | undefined;
  /** How one chooses whom to ask about. */
  readonly who?: ReactNode;
  readonly project: string;
  /** Words beside the title. */
  readonly note?: string;
}

/** *Can they do it?* The server answers as it would decide, and names the statement. */
export function Tester({ asked, who, project, note }: TesterProps) {
  const [action, setAction] = useState("updateOn");
  const [resource, setResource] = useState(`proj/${project}:env/*:flag/any`);
  const [answer, setAnswer] = useState<Answer>();
  const { attempt, isBusy, problem } = useAttempt();
  async function send(event: FormEvent) {
    event.preventDefault();
    if (asked === undefined) return;
    await attempt(async () =>
      setAnswer(
        await request<Answer>("POST", "/api/v2/access-check", { ...asked, action, resource }),
      ),
    );
  }
  return (
    <Card
      title={t("tester.title")}
      actions={note !== undefined && <span className="text-xs text-ink3">{note}</span>}
    >
      <form onSubmit={(event) => void send(event)} className="space-y-3">
        {who}
        <ComboBox
          label={t("tester.action")}
          choices={singleActions.map((id) => ({ id, label: actionWords(id), description: id }))}
          value={action}
          onChange={setAction}
        />
        <TextField
          label={t("tester.resource")}
          description={t("tester.resource.words")}
          value={resource}
          onChange={setResource}
          isMono
        />
        {problem !== undefined && (
          <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
            {problem}
          </p>
        )}
        <Button type="submit" isPending={isBusy}>
          {t("tester.ask")}
        </Button>
      </form>
      <div role="status" className="mt-3">
        {answer !== undefined && <AnswerWords answer={answer} />}
      </div>
    </Card>
  );
}

function AnswerWords({ answer }: { readonly answer: Answer }) {
  const { allowed, sentence, decidedBy } = answer;
  const Icon = allowed ? CircleCheck : CircleX;
  return (
    <div
      className={`rounded-md border p-3 ${allowed ? "border-on/40 bg-onbg" : "border-danger/40 bg-dangerbg"}`}
    >
      <p className={`flex items-center gap-2 font-semibold ${allowed ? "text-on" : "text-danger"}`}>
        <Icon size={16} aria-hidden />
        {allowed ? t("tester.yes") : t("tester.no")}
      </p>
      <p translate="no" className="mt-1 break-words">
        {sentence}
      </p>
      {decidedBy === undefined ? (
        <p className="mt-2 text-[13px] text-ink2">{t("tester.nothing")}</p>
      ) : (
        <>
          <p className="mt-2 text-[13px] text-ink2">
            {t("tester.decidedBy", { origin: decidedBy.origin })}
          </p>
          <p className="mt-1 border-l-2 border-line2 pl-2 text-[13px]">
            {statementWords(decidedBy.statement)}
          </p>
        </>
      )}
    </div>
  );
}
