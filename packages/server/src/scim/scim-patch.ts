import { z } from "zod";
import { ScimError } from "./scim-error.ts";
import { memberNamed, parseScimFilter, type ScimResource, withoutSchema } from "./scim-filter.ts";

const Operation = z.object({
  // Some clients write it with a capital.
  op: z
    .string()
    .toLowerCase()
    .pipe(z.enum(["add", "replace", "remove"])),
  path: z.string().optional(),
  value: z.unknown().optional(),
});
type Operation = z.infer<typeof Operation>;

export const ScimPatch = z.object({ Operations: z.array(Operation).min(1).max(1_000) });

interface Place {
  readonly name: string;
  readonly filter: string | undefined;
  readonly sub: string | undefined;
}

/** A resource as the operations leave it: RFC 7644, section 3.5.2, in the forms that directories send. */
export function patchedResource(
  resource: ScimResource,
  operations: readonly Operation[],
): ScimResource {
  return operations.reduce(applied, resource);
}

function applied(resource: ScimResource, { op, path, value }: Operation): ScimResource {
  if (path !== undefined && path !== "") return appliedAt(resource, placeOf(path), { op, value });
  if (op === "remove" || !isObject(value)) {
    throw new ScimError("invalidPath", `${op}: give a path, or a value that is an object`);
  }
  // Without a path each member is one, which may itself be one of several steps.
  return Object.entries(value).reduce(
    (changed, [name, one]) => appliedAt(changed, placeOf(name), { op, value: one }),
    resource,
  );
}

interface Act {
  readonly op: Operation["op"];
  readonly value: unknown;
}

function appliedAt(resource: ScimResource, { name, filter, sub }: Place, act: Act): ScimResource {
  const present = memberNamed(resource, name);
  const key = Object.keys(resource).find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
  if (filter !== undefined) {
    return { ...resource, [key]: changedElements(listOf(present), { filter, sub }, act) };
  }
  if (sub !== undefined) {
    const inner = isObject(present) ? present : {};
    return { ...resource, [key]: appliedAt(inner, { name: sub, filter, sub: undefined }, act) };
  }
  if (Array.isArray(present)) return { ...resource, [key]: changedList(present, act) };
  if (act.op === "remove") return { ...resource, [key]: undefined };
  const isMerged = isObject(present) && isObject(act.value);
  return { ...resource, [key]: isMerged ? { ...present, ...act.value } : act.value };
}

/** A whole list: values are added once, replaced, or taken out, all of them where none is named. */
function changedList(present: readonly unknown[], { op, value }: Act): readonly unknown[] {
  const given = listOf(value);
  const names = given.map(nameOf);
  if (op === "replace") return given;
  if (op === "remove")
    return value === undefined ? [] : present.filter((one) => !names.includes(nameOf(one)));
  return [...present.filter((one) => !names.includes(nameOf(one))), ...given];
}

/** Those elements of a list that fit a filter, such as `members[value eq "…"]`. */
function changedElements(
  present: readonly unknown[],
  { filter, sub }: { filter: string; sub: string | undefined },
  { op, value }: Act,
): readonly unknown[] {
  const fits = parseScimFilter(filter);
  const isFound = present.some((one) => isObject(one) && fits(one));
  if (op === "remove" && sub === undefined)
    return present.filter((one) => !(isObject(one) && fits(one)));
  const changed = present.map((one) => {
    if (!isObject(one) || !fits(one)) return one;
    if (sub !== undefined) return appliedAt(one, placeOf(sub), { op, value });
    return isObject(value) ? { ...one, ...value } : value;
  });
  if (isFound || op === "remove") return changed;
  const [, name, text] = /^(\w+)\s+eq\s+"([^"]*)"$/iu.exec(filter) ?? [];
  const named = name === undefined ? {} : { [name]: text };
  const added = sub === undefined ? (isObject(value) ? value : { value }) : { [sub]: value };
  return [...changed, { ...named, ...added }];
}

function placeOf(path: string): Place {
  const found = /^([\w$-]+)(?:\[(.+)\])?(?:\.([\w$-]+))?$/u.exec(withoutSchema(path));
  if (found?.[1] !== undefined) return { name: found[1], filter: found[2], sub: found[3] };
  throw new ScimError("invalidPath", `the path "${path}" cannot be read; write name.givenName`);
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function nameOf(element: unknown): unknown {
  return memberNamed(element, "value") ?? element;
}

function isObject(value: unknown): value is ScimResource {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
