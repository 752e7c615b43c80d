import { DomainError } from "../errors.ts";
import type { StoredFlag } from "./flag-queries.ts";

/** What a list of flags is narrowed to: each part has to fit. */
export interface FlagFilter {
  readonly query?: string;
  readonly tags?: readonly string[];
  readonly states?: readonly string[];
  readonly type?: string;
}

const known = ["query", "tags", "state", "type"];

/** Reads `query:dark,tags:beta+web,state:archived`: commas join parts, `+` joins values. */
export function parseFlagFilter(text: string | undefined): FlagFilter {
  const parts = new Map<string, string>();
  for (const part of (text ?? "").split(",").filter((one) => one !== "")) {
    const [name = "", ...value] = part.split(":");
    if (!known.includes(name)) {
      throw new DomainError(
        "invalid_request",
        `there is no filter "${name}"; use ${known.join(", ")}`,
      );
    }
    parts.set(name, value.join(":"));
  }
  const [query, tags, states, type] = known.map((name) => parts.get(name));
  return {
    ...(query === undefined ? {} : { query: query.toLowerCase() }),
    ...(tags === undefined ? {} : { tags: tags.split("+") }),
    ...(states === undefined ? {} : { states: states.split("+") }),
    ...(type === undefined ? {} : { type }),
  };
}

/** Archived flags are listed only where they are asked for. */
export function matchesFilter({
  query,
  tags,
  states,
  type,
}: FlagFilter): (flag: StoredFlag) => boolean {
  return ({ state }) => {
    const lifecycle = state.archived ? "archived" : state.deprecated ? "deprecated" : "live";
    return (
      (states === undefined ? !state.archived : states.includes(lifecycle)) &&
      (tags ?? []).every((tag) => state.tags.includes(tag)) &&
      (type === undefined || type === (state.temporary ? "temporary" : "permanent")) &&
      (query === undefined || `${state.key} ${state.name}`.toLowerCase().includes(query))
    );
  };
}
