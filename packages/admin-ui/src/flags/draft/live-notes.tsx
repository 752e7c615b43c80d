import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { partsTouchedBy } from "../../drafts/touched-parts.ts";
import type { ChangeMessage } from "../../live/messages.ts";
import { useChanges } from "../../live/use-live.ts";
import { me } from "../../session/me.ts";
import { formatList } from "../../text/format.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { useDraftDesk } from "./draft-desk.ts";
import { t } from "./text.ts";

const glow = "animate-glow";

/** Tells of what others change on this page: in words for who listens, and by a glow of the part. */
export function LiveNotes() {
  const { flag, environment } = useFlagPage();
  const { saved } = useDraftDesk();
  const { data: person } = useQuery(me);
  const [words, setWords] = useState("");
  const glowing = useRef<readonly string[]>([]);
  useChanges((change) => {
    const isThis = change.resources.some((one) => one.endsWith(`:flag/${flag.key}`));
    const isMine = change.who.kind === "member" && change.who.name === person?.name;
    if (!isThis || isMine) return;
    glowing.current = placesOf(change, environment.key);
    const environments = formatList(change.environments);
    const told = { who: change.who.name, flag: flag.name, words: change.words.join("; ") };
    setWords(
      environments === ""
        ? t("live.changed", told)
        : t("live.changed.in", { ...told, environments }),
    );
  });
  useEffect(() => {
    // What glows is on screen once the flag that was fetched anew is.
    if (saved === undefined) return;
    for (const place of glowing.current)
      for (const element of document.querySelectorAll(place)) light(element);
    glowing.current = [];
  }, [saved]);
  return (
    <p role="status" className="sr-only" translate="no">
      {words}
    </p>
  );
}

function light(element: Element): void {
  element.classList.add(glow);
  element.addEventListener("animationend", () => element.classList.remove(glow), { once: true });
}

/** Where on the page a change is seen. */
function placesOf(change: ChangeMessage, environmentKey: string): readonly string[] {
  const [changed = environmentKey] = change.environments;
  const names = change.instructions.flatMap((one) =>
    partsTouchedBy(one, changed).map(({ name }) => name),
  );
  return [...new Set(names.flatMap((name) => placesOfPart(name, environmentKey)))];
}

function placesOfPart(name: string, environmentKey: string): readonly string[] {
  const [environment = "", part = "", id = ""] = name.split("/");
  const card = `li:has(> * > [data-environment="${CSS.escape(environment)}"])`;
  if (environment !== environmentKey) return [card];
  if (part === "rules" && id !== "" && id !== "order")
    return [`[data-rule="${CSS.escape(id)}"]`, card];
  return [`[data-part="${CSS.escape(part)}"]`, card];
}
