import { catalogue } from "../text/catalogue.ts";
import { formatList } from "../text/format.ts";
import { actionWords } from "./actions.ts";
import { resourceWords } from "./resource-words.ts";
import type { Statement } from "./statement.ts";

const t = catalogue({
  "statement.allow": "May {actions}: {resources}.",
  "statement.deny": "May not {actions}: {resources}.",
  "statement.anything": "do anything",
  "statement.otherActions": "do everything but {actions}",
  "statement.otherResources": "everything but {resources}",
  "statement.nothing": "nothing yet",
});

/** A statement as a sentence. */
export function statementWords(statement: Statement): string {
  const isAll = statement.effect === "deny" && statement.actions?.join() === "*";
  const names = statement.actions ?? statement.notActions ?? [];
  const actions = isAll ? t("statement.anything") : said(names, actionWords);
  const resources = said(statement.resources ?? statement.notResources ?? [], resourceWords);
  return t(`statement.${statement.effect}`, {
    actions:
      statement.notActions === undefined ? actions : t("statement.otherActions", { actions }),
    resources:
      statement.notResources === undefined
        ? resources
        : t("statement.otherResources", { resources }),
  });
}

function said(names: readonly string[], words: (name: string) => string): string {
  return names.length === 0 ? t("statement.nothing") : formatList(names.map(words));
}
