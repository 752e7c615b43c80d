import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import { environmentsToShow } from "../flags/flag-surroundings.ts";
import { Link, linkTo } from "../http/paging.ts";
import { getEnvironment, getProject } from "../projects/project-queries.ts";
import type { UsageParts } from "./unknown-flags.ts";
import type { UsagePoint } from "./usage-store.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** How far back, and in what steps. */
const periods = {
  "1h": { bucketMs: minuteMs, buckets: 60 },
  "24h": { bucketMs: hourMs, buckets: 24 },
  "7d": { bucketMs: hourMs, buckets: 7 * 24 },
  "30d": { bucketMs: dayMs, buckets: 30 },
} as const;
const Period = z.enum(["1h", "24h", "7d", "30d"]).default("24h");

const tags = ["Usage"];
const inProject = z.object({ projectKey: z.string() });
const counts = z.array(z.int()).describe("A count for each step of the period, the oldest first.");
const span = {
  from: z.int().describe("Unix milliseconds."),
  to: z.int().describe("Unix milliseconds; the last step is still under way."),
  bucketMs: z.int().describe("How long a step is."),
};
const Series = z
  .object({
    ...span,
    series: z.array(
      z.object({
        kind: z
          .enum(["variation", "fallback", "flagNotFound"])
          .describe(
            "`fallback`: the code's own value was used, as with a wrong type or without an off variation; `flagNotFound`: the SDK did not know the flag.",
          ),
        variation: z.int().nullable(),
        counts,
        total: z.int(),
      }),
    ),
    sdks: z.array(z.object({ sdk: z.string(), application: z.string(), count: z.int() })),
    totalCount: z.int(),
    _links: z.object({ self: Link }),
  })
  .meta({ id: "EvaluationSeries" });
const Sparklines = z
  .object({
    ...span,
    items: z.array(z.object({ flag: z.string(), environment: z.string(), counts, total: z.int() })),
    _links: z.object({ self: Link }),
  })
  .meta({ id: "EvaluationSparklines" });
/** How often flags were evaluated over time. */
export const usageRoutes: FastifyPluginAsyncZod<UsageParts> = async (app, parts) => {
  await app.register(seriesRoutes, parts);
  await app.register(sparklineRoutes, parts);
};

const seriesRoutes: FastifyPluginAsyncZod<UsageParts> = async (app, { db, intake, now }) => {
  app.get(
    "/api/v2/projects/:projectKey/flags/:flagKey/environments/:environmentKey/evaluations",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getFlagEvaluationSeries",
        summary: "Count a flag's evaluations over time, by variation and by SDK",
        description: "Of a key that no flag has, too: SDKs may ask for it.",
        tags,
        params: inProject.extend({ flagKey: z.string(), environmentKey: z.string() }),
        querystring: z.object({ period: Period }),
        response: { 200: Series },
      },
    },
    async ({ params: { projectKey, environmentKey, flagKey }, query, url }) => {
      const { environment } = await getEnvironment(db, projectKey, environmentKey);
      const steps = stepsOf(query.period, now());
      const asked = { environmentId: environment.id, flagKeys: [flagKey], ...steps };
      const points = await intake.usage(asked, steps.bucketMs);
      const series = [...Map.groupBy(points, seriesOf)].map(([, found]) => {
        const [first] = found;
        return {
          kind: kindOf(first),
          variation: first?.variation ?? null,
          ...countsOf(found, steps),
        };
      });
      return {
        from: steps.from,
        to: steps.to,
        bucketMs: steps.bucketMs,
        series,
        sdks: (await intake.usageBySdk(asked)).map(({ applicationId, ...one }) => ({
          ...one,
          application: applicationId,
        })),
        totalCount: series.reduce((sum, { total }) => sum + total, 0),
        _links: { self: linkTo(url) },
      };
    },
  );
};

const sparklineRoutes: FastifyPluginAsyncZod<UsageParts> = async (app, { db, intake, now }) => {
  app.get(
    "/api/v2/projects/:projectKey/flag-evaluations",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getFlagEvaluationSparklines",
        summary: "Count the evaluations of several flags in every environment",
        tags,
        params: inProject,
        querystring: z.object({
          flags: z
            .string()
            .transform((text) => text.split(",").filter((key) => key !== ""))
            .pipe(z.array(z.string()).min(1).max(100))
            .describe("Keys of up to 100 flags, joined by commas."),
          env: z
            .union([z.string(), z.array(z.string())])
            .optional()
            .describe("Keys of the environments to show; all unless told."),
          period: Period,
        }),
        response: { 200: Sparklines },
      },
    },
    async ({ params, query: { flags, env, period }, url }) => {
      const project = await getProject(db, params.projectKey);
      const steps = stepsOf(period, now());
      const environments = await environmentsToShow(db, project, env);
      const items = await Promise.all(
        environments.map(async ({ id, key }) => {
          const points = await intake.usage(
            { environmentId: id, flagKeys: flags, ...steps },
            steps.bucketMs,
          );
          const byFlag = Map.groupBy(points, ({ flagKey }) => flagKey);
          return flags.map((flag) => ({
            flag,
            environment: key,
            ...countsOf(byFlag.get(flag) ?? [], steps),
          }));
        }),
      );
      const { from, to, bucketMs } = steps;
      return { from, to, bucketMs, items: items.flat(), _links: { self: linkTo(url) } };
    },
  );
};

interface Steps {
  readonly from: number;
  readonly to: number;
  readonly bucketMs: number;
  readonly buckets: number;
}

/** Whole steps, of which the last is the one that it is now. */
function stepsOf(period: keyof typeof periods, now: number): Steps {
  const { bucketMs, buckets } = periods[period];
  const to = now - (now % bucketMs) + bucketMs;
  return { from: to - buckets * bucketMs, to, bucketMs, buckets };
}

function countsOf(
  points: readonly UsagePoint[],
  { from, bucketMs, buckets }: Steps,
): { counts: number[]; total: number } {
  const perStep = Array.from({ length: buckets }, () => 0);
  for (const { at, count } of points) {
    const index = (at - from) / bucketMs;
    perStep[index] = (perStep[index] ?? 0) + count;
  }
  return { counts: perStep, total: points.reduce((sum, { count }) => sum + count, 0) };
}

function seriesOf(point: UsagePoint): string {
  return `${kindOf(point)} ${point.variation ?? ""}`;
}

function kindOf(point: UsagePoint | undefined): "variation" | "fallback" | "flagNotFound" {
  if (point?.isKnown === false) return "flagNotFound";
  return point?.variation === null ? "fallback" : "variation";
}
