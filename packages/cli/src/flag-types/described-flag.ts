import { z } from "zod";
import type { Connection } from "../connection.ts";

export type Json = z.infer<ReturnType<typeof z.json>>;

/** As much of REST's flag as its type needs. */
export const DescribedFlag = z.object({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  temporary: z.boolean(),
  archived: z.boolean(),
  deprecated: z.boolean(),
  variations: z.array(z.object({ value: z.json() })),
  defaults: z.object({ offVariation: z.number() }),
});
export type DescribedFlag = z.infer<typeof DescribedFlag>;

const Page = z.object({ items: z.array(DescribedFlag), totalCount: z.number() });
const pageSize = 10_000;

/** Every flag of the project by its key, archived ones too, because code may still ask for them. */
export async function listDescribedFlags(connection: Connection): Promise<DescribedFlag[]> {
  const flags: DescribedFlag[] = [];
  const query = `filter=state:live%2Bdeprecated%2Barchived&sort=key&limit=${pageSize}`;
  for (;;) {
    const path = `${connection.path("flags")}?${query}&offset=${flags.length}`;
    const { items, totalCount } = Page.parse(await connection.get(path));
    flags.push(...items);
    if (items.length === 0 || flags.length >= totalCount) return flags.sort(byKey);
  }
}

/** By code unit and not by locale, so that every machine writes the same file. */
function byKey(a: DescribedFlag, b: DescribedFlag): number {
  if (a.key === b.key) return 0;
  return a.key < b.key ? -1 : 1;
}

/** Whether the flag is on its way out, and what that means to code that asks for it. */
export function deprecationOf({ archived, deprecated }: DescribedFlag): string | undefined {
  if (archived) return "Archived: everybody gets the fallback.";
  return deprecated ? "Deprecated: leave it out of new code." : undefined;
}
