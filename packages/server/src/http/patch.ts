import { isSame } from "@halyard/instructions";
import { applyPatch, type Operation, Pointer } from "rfc6902";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { JsonValue } from "./json-value.ts";

const base = { path: z.string().regex(/^(\/|$)/u, "a path begins with /") };
const JsonOperation = z.discriminatedUnion("op", [
  z.object({ ...base, op: z.literal("add"), value: JsonValue }),
  z.object({ ...base, op: z.literal("replace"), value: JsonValue }),
  z.object({ ...base, op: z.literal("test"), value: JsonValue }),
  z.object({ ...base, op: z.literal("remove") }),
  z.object({ ...base, op: z.literal("move"), from: base.path }),
  z.object({ ...base, op: z.literal("copy"), from: base.path }),
]);
type JsonOperation = z.infer<typeof JsonOperation>;

const Comment = z.string().optional();
const Semantic = z.object({
  comment: Comment,
  environmentKey: z.string().optional(),
  instructions: z
    .array(z.looseObject({ kind: z.string() }))
    .min(1, "give at least one instruction"),
});
const JsonPatch = z.object({
  comment: Comment,
  patch: z.array(JsonOperation).min(1, "give at least one operation"),
});
const MergePatch = z.object({ comment: Comment, merge: z.record(z.string(), JsonValue) });

/** The body of a PATCH: instructions, operations on the representation, or members to put over it. */
export type Patch =
  | ({ readonly kind: "semantic" } & z.infer<typeof Semantic>)
  | ({ readonly kind: "json" } & z.infer<typeof JsonPatch>)
  | ({ readonly kind: "merge" } & z.infer<typeof MergePatch>);

/** Describes the three bodies; they are read by {@link parsePatch}, whose errors say more. */
export const PatchBody = z.unknown().meta({
  description: "Instructions, a JSON Patch (RFC 6902) or a merge patch (RFC 7386).",
  anyOf: [Semantic, z.array(JsonOperation), JsonPatch, z.record(z.string(), JsonValue)].map(
    (schema) => {
      const { $schema: _, ...described } = z.toJSONSchema(schema, { unrepresentable: "any" });
      return described;
    },
  ),
  examples: [{ instructions: [{ kind: "updateName", value: "Checkout" }] }],
});

/** Tells the three bodies apart by their shape, or by the content type where that says it. */
export function parsePatch(body: unknown, contentType = ""): Patch {
  if (Array.isArray(body)) return { kind: "json", ...read(JsonPatch, { patch: body }) };
  if (typeof body !== "object" || body === null) {
    throw new DomainError(
      "invalid_request",
      'the body is no patch; send {"instructions": […]}, a JSON Patch or a merge patch',
    );
  }
  if ("instructions" in body || contentType.includes("semanticpatch"))
    return { kind: "semantic", ...read(Semantic, body) };
  if ("patch" in body && Array.isArray(body.patch))
    return { kind: "json", ...read(JsonPatch, body) };
  // A member of its own may be called so too: only the wrapper has nothing beside it but a comment.
  const isWrapped = "merge" in body && Object.keys(body).every((key) => wrapper.includes(key));
  return { kind: "merge", ...read(MergePatch, isWrapped ? body : { merge: body }) };
}

const wrapper = ["merge", "comment"];

/** A representation as a patch of one of the two standards leaves it; what comes in stays as it is. */
export function applyToRepresentation(representation: object, patch: Patch): unknown {
  if (patch.kind === "semantic") {
    throw new DomainError(
      "invalid_request",
      "this takes no instructions; send a JSON Patch or a merge patch",
    );
  }
  const copy: unknown = JSON.parse(JSON.stringify(representation));
  if (patch.kind === "merge") return merged(copy, patch.merge);
  for (const [index, operation] of patch.patch.entries()) applyOperation(copy, operation, index);
  return copy;
}

/** The members that differ between two representations. */
export function changedMembers(before: object, after: object): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const member = (object: object, name: string): unknown =>
    Object.entries(object).find(([key]) => key === name)?.[1];
  return [...names].filter((name) => !isSame(member(before, name), member(after, name)));
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  const at = (problem?.path ?? []).join("/");
  throw new DomainError("invalid_request", `the patch cannot be read: ${at}: ${problem?.message}`);
}

function applyOperation(target: unknown, operation: JsonOperation, index: number): void {
  const { op, path } = operation;
  const place = `operation ${index} (${op}) on ${path === "" ? "the whole" : path}`;
  const from = "from" in operation ? [operation.from] : [];
  for (const one of [path, ...from]) checkPointer(target, one, { op, place });
  if (path === "" && op !== "test") {
    throw new DomainError(
      "invalid_request",
      `${place}: it cannot be put in place of; name a member`,
    );
  }
  const [problem] = applyPatch(target, [ownOperation(target, operation)]);
  if (problem === null || problem === undefined) return;
  if (problem.name === "TestError") {
    throw new DomainError(
      "optimistic_locking_error",
      `${place}: the value is another one by now; read it again and decide anew`,
    );
  }
  throw noSuchMember(place);
}

function noSuchMember(place: string): DomainError {
  return new DomainError("invalid_request", `${place}: there is no such member; check the path`);
}

/** What has a default is not always shown, and clients replace it all the same. */
function ownOperation(target: unknown, operation: JsonOperation): Operation {
  if (operation.op !== "replace") return operation as Operation; // Read by its schema above.
  const { tokens } = Pointer.fromJSON(operation.path);
  const parent: unknown = new Pointer(tokens.slice(0, -1)).get(target);
  const isAbsent = isObject(parent) && !Object.hasOwn(parent, tokens.at(-1) ?? "");
  return isAbsent ? { ...operation, op: "add" } : operation;
}

/** What the library takes for another place: names of a prototype, and what is no index of an array. */
function checkPointer(
  target: unknown,
  path: string,
  { op, place }: { op: JsonOperation["op"]; place: string },
): void {
  const { tokens } = Pointer.fromJSON(path);
  const odd = tokens.find((token) => ["__proto__", "constructor", "prototype"].includes(token));
  if (odd !== undefined) {
    throw new DomainError(
      "invalid_request",
      `${place}: a JSON Patch cannot reach into "${odd}"; send a merge patch or instructions`,
    );
  }
  const parent: unknown = new Pointer(tokens.slice(0, -1)).get(target);
  if (parent === undefined || isObject(parent)) return; // Where there is none, the library says so.
  if (!Array.isArray(parent)) throw noSuchMember(place);
  const last = tokens.at(-1) ?? "";
  const isIndex = /^(0|[1-9]\d*)$/u.test(last) && Number(last) <= parent.length;
  if (isIndex || (last === "-" && op === "add")) return;
  throw new DomainError(
    "invalid_request",
    `${place}: "${last}" is no place in a list of ${parent.length}; count from 0${op === "add" ? ", or end with -" : ""}`,
  );
}

/** RFC 7386: null takes a member away, objects are merged, all else is put in its place. */
function merged(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name);
    else result.set(name, merged(result.get(name), value));
  }
  return Object.fromEntries(result);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
