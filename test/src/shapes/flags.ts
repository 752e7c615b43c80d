import { z } from "zod";
import type { Management } from "../management.ts";
import type { Exchange, Shapes } from "../rest-exchange.ts";

const list = "/api/v2/flags/{projectKey}";
const one = `${list}/{featureFlagKey}`;
const Variations = z.object({ variations: z.array(z.object({ _id: z.string() })) });
const Invited = z.object({ items: z.array(z.object({ _id: z.string() })) });
const inProject = ["web-shop"];

export const shapes: Shapes = async (exchange, management) => {
  await everyFlag(exchange);
  const values = ["web-shop", "shape"];
  const body = { key: "shape", name: "Shape" };
  await exchange("post", list, { values: inProject, body, status: 201 });
  const instructions = { environmentKey: "production", instructions: [{ kind: "turnFlagOn" }] };
  await exchange("patch", one, { values, body: instructions });
  const patch = [{ op: "replace", path: "/name", value: "Form" }];
  await exchange("patch", one, { values, body: patch });
  await exchange("patch", one, { values, query: "?dryRun=true", body: { name: "Another" } });
  await exchange("get", one, { values, query: "?expand=evaluation" });
  await exchange("get", `${one}/expiring-targets/{environmentKey}`, {
    values: [...values, "production"],
  });
  await exchange("patch", `${one}/expiring-targets/{environmentKey}`, {
    values: [...values, "production"],
    body: { instructions: [{ kind: "removeExpiringTarget", ...(await someTarget(exchange)) }] },
  });
  await ofOneFlag(exchange, values);
  await followed(exchange, management, values);
  await migrated(exchange);
  await exchange("delete", one, { values, status: 204 });
  await exchange(
    "post",
    "/api/v2/projects/{projectKey}/environments/{environmentKey}/flags/evaluate",
    {
      values: ["web-shop", "production"],
      body: { kind: "user", key: "ada" },
    },
  );
};

/** The demo has flags of every kind; each is shown in a list, in brief and in full, and by itself. */
async function everyFlag(exchange: Exchange): Promise<void> {
  await exchange("get", list, { values: inProject, query: "?limit=2&offset=1&expand=evaluation" });
  const all = await exchange("get", list, { values: inProject, query: "?limit=1000&summary=0" });
  const { items } = z.object({ items: z.array(z.object({ key: z.string() })) }).parse(all);
  for (const { key } of items) await exchange("get", one, { values: ["web-shop", key] });
}

async function ofOneFlag(exchange: Exchange, values: readonly string[]): Promise<void> {
  const target = await someTarget(exchange);
  const targeting = { kind: "addTargets", values: ["ada"], ...target };
  const ending = { kind: "addExpiringTarget", ...target, value: 4_000_000_000_000 };
  const instructions = [targeting, ending];
  await exchange("patch", one, { values, body: { environmentKey: "production", instructions } });
  const users = `${one}/expiring-user-targets/{environmentKey}`;
  await exchange("get", users, { values: [...values, "production"] });
  const remove = { kind: "removeExpireUserTargetDate", userKey: "ada", ...target };
  await exchange("patch", users, {
    values: [...values, "production"],
    body: { instructions: [remove] },
  });
  const merge = { environments: { production: { on: true }, staging: { on: false } } };
  await exchange("patch", one, { values, body: merge });
  await exchange("get", list, {
    values: inProject,
    query: "?compare=true&env=production&env=staging",
  });
  const ends = { source: { key: "production" }, target: { key: "staging" } };
  await exchange("post", `${one}/copy`, { values, body: ends, status: 201 });
  const clone = { key: "shape-2", name: "Shape 2" };
  await exchange("post", list, {
    values: inProject,
    query: "?clone=shape",
    body: clone,
    status: 201,
  });
  const required = { key: "shape", variationId: target.variationId };
  const dependent = { key: "shape-3", name: "Shape 3", initialPrerequisites: [required] };
  await exchange("post", list, { values: inProject, body: dependent, status: 201 });
  await exchange("get", `${one}/dependent-flags`, { values });
  await exchange("get", `${list}/{environmentKey}/{featureFlagKey}/dependent-flags`, {
    values: ["web-shop", "production", "shape"],
  });
  await exchange("delete", one, { values: ["web-shop", "shape-3"], status: 204 });
  await exchange("get", "/api/v2/flag-status/{projectKey}/{featureFlagKey}", { values });
  const statuses = "/api/v2/flag-statuses/{projectKey}/{environmentKey}";
  await exchange("get", statuses, { values: ["web-shop", "production"] });
  await exchange("get", `${statuses}/{featureFlagKey}`, {
    values: ["web-shop", "production", "shape"],
  });
}

async function followed(
  exchange: Exchange,
  management: Management,
  [projectKey = "", flagKey = ""]: readonly string[],
): Promise<void> {
  const { items } = Invited.parse(
    await management.ask("POST", "/api/v2/members", [{ email: "follower@example.com" }]),
  );
  const followers =
    "/api/v2/projects/{projectKey}/flags/{featureFlagKey}/environments/{environmentKey}/followers";
  const values = [projectKey, flagKey, "production"];
  const one = { values: [...values, ...items.map(({ _id }) => _id)], status: 204 };
  await exchange("put", `${followers}/{memberId}`, one);
  await exchange("get", followers, { values });
  await exchange("get", "/api/v2/projects/{projectKey}/environments/{environmentKey}/followers", {
    values: [projectKey, "production"],
  });
  await exchange("delete", `${followers}/{memberId}`, one);
}

async function migrated(exchange: Exchange): Promise<void> {
  const settings = { purpose: "migration", migrationSettings: { stageCount: 2 } };
  const body = { key: "shape-move", name: "Shape move", ...settings };
  const made = await exchange("post", list, { values: inProject, body, status: 201 });
  const { variations } = Variations.parse(made);
  const variationId = variations[1]?._id;
  const values = ["web-shop", "shape-move", "production"];
  const instructions = [
    { kind: "turnFlagOn" },
    { kind: "updateFallthroughVariationOrRollout", variationId },
  ];
  const path =
    "/api/v2/projects/{projectKey}/flags/{flagKey}/environments/{environmentKey}/migration-safety-issues";
  await exchange("post", path, { values, body: { instructions } });
}

async function someTarget(exchange: Exchange) {
  const flag = await exchange("get", one, { values: ["web-shop", "shape"] });
  const { variations } = Variations.parse(flag);
  return { contextKind: "user", contextKey: "ada", variationId: variations[0]?._id };
}
