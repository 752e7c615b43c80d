import { z } from "zod";
import { Link, linkTo } from "../http/paging.ts";
import type { ContextKind } from "./context-kind-queries.ts";

/** What a kind can be called: "kind" and "multi" have a meaning in contexts already. */
export const KindKey = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9._-]+$/u, "letters, digits, '.', '_' and '-'")
  .refine(
    (key) => key !== "kind" && key !== "multi",
    '"kind" and "multi" are no kinds of contexts',
  );

export const KindSettings = z.object({
  name: z.string().trim().min(1).max(256),
  description: z.string().max(4096).optional(),
  hideInTargeting: z.boolean().optional(),
  archived: z.boolean().optional(),
  version: z
    .int()
    .optional()
    .describe("Which version is meant to be changed; refused where it is another one by now."),
});
export type KindSettings = z.infer<typeof KindSettings>;

const Time = z.int().describe("Unix milliseconds.");

export const KindRepresentation = z
  .object({
    key: z.string(),
    name: z.string(),
    description: z.string(),
    version: z.int(),
    creationDate: Time,
    lastModified: Time,
    lastSeen: Time.optional(),
    createdFrom: z.enum(["default", "auto-add", "manual"]),
    hideInTargeting: z.boolean(),
    archived: z.boolean(),
    _links: z.object({ parent: Link }),
  })
  .meta({ id: "ContextKind" });

export function kindRepresentation(
  kind: ContextKind,
  projectKey: string,
): z.output<typeof KindRepresentation> {
  return {
    key: kind.key,
    ...settingsOfKind(kind),
    version: kind.version,
    creationDate: kind.created_at,
    lastModified: kind.updated_at,
    ...(kind.last_seen_at === null ? {} : { lastSeen: kind.last_seen_at }),
    createdFrom: kind.created_from,
    _links: { parent: linkTo(`/api/v2/projects/${projectKey}/context-kinds`) },
  };
}

/** What people say of a kind. */
export function settingsOfKind(kind: ContextKind) {
  return {
    name: kind.name,
    description: kind.description,
    hideInTargeting: kind.hide_in_targeting === 1,
    archived: kind.archived === 1,
  };
}
