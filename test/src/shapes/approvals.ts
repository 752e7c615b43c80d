import { z } from "zod";
import type { Exchange, Shapes } from "../rest-exchange.ts";

const all = "/api/v2/approval-requests";
const settings = `${all}/projects/{projectKey}/settings`;
const ofFlag =
  "/api/v2/projects/{projectKey}/flags/{featureFlagKey}/environments/{environmentKey}/approval-requests";
const place = ["web-shop", "dark-mode", "staging"];
const instructions = [{ kind: "turnFlagOn" }];
const description = "Darkness for all";

export const shapes: Shapes = async (exchange) => {
  await exchange("get", settings, { values: ["web-shop"], query: "?expand=default,strict" });
  const settled = { environmentKey: "staging", resourceKind: "flag", minNumApprovals: 1 };
  await exchange("patch", settings, { values: ["web-shop"], body: settled });
  const resourceId = "proj/web-shop:env/staging:flag/dark-mode";
  const made = await exchange("post", all, {
    body: { resourceId, description, instructions },
    status: 201,
  });
  await eachStep(exchange, all, [idOf(made)]);
  const body = { description, instructions };
  const ofThis = await exchange("post", ofFlag, { values: place, body, status: 201 });
  const copy = { description, source: { key: "development" } };
  await exchange("post", `${ofFlag}-flag-copy`, { values: place, body: copy, status: 201 });
  await exchange("get", ofFlag, { values: place });
  await eachStep(exchange, ofFlag, [...place, idOf(ofThis)]);
  await exchange("get", all, { query: "?limit=1&expand=flag,project,environments,resource" });
};

async function eachStep(exchange: Exchange, path: string, values: string[]): Promise<void> {
  const one = `${path}/{id}`;
  await exchange("get", one, { values });
  const renaming = { instructions: [{ kind: "updateDescription", value: "Darkness" }] };
  await exchange("patch", one, { values, body: renaming });
  await exchange("post", `${one}/reviews`, { values, body: { kind: "comment", comment: "Hm" } });
  await exchange("post", `${one}/apply`, { values, body: {}, status: 403 });
  await exchange("delete", one, { values, status: 204 });
}

function idOf(body: unknown): string {
  return z.object({ _id: z.string() }).parse(body)._id;
}
