import { z } from "zod";
import { Link, linkTo } from "../http/paging.ts";
import { contextOf } from "./public-context.ts";
import type { SeenContext, SeenInstance } from "./seen-context-store.ts";

const Links = z.record(z.string(), Link);
const LastSeen = z.string().describe("Date and time.");
const collection = {
  _environmentId: z.string(),
  totalCount: z.int().optional(),
  continuationToken: z.string().optional(),
  _links: Links,
};

export const InstanceList = z.object({
  ...collection,
  items: z.array(
    z.object({
      id: z.string(),
      lastSeen: LastSeen,
      applicationId: z.string(),
      anonymousKinds: z.array(z.string()),
      context: z.unknown(),
      _links: Links,
    }),
  ),
});

export const ContextList = z.object({
  ...collection,
  items: z.array(
    z.object({
      lastSeen: LastSeen,
      applicationId: z.string(),
      context: z.unknown(),
      associatedContexts: z.int(),
      _links: Links,
    }),
  ),
});

/** `environment` is the address of the environment. */
export function instanceRepresentation(
  { id, lastSeen, applicationId, contexts }: SeenInstance,
  environment: string,
) {
  const anonymous = contexts.filter(({ attributes }) => attributes["anonymous"] === true);
  return {
    id,
    lastSeen: new Date(lastSeen).toISOString(),
    applicationId,
    anonymousKinds: anonymous.map(({ kind }) => kind),
    context: contextOf(contexts),
    _links: { self: linkTo(`${environment}/context-instances/${id}`) },
  };
}

export function seenContextRepresentation(context: SeenContext, environment: string) {
  const { kind, key, lastSeen, applicationId, associated } = context;
  return {
    lastSeen: new Date(lastSeen).toISOString(),
    applicationId,
    context: contextOf([context]),
    associatedContexts: associated,
    _links: {
      self: linkTo(
        `${environment}/contexts/${encodeURIComponent(kind)}/${encodeURIComponent(key)}`,
      ),
    },
  };
}
