import { z } from "zod";
import { Link, linkTo } from "../http/paging.ts";
import type { PublicContext } from "./public-context.ts";
import type { SeenContext } from "./seen-context-store.ts";

/** What users were known by before contexts came; all else is custom. */
export const standardAttributes = [
  "secondary",
  "ip",
  "country",
  "email",
  "firstName",
  "lastName",
  "avatar",
  "name",
] as const;

const text = z.string().optional();
const User = z.object({
  key: z.string(),
  ...Object.fromEntries(standardAttributes.map((name) => [name, text])),
  anonymous: z.boolean().optional(),
  custom: z.record(z.string(), z.unknown()).optional(),
  privateAttrs: z.array(z.string()).optional(),
});

/** A context of kind user in the older shape. */
export const UserRecord = z
  .object({
    lastPing: z.string().describe("Date and time."),
    environmentId: z.string(),
    ownerId: z.string(),
    user: User,
    sortValue: z.unknown(),
    _links: z.record(z.string(), Link),
  })
  .meta({ id: "UserRecord" });

export function userRepresentation(
  context: SeenContext,
  { environmentId, parent }: { environmentId: string; parent: string },
) {
  const self = `${parent}/${encodeURIComponent(context.key)}`;
  return {
    lastPing: new Date(context.lastSeen).toISOString(),
    environmentId,
    ownerId: "",
    user: userOf(context),
    sortValue: context.lastSeen,
    _links: {
      self: linkTo(self),
      parent: linkTo(parent),
      settings: linkTo(`${self}/flags`),
    },
  };
}

function userOf({ key, attributes, redacted }: PublicContext) {
  const { anonymous, ...others } = attributes;
  const isStandard = (name: string, value: unknown) =>
    typeof value === "string" && standardAttributes.some((one) => one === name);
  const entries = Object.entries(others);
  const custom = entries.filter(([name, value]) => !isStandard(name, value));
  return {
    key,
    ...Object.fromEntries(entries.filter(([name, value]) => isStandard(name, value))),
    ...(typeof anonymous === "boolean" ? { anonymous } : {}),
    ...(custom.length === 0 ? {} : { custom: Object.fromEntries(custom) }),
    ...(redacted.length === 0 ? {} : { privateAttrs: [...redacted] }),
  };
}
