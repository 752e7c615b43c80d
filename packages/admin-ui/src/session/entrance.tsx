import type { ReactNode } from "react";
import { Mark } from "../ui/mark.tsx";

/** The frame of the pages that are shown before anybody is signed in. */
export function Entrance({ title, children }: { readonly title: string; children: ReactNode }) {
  return (
    <main className="mx-auto mt-[12vh] max-w-sm px-4">
      <p className="mb-6 flex items-center gap-2 text-[15px] font-semibold tracking-tight">
        <Mark /> Halyard
      </p>
      <h1 className="text-xl font-semibold">{title}</h1>
      {children}
    </main>
  );
}

interface EntranceFormProps {
  readonly onSend: (form: FormData) => void | Promise<void>;
  readonly submit: string;
  readonly problem: string | undefined;
  readonly children: ReactNode;
}

export function EntranceForm({ onSend, submit, problem, children }: EntranceFormProps) {
  return (
    <form action={onSend} className="mt-4 space-y-3 rounded-lg border border-line bg-surface p-4">
      {children}
      {problem !== undefined && (
        <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
          {problem}
        </p>
      )}
      <button
        type="submit"
        className="h-8 w-full rounded-md bg-primary font-semibold text-onprimary"
      >
        {submit}
      </button>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly type: string;
  readonly complete: string;
  readonly value?: string;
  readonly onChange?: (value: string) => void;
}

export function Field({ label, name, type, complete, value, onChange }: FieldProps) {
  return (
    <label className="block font-medium">
      {label}
      <input
        required
        name={name}
        type={type}
        autoComplete={complete}
        {...(value === undefined ? {} : { value })}
        onChange={(event) => onChange?.(event.target.value)}
        className="mt-1 block h-8 w-full rounded-md border border-line2 bg-surface px-2 font-normal"
      />
    </label>
  );
}
