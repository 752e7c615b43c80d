import type { JsonObject } from "@halyard/evaluation";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ListFilter, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { apiPath } from "../../api/queries.ts";
import type { Items } from "../../api/representations.ts";
import { request } from "../../api/request.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { SearchField, TextField } from "../../ui/field.tsx";
import { Popover } from "../../ui/popover.tsx";
import { useDraftDesk } from "../draft/draft-desk.ts";
import { nameOfContext } from "../review/impact-shown.tsx";
import { writeObject } from "./context-text.ts";
import { t } from "./text.ts";
import { useTrying } from "./try-context.ts";
import { readContext } from "./use-tried.ts";

/** Contexts that are at hand: used lately, saved under a name, seen by SDKs. */
export function ContextPicker() {
  return (
    <Popover
      label={t("try.pick")}
      isAtEnd
      button={
        <Button look="link" icon={<ListFilter size={14} aria-hidden />}>
          {t("try.pick")}
        </Button>
      }
    >
      {(close) => <Choices onPick={close} />}
    </Popover>
  );
}

function Choices({ onPick }: { readonly onPick: () => void }) {
  const { setText, kept } = useTrying();
  const [personas, setPersonas] = useState(kept.personas);
  const [search, setSearch] = useState("");
  const seen = useSeen(search);
  const pick = (text: string) => {
    setText(text);
    onPick();
  };
  return (
    <div className="w-72 space-y-3">
      <Group title={t("try.personas")}>
        {personas.map(({ name, text }) => (
          <li key={name} className="flex items-center">
            <Choice name={name} onPick={() => pick(text)} />
            <IconButton
              label={t("try.forget", { name })}
              onPress={() => {
                kept.forget(name);
                setPersonas(kept.personas);
              }}
            >
              <X size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </Group>
      <SavePersona onSaved={() => setPersonas(kept.personas)} />
      <Group title={t("try.recent")}>
        {kept.recent.map((text) => (
          <li key={text}>
            <Choice name={nameOfText(text)} detail={text} onPick={() => pick(text)} />
          </li>
        ))}
      </Group>
      <SearchField
        label={t("try.seen")}
        placeholder={t("try.seen")}
        value={search}
        onChange={setSearch}
      />
      <Group title={t("try.seen")}>
        {seen.map((context) => {
          const text = writeObject(context);
          return (
            <li key={text}>
              <Choice name={nameOfContext(context)} detail={text} onPick={() => pick(text)} />
            </li>
          );
        })}
      </Group>
    </div>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1 text-xs font-medium text-ink3">{title}</h3>
      <ul className="-mx-1">{children}</ul>
    </section>
  );
}

function Choice(props: {
  readonly name: string;
  readonly detail?: string;
  readonly onPick: () => void;
}) {
  return (
    <button
      type="button"
      translate="no"
      onClick={props.onPick}
      className="flex min-h-8 w-full min-w-0 items-baseline gap-2 rounded px-1 text-left hover:bg-chosen pointer-coarse:min-h-11"
    >
      <span className="shrink-0 font-medium">{props.name}</span>
      <span className="min-w-0 truncate font-mono text-xs text-ink3">
        {props.detail?.replaceAll(/\s+/gu, " ")}
      </span>
    </button>
  );
}

function SavePersona({ onSaved }: { readonly onSaved: () => void }) {
  const { text, typed, kept } = useTrying();
  const [name, setName] = useState("");
  if ("problem" in typed) return null;
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === "") return;
        kept.keep({ name: name.trim(), text });
        setName("");
        onSaved();
      }}
    >
      <TextField
        label={t("try.personaName")}
        value={name}
        onChange={setName}
        autoComplete="off"
        className="flex-1"
      />
      <Button type="submit">{t("try.save")}</Button>
    </form>
  );
}

function nameOfText(text: string): string {
  const typed = readContext(text);
  return "name" in typed ? typed.name : "";
}

interface Seen {
  readonly context: JsonObject;
}

const none: readonly JsonObject[] = [];

/** Contexts that SDKs have reported here, the last first. */
function useSeen(search: string): readonly JsonObject[] {
  const { place } = useDraftDesk();
  const environment = apiPath("projects", place.project, "environments", place.environment);
  const path = `${environment}/contexts/search`;
  const filter =
    search.trim() === "" ? {} : { filter: `key startsWith ${JSON.stringify(search.trim())}` };
  const { data } = useQuery({
    queryKey: [path, search.trim()],
    staleTime: 30_000,
    retry: false,
    queryFn: ({ signal }) =>
      request<Items<Seen>>("POST", path, { ...filter, sort: "-ts", limit: 8 }, { signal }),
    placeholderData: keepPreviousData,
  });
  return data?.items.map(({ context }) => context) ?? none;
}
