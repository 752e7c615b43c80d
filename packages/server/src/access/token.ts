import { z } from "zod";
import { Statement } from "./policy.ts";

/** What a token is to be; without anything that says what it may, it reads. */
export const NewToken = z
  .object({
    name: z.string().trim().min(1, "give a name that says what the token is for").max(256),
    description: z.string().max(4096).default(""),
    role: z.enum(["reader", "writer", "admin"]).optional(),
    customRoleIds: z.array(z.string()).optional(),
    inlineRole: z.array(Statement).min(1).optional(),
    serviceToken: z.boolean().default(false),
    defaultApiVersion: z.int().optional(),
    /** Unix milliseconds; without it the token holds until it is deleted. */
    expiresAt: z.int().min(0).optional(),
  })
  .refine(
    ({ role, customRoleIds, inlineRole }) =>
      [role, customRoleIds, inlineRole].filter((one) => one !== undefined).length <= 1,
    "give one of role, customRoleIds and inlineRole",
  );
export type NewToken = z.infer<typeof NewToken>;

/** What can be changed of a token. */
export const TokenSettings = z.object({
  name: NewToken.shape.name,
  description: z.string().max(4096),
  role: z.enum(["reader", "writer", "admin", "owner"]).optional(),
  customRoleIds: z.array(z.string()).optional(),
  inlineRole: z.array(Statement).min(1).optional(),
  defaultApiVersion: z.int().optional(),
});
export type TokenSettings = z.infer<typeof TokenSettings>;
