import type { Json } from "@halyard/evaluation";

/** An entry of the audit log, as lists have it. */
export interface AuditEntry {
  readonly _id: string;
  /** Unix milliseconds. */
  readonly date: number;
  /** What was changed: flag, segment, environment … */
  readonly kind: string;
  readonly name: string;
  /** What was done, a sentence a line. */
  readonly description: string;
  readonly comment?: string;
  /** Who did it: a person, a token, the schedule. */
  readonly subject: { readonly name: string };
  readonly member?: {
    readonly _id: string;
    readonly email?: string;
    readonly firstName?: string;
    readonly lastName?: string;
  };
  readonly token?: { readonly _id: string; readonly name: string; readonly ending?: string };
  /** "turned Checkout on in Production" */
  readonly titleVerb: string;
  readonly title: string;
  readonly target: { readonly name: string; readonly resources: readonly string[] };
  readonly _method: string;
  readonly _origin?: { readonly ip: string; readonly userAgent?: string };
}

/** An entry by itself: with what was before and after. */
export interface WholeAuditEntry extends AuditEntry {
  readonly instructions: readonly Json[];
  readonly delta: readonly {
    readonly op: string;
    readonly path: string;
    readonly value?: Json;
  }[];
  readonly previousVersion?: object;
  readonly currentVersion?: object;
}

export interface AuditPageOfEntries {
  readonly items: readonly AuditEntry[];
  readonly _links: { readonly next?: { readonly href: string } };
}

/** What an entry's resource names, such as `proj/web-shop:env/production:flag/checkout`. */
export interface PlaceOfEntry {
  readonly project?: string;
  /** The environment, where the entry is about one. */
  readonly environment?: string;
  readonly flag?: string;
  readonly segment?: string;
}

/** What the entry is about, by the resources it names. */
export function placeOf({ target: { resources } }: Pick<AuditEntry, "target">): PlaceOfEntry {
  const steps = resources.map(stepsOf);
  const only = (kind: string) => {
    const keys = new Set(steps.map((one) => one.get(kind)));
    const [key] = keys;
    return keys.size === 1 && key !== undefined ? { [kind]: key } : {};
  };
  const { proj, env, flag, segment } = {
    ...only("proj"),
    ...only("env"),
    ...only("flag"),
    ...only("segment"),
  } as Readonly<Record<string, string | undefined>>;
  return {
    ...(proj === undefined ? {} : { project: proj }),
    ...(env === undefined ? {} : { environment: env }),
    ...(flag === undefined ? {} : { flag }),
    ...(segment === undefined ? {} : { segment }),
  };
}

function stepsOf(resource: string): ReadonlyMap<string, string> {
  return new Map(
    resource.split(":").map((step) => {
      const [kind = "", ...key] = step.split("/");
      return [kind, key.join("/")] as const;
    }),
  );
}

const link = /\(?\brevert of ([\w-]{16,})\)?/iu;

/** The entry that this one takes back, as its comment says. */
export function revertedBy(entry: Pick<AuditEntry, "comment">): string | undefined {
  return link.exec(entry.comment ?? "")?.[1];
}

/** The comment of an entry that takes another one back. */
export function revertComment(id: string, typed: string): string {
  return typed.trim() === "" ? `Revert of ${id}` : `${typed.trim()} (revert of ${id})`;
}

/** The comment as its writer typed it. */
export function typedComment({ comment = "" }: Pick<AuditEntry, "comment">): string {
  return comment.replace(link, "").trim();
}
