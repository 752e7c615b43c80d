import { type FormEvent, useState } from "react";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { type Member, memberPath } from "./member.ts";
import { useRefusal } from "./member-acts.ts";
import { t } from "./text.ts";

/** First and last name; an admin may mend what somebody has mistyped. */
export function MemberNameForm({ member }: { readonly member: Member }) {
  const [first, setFirst] = useState(member.firstName);
  const [last, setLast] = useState(member.lastName);
  const unavailable = useRefusal(member)("updateName", true);
  const isSame = first === member.firstName && last === member.lastName;
  const patch = (firstName: string, lastName: string) =>
    request("PATCH", memberPath(member._id), [
      { op: "replace", path: "/firstName", value: firstName },
      { op: "replace", path: "/lastName", value: lastName },
    ]);
  const save = useChange<void>({
    path: "/api/",
    send: () => patch(first, last),
    done: () => t("member.done.name"),
    undo: () => patch(member.firstName, member.lastName),
    failed: () => t("member.failed.name"),
  });
  function send(event: FormEvent) {
    event.preventDefault();
    if (!isSame) save.mutate();
  }
  return (
    <form onSubmit={send} className="flex flex-wrap items-end gap-2">
      <TextField
        label={t("member.firstName")}
        value={first}
        onChange={setFirst}
        isReadOnly={unavailable !== undefined}
        autoComplete="off"
        className="min-w-32 flex-1"
      />
      <TextField
        label={t("member.lastName")}
        value={last}
        onChange={setLast}
        isReadOnly={unavailable !== undefined}
        autoComplete="off"
        className="min-w-32 flex-1"
      />
      <Button
        type="submit"
        isDisabled={isSame}
        isPending={save.isPending}
        unavailable={unavailable}
      >
        {t("member.saveName")}
      </Button>
    </form>
  );
}
