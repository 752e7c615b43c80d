import { setImmediate } from "node:timers/promises";
import { configurationIn, type FlagState, variationName } from "@halyard/instructions";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import { filesNamingFlags } from "../code-references/code-reference-queries.ts";
import { itemVersions, listEnvironments } from "../environments/environment-queries.ts";
import { listUnknownFlags, type UnknownFlag, type UsageParts } from "../events/unknown-flags.ts";
import { flagsWithKeys, keysOfSettledFlags, type StoredFlag } from "../flags/flag-queries.ts";
import { requestedAt, soleVariation } from "../flags/flag-status.ts";
import { Link, linkTo } from "../http/paging.ts";
import { getProject, type Project } from "../projects/project-queries.ts";
import { type CleanupEvidence, cleanupColumns, decideCleanup, unusedMs } from "./cleanup.ts";
import { keptUntil, type LifecycleRules, lifecycleRulesOf } from "./lifecycle.ts";

const unixMs = z.int().describe("Unix milliseconds.");
const Card = z.object({
  column: z.enum(cleanupColumns),
  key: z.string(),
  name: z.string().optional().describe("Absent where there is no such flag."),
  sentence: z.string().describe("Why it is here."),
  keep: z.unknown().optional().describe("The value that code may keep; where one is left."),
  maintainerId: z.string().optional(),
  maintainerTeamKey: z.string().optional(),
  evidence: z.object({
    isTemporary: z.boolean().optional(),
    isDeprecated: z.boolean().optional(),
    isArchived: z.boolean().optional(),
    createdAt: unixMs.optional(),
    referenceCount: z.int().optional().describe("In how many files it is named."),
    requestCount: z.int().optional().describe("How often SDKs asked for a key without a flag."),
    environments: z.array(
      z.object({
        key: z.string(),
        isCritical: z.boolean().optional(),
        isOn: z.boolean().optional(),
        servesOnly: z.string().optional().describe("The id of the variation that everyone gets."),
        changedAt: unixMs.optional(),
        lastEvaluatedAt: unixMs.optional(),
      }),
    ),
  }),
});
const Kept = z.object({ key: z.string(), name: z.string(), until: unixMs });
const Board = z
  .object({
    items: z.array(Card),
    totalCount: z.int(),
    kept: z.array(Kept).describe("Flags that somebody keeps off the board for now."),
    _links: z.object({ self: Link }),
  })
  .meta({ id: "CleanupBoard" });

const readAtOnce = 200;

/** Which flags can go, and which keys code asks for in vain. */
export const cleanupRoutes: FastifyPluginAsyncZod<UsageParts> = async (app, parts) => {
  const { db, now } = parts;
  app.get(
    "/api/v2/projects/:projectKey/cleanup",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getCleanupBoard",
        summary: "List the flags that can go, and why",
        description: "What is in use is left out. `docs/rest-api.md` says what each column means.",
        tags: ["Usage"],
        params: z.object({ projectKey: z.string() }),
        response: { 200: Board },
      },
    },
    async ({ params, url }) => {
      const project = await getProject(db, params.projectKey);
      const rules = lifecycleRulesOf(project);
      const keys = await keysOfSettledFlags(db, project.id, now() - unusedMs(rules));
      const surroundings = await surroundingsOf(parts, project);
      const cards: z.infer<typeof Card>[] = [];
      const kept: z.infer<typeof Kept>[] = [];
      for (let from = 0; from < keys.length; from += readAtOnce) {
        const flags = await flagsWithKeys(db, project.id, keys.slice(from, from + readAtOnce));
        cards.push(...(await cardsOf(parts, surroundings, flags)));
        kept.push(...keptAmong(flags, now()));
        // Thousands of flags take a while, in which others are answered too.
        await setImmediate();
      }
      const unknown = (await listUnknownFlags(parts, project)).items.filter(
        ({ isArchived }) => !isArchived,
      );
      const items = [...cards, ...unknown.map(cardOfUnknown)];
      return { items, totalCount: items.length, kept, _links: { self: linkTo(url) } };
    },
  );
};

/** What is the same for all flags of a project. */
interface Surroundings {
  readonly environments: readonly {
    readonly id: string;
    readonly key: string;
    readonly isCritical: boolean;
    readonly evaluated: Awaited<ReturnType<UsageParts["intake"]["evaluatedFlags"]>>;
  }[];
  /** In how many files each flag is named. */
  readonly files: ReadonlyMap<string, number>;
  readonly rules: LifecycleRules;
}

async function surroundingsOf({ db, intake }: UsageParts, project: Project): Promise<Surroundings> {
  const environments = await Promise.all(
    (await listEnvironments(db, project.id)).map(async ({ id, key, critical }) => ({
      id,
      key,
      isCritical: critical === 1,
      evaluated: await intake.evaluatedFlags(id),
    })),
  );
  const files = await filesNamingFlags(db, project.key);
  return { environments, files, rules: lifecycleRulesOf(project) };
}

async function cardsOf(
  parts: UsageParts,
  surroundings: Surroundings,
  flags: readonly StoredFlag[],
): Promise<z.infer<typeof Card>[]> {
  const evidence = await evidenceOf(parts, surroundings, flags);
  const at = parts.now();
  return flags.flatMap(({ state }, index) => {
    const known = evidence[index];
    const nameOf = (id: string) => variationName(id, state);
    const decision = known && decideCleanup(known, { now: at, rules: surroundings.rules, nameOf });
    if (known === undefined || decision === undefined) return [];
    const { key, name, maintainerId, maintainerTeamKey } = state;
    const { keep, ...decided } = decision;
    const kept = state.variations.find(({ id }) => id === keep);
    return [
      {
        ...decided,
        key,
        name,
        ...(kept === undefined ? {} : { keep: kept.value }),
        ...(maintainerId === undefined ? {} : { maintainerId }),
        ...(maintainerTeamKey === undefined ? {} : { maintainerTeamKey }),
        evidence: { ...known, environments: [...known.environments] },
      },
    ];
  });
}

async function evidenceOf(
  { db, now }: UsageParts,
  { environments: all, files }: Surroundings,
  flags: readonly StoredFlag[],
): Promise<readonly CleanupEvidence[]> {
  const keys = flags.map(({ state }) => state.key);
  const environments = await Promise.all(
    all.map(async ({ id, ...environment }) => ({
      ...environment,
      items: await itemVersions(db, { environmentId: id, kind: "flag", keys }),
    })),
  );
  const at = now();
  return flags.map(({ state, createdAt }) => ({
    ...keptOf(state),
    isTemporary: state.temporary,
    isDeprecated: state.deprecated,
    isArchived: state.archived,
    createdAt,
    referenceCount: files.get(state.key) ?? 0,
    environments: environments.flatMap(({ key, isCritical, items, evaluated }) => {
      const configuration = configurationIn(state, key);
      if (configuration === undefined) return [];
      const servesOnly = soleVariation(configuration);
      const lastEvaluatedAt = requestedAt(evaluated.get(state.key), at);
      return [
        {
          key,
          isCritical,
          isOn: configuration.on,
          ...(servesOnly === undefined ? {} : { servesOnly }),
          changedAt: items.get(state.key)?.updatedAt ?? createdAt,
          ...(lastEvaluatedAt === undefined ? {} : { lastEvaluatedAt }),
        },
      ];
    }),
  }));
}

function keptOf(state: FlagState): Pick<CleanupEvidence, "keptUntil"> {
  const until = keptUntil(state);
  return until === undefined ? {} : { keptUntil: until };
}

function keptAmong(flags: readonly StoredFlag[], now: number): z.infer<typeof Kept>[] {
  return flags.flatMap(({ state }) => {
    const until = keptUntil(state);
    const isKept = until !== undefined && until > now && !state.archived;
    return isKept ? [{ key: state.key, name: state.name, until }] : [];
  });
}

function cardOfUnknown({ key, count, environments, nearest }: UnknownFlag) {
  const meant = nearest === undefined ? "" : ` Is "${nearest}" meant?`;
  const where = environments.map((one) => one.key).join(", ");
  return {
    column: "unknown" as const,
    key,
    sentence: `SDKs asked for it ${count === 1 ? "once" : `${count} times`} in ${where}, and no flag has this key.${meant}`,
    evidence: {
      requestCount: count,
      environments: environments.map((one) => ({
        key: one.key,
        lastEvaluatedAt: one.lastRequested,
      })),
    },
  };
}
