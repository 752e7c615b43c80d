import { z } from "zod";

const Clause = z.object({
  attribute: z.string(),
  op: z.string(),
  values: z.array(z.json()),
  negate: z.boolean(),
  contextKind: z.string().optional(),
});
const Rollout = z.object({
  variations: z.array(z.object({ variation: z.number(), weight: z.number() })),
  bucketBy: z.string().optional(),
});
const Serving = z.object({ variation: z.number().optional(), rollout: Rollout.optional() });

/** As much of REST's flag as commands show. */
export const Flag = z.object({
  key: z.string(),
  name: z.string(),
  kind: z.string(),
  temporary: z.boolean(),
  variations: z.array(z.object({ _id: z.string(), value: z.json(), name: z.string().optional() })),
  environments: z.record(
    z.string(),
    z.object({
      on: z.boolean(),
      targets: z.array(z.object({ values: z.array(z.string()), variation: z.number() })),
      rules: z.array(
        Serving.extend({ clauses: z.array(Clause), description: z.string().optional() }),
      ),
      fallthrough: Serving,
      offVariation: z.number().optional(),
    }),
  ),
});
export type Flag = z.infer<typeof Flag>;
export type Serving = z.infer<typeof Serving>;

export const Flags = z.object({ items: z.array(Flag) });
export const Environment = z.object({
  key: z.string(),
  critical: z.boolean(),
  confirmChanges: z.boolean(),
});
