/** What the address of a timeline says. */
export interface AuditSearch {
  readonly q?: string;
  /** The id of a member. */
  readonly who?: string;
  /** The key of an environment; `env` is the one that a page is about. */
  readonly in?: string;
  readonly kind?: AuditKind;
  /** The key of the flag or segment; `*` stands for anything. */
  readonly key?: string;
  readonly action?: string;
  readonly door?: AuditDoor;
  readonly since?: AuditSpan;
  /** A day such as 2026-11-25, instead of `since`. */
  readonly from?: string;
  readonly to?: string;
}

export const auditKinds = [
  "flag",
  "segment",
  "environment",
  "project",
  "member",
  "team",
  "role",
  "webhook",
] as const;
type AuditKind = (typeof auditKinds)[number];
export const auditDoors = [
  "member",
  "token",
  "schedule",
  "trigger",
  "approval",
  "workflow",
  "system",
] as const;
export type AuditDoor = (typeof auditDoors)[number];
export const auditSpans = ["hour", "day", "week", "month"] as const;
type AuditSpan = (typeof auditSpans)[number];

const hourMs = 3_600_000;
const lengths: Readonly<Record<AuditSpan, number>> = {
  hour: hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
  month: 30 * 24 * hourMs,
};

/** What is searched within: a project, or one flag of it. */
export interface AuditScope {
  readonly project: string;
  readonly flag?: string;
}

/** Reads the address; what it cannot mean is left out. */
export function auditSearchOf(search: Readonly<Record<string, unknown>>): AuditSearch {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === "string" && value !== "" ? { [name]: value } : {};
  };
  const one = <T extends string>(name: string, known: readonly T[]) => {
    const value = known.find((each) => each === search[name]);
    return value === undefined ? {} : { [name]: value };
  };
  const day = (name: string) => {
    const value = search[name];
    return typeof value === "string" && dayPattern.test(value) ? { [name]: value } : {};
  };
  return {
    ...text("q"),
    ...text("who"),
    ...text("in"),
    ...text("key"),
    ...text("action"),
    ...one("kind", auditKinds),
    ...one("door", auditDoors),
    ...one("since", auditSpans),
    ...day("from"),
    ...day("to"),
  };
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/u;

export function isFiltered(search: AuditSearch): boolean {
  return Object.keys(search).length > 0;
}

/** The same question in the words of the REST API. `now` is in Unix milliseconds. */
export function auditQuery(scope: AuditScope, search: AuditSearch, now: number): URLSearchParams {
  const { q, who, action, door } = search;
  const query = new URLSearchParams(aboutOf(scope, search));
  for (const [name, value] of Object.entries({ q, member: who, action, method: door })) {
    if (value !== undefined) query.set(name, value);
  }
  const { after, before } = timesOf(search, now);
  if (after !== undefined) query.set("after", String(after));
  if (before !== undefined) query.set("before", String(before));
  return query;
}

function aboutOf({ project, flag }: AuditScope, search: AuditSearch): Record<string, string> {
  const { in: env, kind, key = "*" } = search;
  const proj = `proj/${project}`;
  const inEnvironment = `${proj}:env/${env ?? "*"}`;
  if (flag !== undefined) return { spec: `${inEnvironment}:flag/${flag}` };
  switch (kind) {
    case undefined:
      return { under: env === undefined ? proj : `${proj}:env/${env}` };
    case "flag":
    case "segment":
      return { spec: `${inEnvironment}:${kind}/${key}` };
    case "environment":
      return { spec: inEnvironment };
    case "project":
      return { spec: proj };
    case "member":
    case "role":
    case "team":
    case "webhook":
      return { spec: `${kind}/*` };
    default:
      return kind satisfies never;
  }
}

/** `to` is the last day that counts. What began a span ago is rounded to the minute, so that the address of a request stays the same for so long. */
function timesOf({ since, from, to }: AuditSearch, now: number) {
  const minute = Math.floor(now / 60_000) * 60_000;
  const after = since === undefined ? startOf(from) : minute - lengths[since];
  const lastDay = startOf(to);
  return { after, before: lastDay === undefined ? undefined : nextDay(lastDay) };
}

/** When a day begins here. */
function startOf(day: string | undefined): number | undefined {
  if (day === undefined) return undefined;
  const at = new Date(`${day}T00:00`).getTime();
  return Number.isNaN(at) ? undefined : at;
}

function nextDay(at: number): number {
  const date = new Date(at);
  return date.setDate(date.getDate() + 1);
}
