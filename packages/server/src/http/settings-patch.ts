import { z } from "zod";
import { DomainError } from "../errors.ts";
import { applyToRepresentation, changedMembers, type Patch } from "./patch.ts";

/** Which settings a patch changes, and what all of them are after it. */
export interface PatchedSettings<Shape extends z.ZodRawShape> {
  readonly members: readonly (keyof Shape & string)[];
  readonly wanted: z.output<z.ZodObject<Shape>>;
}

/** What a JSON Patch or merge patch makes of a representation, of which only settings may change. */
export function patchedSettings<Shape extends z.ZodRawShape>(
  representation: object,
  patch: Patch,
  { settings, what }: { settings: z.ZodObject<Shape>; what: string },
): PatchedSettings<Shape> {
  if (patch.kind === "semantic") {
    throw new DomainError(
      "invalid_request",
      `${what} takes no instructions; send a JSON Patch or a merge patch`,
    );
  }
  const patched = applyToRepresentation(representation, patch);
  const changed = changedMembers(representation, z.looseObject({}).parse(patched));
  const isSetting = (name: string): name is keyof Shape & string =>
    Object.hasOwn(settings.shape, name);
  const members = changed.map((name) => {
    if (isSetting(name)) return name;
    const known = Object.keys(settings.shape).join(", ");
    throw new DomainError(
      "invalid_request",
      `the patch changes /${name}, which is not for clients to set; what can be set is ${known}`,
    );
  });
  const wanted = settings.safeParse(patched);
  if (wanted.success) return { members, wanted: wanted.data };
  const [problem] = wanted.error.issues;
  throw new DomainError(
    "invalid_request",
    `the patch makes /${problem?.path.join("/")} wrong: ${problem?.message}`,
  );
}
