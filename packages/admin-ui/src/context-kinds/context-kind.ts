import { apiPath } from "../api/queries.ts";

/** A kind of contexts as REST shows it. */
export interface ContextKind {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly version: number;
  /** Unix milliseconds; absent where no SDK has ever reported one. */
  readonly lastSeen?: number;
  readonly createdFrom: "default" | "auto-add" | "manual";
  readonly hideInTargeting: boolean;
  readonly archived: boolean;
}

/** What can be said of a kind in a form. */
interface KindForm {
  readonly name: string;
  readonly key: string;
  readonly description: string;
  readonly isOffered: boolean;
}

export function kindsPath(project: string): string {
  return apiPath("projects", project, "context-kinds");
}

export function formOf(kind: ContextKind | undefined): KindForm {
  return {
    name: kind?.name ?? "",
    key: kind?.key ?? "",
    description: kind?.description ?? "",
    isOffered: kind?.hideInTargeting !== true,
  };
}

/** What the server is sent; with the version, so that nobody's change is lost. */
export function bodyOf({ name, description, isOffered }: KindForm, kind: ContextKind | undefined) {
  return {
    name: name.trim(),
    description,
    hideInTargeting: !isOffered,
    ...(kind === undefined ? {} : { version: kind.version }),
  };
}

type KeyProblem = "wrong" | "taken";

/** Why no kind of this key can be made; undefined where one can. */
export function problemOfKey(key: string, known: readonly ContextKind[]): KeyProblem | undefined {
  if (known.some((one) => one.key === key)) return "taken";
  const isKey = /^[A-Za-z0-9._-]{1,100}$/u.test(key) && key !== "kind" && key !== "multi";
  return isKey ? undefined : "wrong";
}

/** Those in use first, archived ones last. */
export function inOrder(kinds: readonly ContextKind[]): readonly ContextKind[] {
  return [...kinds].sort((a, b) => Number(a.archived) - Number(b.archived));
}

/** The kinds that a rule is offered: what was seen there, and what people made, but for what they hid. */
export function offeredKinds(
  seen: readonly string[],
  known: readonly Pick<ContextKind, "key" | "hideInTargeting" | "archived">[],
): readonly string[] {
  const hidden = known.filter((one) => one.hideInTargeting || one.archived).map(({ key }) => key);
  const all = new Set([...seen, ...known.map(({ key }) => key)]);
  return [...all].filter((key) => !hidden.includes(key));
}
