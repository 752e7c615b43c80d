import { FlagInstruction } from "@halyard/instructions";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import type { FlagPatch } from "./flag-changes.ts";

const SemanticPatch = z.object({
  comment: z.string().optional(),
  environmentKey: z.string().optional(),
  instructions: z
    .array(z.looseObject({ kind: z.string() }))
    .min(1, "give at least one instruction"),
});

const Operation = z.looseObject({
  op: z.enum(["add", "remove", "replace", "test", "move", "copy"]),
  path: z.string(),
  value: z.unknown().optional(),
});
const JsonPatch = z.union([
  z.array(Operation),
  z.object({ comment: z.string().optional(), patch: z.array(Operation) }),
]);

/** Reads the body of a PATCH into instructions. Semantic patches say them; JSON Patches are translated. */
export function parseFlagPatch(body: unknown): FlagPatch {
  const semantic = SemanticPatch.safeParse(body);
  if (semantic.success) {
    const instructions = semantic.data.instructions.map(parseInstruction);
    return { ...semantic.data, instructions };
  }
  const json = JsonPatch.safeParse(body);
  if (json.success) return translated(json.data);
  const [problem] = semantic.error.issues;
  throw new DomainError(
    "invalid_request",
    `the body is no patch: ${problem?.path.join("/")}: ${problem?.message}; send {"instructions": [{"kind": "turnFlagOn"}]} or a JSON Patch`,
  );
}

function parseInstruction(input: { kind: string }, index: number): FlagInstruction {
  const parsed = FlagInstruction.safeParse(input);
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  const at = problem?.path.length === 0 ? "" : ` at ${problem?.path.join("/")}`;
  throw new DomainError(
    "invalid_request",
    `instruction ${index} (${input.kind}): ${problem?.message ?? "it cannot be read"}${at}`,
  );
}

function translated(body: z.infer<typeof JsonPatch>): FlagPatch {
  const { patch, comment } = Array.isArray(body) ? { patch: body, comment: undefined } : body;
  const found = patch.map(translateOperation);
  const keys = new Set(
    found.flatMap(({ environmentKey }) => (environmentKey === undefined ? [] : [environmentKey])),
  );
  if (keys.size > 1) {
    throw new DomainError(
      "invalid_request",
      `the patch is about several environments (${[...keys].join(", ")}); send one patch for each`,
    );
  }
  const [environmentKey] = keys;
  return { instructions: found.map(({ instruction }) => instruction), comment, environmentKey };
}

interface Translated {
  readonly instruction: FlagInstruction;
  readonly environmentKey?: string;
}

function translateOperation({ op, path, value }: z.infer<typeof Operation>): Translated {
  const [first = "", second = "", third = ""] = path
    .slice(1)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const isSetting = op === "replace" || op === "add";
  if (isSetting && first === "environments" && third === "on" && typeof value === "boolean") {
    return { instruction: { kind: value ? "turnFlagOn" : "turnFlagOff" }, environmentKey: second };
  }
  const instruction = isSetting ? settingOf(first, second, value) : undefined;
  if (instruction === undefined) {
    throw new DomainError(
      "invalid_request",
      `the operation ${op} on ${path} cannot be translated yet; send it as a semantic patch`,
    );
  }
  return { instruction };
}

function settingOf(member: string, rest: string, value: unknown): FlagInstruction | undefined {
  if (member === "name" && typeof value === "string") return { kind: "updateName", value };
  if (member === "description" && typeof value === "string")
    return { kind: "updateDescription", value };
  if (member === "temporary" && typeof value === "boolean")
    return { kind: value ? "makeFlagTemporary" : "makeFlagPermanent" };
  if (member === "archived" && typeof value === "boolean")
    return { kind: value ? "archiveFlag" : "restoreFlag" };
  if (member === "tags" && rest === "-" && typeof value === "string")
    return { kind: "addTags", values: [value] };
  return undefined;
}
