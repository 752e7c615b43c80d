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

/** The parts of a query that say which flags are wanted; `tag` and `archived` are older than `filter`. */
export interface FlagListQuery {
  readonly filter?: string | undefined;
  readonly tag?: string | undefined;
  readonly archived?: boolean | undefined;
}

/** Reads `query:dark,tags:beta+web,state:archived`: commas join parts, `+` joins values. */
export function parseFlagFilter({ filter, tag, archived }: FlagListQuery): FlagFilter {
  const parts = new Map<string, string>();
  if (tag !== undefined) parts.set("tags", tag);
  if (archived === true) parts.set("state", "archived");
  for (const part of (filter ?? "").split(",").filter((one) => one !== "")) {
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

const orders: Readonly<Record<string, (a: StoredFlag, b: StoredFlag) => number>> = {
  creationDate: (a, b) => a.createdAt - b.createdAt,
  key: (a, b) => compareTexts(a.state.key, b.state.key),
  name: (a, b) => compareTexts(a.state.name, b.state.name),
  type: (a, b) => Number(a.state.temporary) - Number(b.state.temporary),
};

/** Reads `-creationDate,key`: a minus turns the order round, later names decide between equals. */
export function flagOrder(sort: string | undefined): (a: StoredFlag, b: StoredFlag) => number {
  const steps = (sort ?? "")
    .split(",")
    .filter((one) => one !== "")
    .map((one) => {
      const isDescending = one.startsWith("-");
      const name = isDescending ? one.slice(1) : one;
      const order = Object.hasOwn(orders, name) ? orders[name] : undefined;
      if (order === undefined) {
        throw new DomainError(
          "invalid_request",
          `flags cannot be sorted by "${name}"; use ${Object.keys(orders).join(", ")}`,
        );
      }
      return { order, direction: isDescending ? -1 : 1 };
    });
  return (a, b) => {
    for (const { order, direction } of steps) {
      const difference = order(a, b) * direction;
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

function compareTexts(a: string, b: string): number {
  return a.localeCompare(b, "en");
}
