import { nearest } from "@halyard/instructions";
import { z } from "zod";
import { type Environment, listEnvironments } from "../environments/environment-queries.ts";
import { listFlagStates } from "../flags/flag-queries.ts";
import type { Project } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import type { EventIntake } from "./event-intake.ts";
import type { UnknownKey } from "./usage-store.ts";

/** What reading of usage needs. */
export interface UsageParts {
  readonly db: Db;
  readonly intake: EventIntake;
  readonly now: () => number;
}

const unknownMs = 30 * 24 * 3_600_000;
export const unknownShown = 200;
/** To compare each key with every flag takes its time. */
const guessed = 10;

/** A key that SDKs asked for and no flag has that is not archived. */
export const UnknownFlag = z.object({
  key: z.string(),
  isArchived: z.boolean().describe("There is a flag of that key, in the archive."),
  nearest: z.string().optional().describe("The key of a flag that it may be meant for."),
  count: z.int(),
  lastRequested: z.int().describe("Unix milliseconds."),
  environments: z.array(z.object({ key: z.string(), count: z.int(), lastRequested: z.int() })),
  sdks: z.array(z.object({ sdk: z.string(), application: z.string(), count: z.int() })),
});
export type UnknownFlag = z.infer<typeof UnknownFlag>;

/** The unknown keys of a project, what was asked for most first, and how many there are in all. */
export async function listUnknownFlags(
  { db, intake, now }: UsageParts,
  project: Project,
  onlyKey?: string,
): Promise<{ items: UnknownFlag[]; totalCount: number }> {
  const environments = await listEnvironments(db, project.id);
  const flags = await listFlagStates(db, project.id);
  const live = new Set(flags.filter(({ state }) => state !== "archived").map(({ key }) => key));
  const archived = new Set(flags.filter(({ state }) => state === "archived").map(({ key }) => key));
  const to = now();
  const from = to - unknownMs;
  const ids = environments.map(({ id }) => id);
  const asked = (await intake.unknownKeys(ids, from)).filter(
    ({ flagKey }) => !live.has(flagKey) && (onlyKey === undefined || onlyKey === flagKey),
  );
  const all = [...Map.groupBy(asked, ({ flagKey }) => flagKey)]
    .map(([key, found]) => ({ key, found, ...sumOf(found) }))
    .sort((a, b) => b.count - a.count);
  const items = await Promise.all(
    all.slice(0, unknownShown).map(async ({ key, found, count, lastRequested }, index) => {
      const meant = index < guessed ? nearest(key, [...live]) : undefined;
      return {
        key,
        isArchived: archived.has(key),
        ...(meant === undefined ? {} : { nearest: meant }),
        count,
        lastRequested,
        environments: found.map((one) => ({
          key: keyOf(environments, one.environmentId),
          ...sumOf([one]),
        })),
        sdks: await sdksAsking(intake, found, { from, to: to + 1 }),
      };
    }),
  );
  return { items, totalCount: all.length };
}

async function sdksAsking(
  intake: EventIntake,
  found: readonly UnknownKey[],
  span: { from: number; to: number },
): Promise<{ sdk: string; application: string; count: number }[]> {
  const answers = await Promise.all(
    found.map(({ environmentId, flagKey }) =>
      intake.usageBySdk({ environmentId, flagKeys: [flagKey], ...span }),
    ),
  );
  const bySdk = Map.groupBy(answers.flat(), (one) => JSON.stringify([one.sdk, one.applicationId]));
  return [...bySdk.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const count = all.reduce((sum, one) => sum + one.count, 0);
    return [{ sdk: first.sdk, application: first.applicationId, count }];
  });
}

function keyOf(environments: readonly Environment[], id: string): string {
  return environments.find((one) => one.id === id)?.key ?? id;
}

function sumOf(found: readonly UnknownKey[]): { count: number; lastRequested: number } {
  return {
    count: found.reduce((sum, one) => sum + one.count, 0),
    lastRequested: Math.max(...found.map(({ lastAt }) => lastAt)),
  };
}
