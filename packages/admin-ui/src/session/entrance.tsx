import type { FormEvent, ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { Mark } from "../ui/mark.tsx";
import { PageTitle } from "../ui/page-header.tsx";

interface EntranceProps {
  readonly title: string;
  readonly words?: ReactNode;
  readonly children?: ReactNode;
}

/** The frame of the pages that are shown before anybody is signed in. */
export function Entrance({ title, words, children }: EntranceProps) {
  return (
    <main className="mx-auto flex min-h-screen w-full max-w-100 flex-col px-4 pt-[max(2rem,12vh)] pb-8">
      <PageTitle title={title} />
      <p translate="no" className="mb-6 flex items-center gap-2 text-[15px] font-semibold">
        <Mark /> Halyard
      </p>
      <div className="rounded-xl border border-line bg-surface p-6 max-sm:p-4">
        <h1 className="text-xl leading-7 font-semibold tracking-tight">{title}</h1>
        {words !== undefined && <p className="mt-1 text-ink2">{words}</p>}
        {children}
      </div>
    </main>
  );
}

interface EntranceFormProps {
  readonly onSend: (form: FormData) => void | Promise<void>;
  readonly submit: string;
  readonly isBusy?: boolean;
  readonly problem: string | undefined;
  readonly children: ReactNode;
}

/** What was typed stays when it is refused. */
export function EntranceForm(props: EntranceFormProps) {
  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (props.isBusy !== true) void props.onSend(new FormData(event.currentTarget));
  }
  return (
    <form onSubmit={send} className="mt-4 space-y-4">
      {props.children}
      {props.problem !== undefined && (
        <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
          {props.problem}
        </p>
      )}
      <Button type="submit" look="primary" isPending={props.isBusy ?? false} className="h-9 w-full">
        {props.submit}
      </Button>
    </form>
  );
}
