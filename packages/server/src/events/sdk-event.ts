import { z } from "zod";

const key = z.string();
const unixMs = z.number();
const contextKinds = z.array(z.string()).optional();

const Counter = z.object({
  /** Absent where no variation applied. */
  variation: z.int().min(0).nullish(),
  /** Absent where the SDK did not know the flag. */
  version: z.int().nullish(),
  unknown: z.boolean().optional(),
  value: z.json().optional(),
  count: z.int().min(0),
});

const Summary = z.looseObject({
  kind: z.literal("summary"),
  startDate: unixMs,
  endDate: unixMs,
  features: z.record(
    z.string(),
    z.looseObject({ contextKinds, counters: z.array(Counter), default: z.json().optional() }),
  ),
});

/** Newer SDKs send the context, older ones its keys or a user. */
const about = {
  creationDate: unixMs,
  context: z.looseObject({}).optional(),
  contextKeys: z.record(z.string(), z.string()).optional(),
  user: z.looseObject({}).optional(),
  userKey: z.string().optional(),
};
const evaluation = {
  ...about,
  key,
  version: z.int().nullish(),
  variation: z.int().nullish(),
  value: z.json().optional(),
  reason: z.json().optional(),
};

/** What SDKs report, as far as it is read; further members are kept. */
export const SdkEvent = z.discriminatedUnion("kind", [
  Summary,
  z.looseObject({ kind: z.literal("feature"), ...evaluation }),
  z.looseObject({ kind: z.literal("debug"), ...evaluation }),
  z.looseObject({ kind: z.literal("index"), ...about }),
  z.looseObject({ kind: z.literal("identify"), ...about }),
  z.looseObject({ kind: z.literal("custom"), ...about, key }),
  z.looseObject({ kind: z.literal("click"), ...about, key }),
  z.looseObject({ kind: z.literal("pageview"), ...about, key }),
  z.looseObject({
    kind: z.literal("migration_op"),
    ...about,
    operation: z.string(),
    evaluation: z.looseObject({ key }),
  }),
  z.looseObject({ kind: z.literal("diagnostic-init") }),
  z.looseObject({ kind: z.literal("diagnostic") }),
  z.looseObject({ kind: z.literal("diagnostic-combined") }),
]);
export type SdkEvent = z.infer<typeof SdkEvent>;
export type SummaryEvent = z.infer<typeof Summary>;
