import { configurationIn } from "@halyard/instructions";
import { type ReactNode, useDeferredValue, useEffect, useMemo, useState } from "react";
import { useDraftDesk } from "../draft/draft-desk.ts";
import { KeptContexts } from "./kept-contexts.ts";
import { pathOf } from "./tried-path.ts";
import { TryingContext } from "./try-context.ts";
import { PathContext } from "./use-path.ts";
import { readContext, useTried } from "./use-tried.ts";

const example = '{\n  kind: "user",\n  key: "ada"\n}';
/** What was tried for so long counts as used. */
const usedMs = 2_000;

/** Tries a context on the page: its way is drawn on the parts of the flag once somebody has chosen one. */
export function TryProvider({ children }: { readonly children: ReactNode }) {
  const { place, drafted } = useDraftDesk();
  const { environment, member } = place;
  const kept = useMemo(() => new KeptContexts(member), [member]);
  const [chosen, setText] = useState<string>();
  const text = chosen ?? kept.recent[0] ?? example;
  const rested = useDeferredValue(text);
  const typed = useMemo(() => readContext(rested), [rested]);
  const tried = useTried(environment, typed);
  const isChosen = text !== example;
  useEffect(() => {
    if (!(isChosen && "json" in typed)) return;
    const timer = setTimeout(() => kept.use(rested), usedMs);
    return () => clearTimeout(timer);
  }, [kept, rested, typed, isChosen]);
  const path = useMemo(() => {
    const configuration = configurationIn(drafted, environment);
    if (!isChosen || tried === undefined || configuration === undefined) return undefined;
    return pathOf(tried.now, configuration, "name" in typed ? typed.name : "");
  }, [tried, drafted, environment, typed, isChosen]);
  const trying = useMemo(() => ({ text, setText, typed, tried, kept }), [text, typed, tried, kept]);
  return (
    <TryingContext value={trying}>
      <PathContext value={path}>{children}</PathContext>
    </TryingContext>
  );
}
