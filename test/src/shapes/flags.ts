import { z } from "zod";
import type { Exchange, Shapes } from "../rest-exchange.ts";

const list = "/api/v2/flags/{projectKey}";
const one = `${list}/{featureFlagKey}`;
const inProject = ["web-shop"];

export const shapes: Shapes = async (exchange) => {
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

async function someTarget(exchange: Exchange): Promise<object> {
  const flag = await exchange("get", one, { values: ["web-shop", "shape"] });
  const { variations } = z
    .object({ variations: z.array(z.object({ _id: z.string() })) })
    .parse(flag);
  return { contextKind: "user", contextKey: "ada", variationId: variations[0]?._id };
}
