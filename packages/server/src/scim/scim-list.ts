import { z } from "zod";
import { parseScimFilter, type ScimResource } from "./scim-filter.ts";

const largestPage = 1_000;

export const ScimQuery = z.object({
  filter: z.string().max(2048).optional(),
  // Counted from 1; what is below counts as that.
  startIndex: z.coerce.number().int().default(1),
  count: z.coerce.number().int().default(100),
  excludedAttributes: z.string().optional(),
});
type ScimQuery = z.infer<typeof ScimQuery>;

/** The part of a list that a query asks for. */
export function scimPage<R extends ScimResource>(
  all: readonly R[],
  { filter, startIndex, count }: ScimQuery,
) {
  const fits = filter === undefined ? () => true : parseScimFilter(filter);
  const found = all.filter(fits);
  const start = Math.max(1, startIndex);
  const size = Math.min(largestPage, Math.max(0, count));
  const page = found.slice(start - 1, start - 1 + size);
  return {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: found.length,
    startIndex: start,
    itemsPerPage: page.length,
    Resources: page,
  };
}
