import { z } from "zod";
import { Statement } from "../access/policy.ts";

const Key = z
  .string()
  .max(256)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/u,
    "begin with a letter or digit, then letters, digits, '.', '_' and '-'",
  );

const BasePermissions = z.enum(["reader", "no_access"]);

/** What can be said of a custom role. */
export const RoleSettings = z.object({
  name: z.string().trim().min(1).max(256),
  description: z.string().max(4096).default(""),
  policy: z.array(Statement),
  basePermissions: BasePermissions.default("reader"),
});
export type RoleSettings = z.infer<typeof RoleSettings>;

export const NewRole = RoleSettings.extend({ key: Key });
