import { resourceWords } from "../roles/resource-words.ts";
import type { Statement } from "../roles/statement.ts";
import { statementWords } from "../roles/statement-words.ts";
import { formatList } from "../text/format.ts";
import { t } from "./text.ts";

/** What a relay learns by a statement; the statement itself where it says more than that. */
export function relayWords(statement: Statement): string {
  const { effect, actions, resources } = statement;
  if (actions?.join() !== "*" || resources === undefined) return statementWords(statement);
  const list = formatList(resources.map(resourceWords));
  return t(effect === "allow" ? "relay.learns" : "relay.learnsNot", { list });
}
